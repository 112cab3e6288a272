/*
 * Histories of allocation: what was granted at first, and what stands in the end.
 */
#include "allocation/house.h"
#include "allocation/migrations.h"
#include "allocation/sql.h"
#include "allocation/turn.h"
#include "histories/play.h"
#include "support/unit.h"

#include <stdlib.h>

/* An allocation with its days, as one key: what tells that two of them are for the same care comes first. */
#define ROW                                                                                                        \
    "municipality || '/' || provider || '/' || client || '/' || segment || '/' || number || '/' || funding || '/'" \
    " || profile || '/' || intensity || '/' || code || '/' || first_day - date '1970-01-01' || '/'"                \
    " || last_day - date '1970-01-01'"

/* By the message that it was granted after. */
static const Query GRANTED = {"granted", "SELECT partition, " ROW
                                         ", split_part(heard_id, '-', 2)::bigint FROM allocation WHERE version = 1"
                                         " ORDER BY 1, 2"};

static const Query STANDING = {
    "standing", "SELECT partition, " ROW ", version::bigint"
                "  FROM (SELECT DISTINCT ON (partition, municipality, number) *"
                "          FROM allocation ORDER BY partition, municipality, number, version DESC) AS newest"
                " WHERE NOT removed ORDER BY 1, 2"};

static void *new_house(uint64_t seed)
{
    (void)seed;
    AllocationHouse *house = calloc(1, sizeof *house);
    house_open(house);
    return house;
}

static void free_house(void *house)
{
    house_close(house);
    free(house);
}

static Intake__Fact *fact_of(void *message)
{
    return message;
}

int main(int count, char **arguments)
{
    static const Query *const TOLD[] = {&GRANTED, &STANDING};
    const PlayCard card = {
        .house = "allocation",
        .queries = &allocation_sql,
        .migrations = &allocation_migrations,
        .turn = allocation_turn,
        .house_new = new_house,
        .house_free = free_house,
        .committed = house_committed,
        .source = "intake",
        .heard = &intake__fact__descriptor,
        .fact_of = fact_of,
        .told = TOLD,
        .told_count = COUNT(TOLD),
    };
    return play_histories(&card, count, arguments);
}
