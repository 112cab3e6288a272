#include "monitoring/core/houses.h"

#include <stdlib.h>
#include <string.h>

static const Column COLUMNS[] = {
    {"house", HOLDS_TEXT, "Huis", "House"},
    {"up", HOLDS_YES, "Bereikbaar", "Up"},
    {"waiting", HOLDS_NUMBER, "Berichten die wachten", "Messages waiting"},
    {"oldest_seconds", HOLDS_NUMBER, "Oudste wacht (seconden)", "Oldest waits (seconds)"},
    {"set_aside", HOLDS_NUMBER, "Terzijde gelegd", "Set aside"},
    {"replicas", HOLDS_NUMBER, "Processen", "Replicas"},
    {"partitions_stopped", HOLDS_NUMBER, "Stilstaande partities", "Partitions stopped"},
};

enum { HOUSE, UP, WAITING, OLDEST, SET_ASIDE, REPLICAS, STOPPED };

const TableCard houses_card = {
    .name = "houses",
    .dutch = "Hoe elk huis van de straat ervoor staat: wat wacht, hoe lang al, wat terzijde ligt, wat stilstaat.",
    .english = "How each house of the street is: what waits, since when, what is set aside, what stands still.",
    .wide = false,
    .columns = COLUMNS,
    .column_count = sizeof COLUMNS / sizeof *COLUMNS,
};

/* Of the line that begins with the name; comments begin with #. */
static int64_t number_of(const char *metrics, const char *name)
{
    size_t size = strlen(name);
    for (const char *line = metrics; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, size) == 0 && line[size] == ' ')
            return strtoll(line + size, NULL, 10);
    }
    return 0;
}

HouseSaid house_read(const char *metrics)
{
    return (HouseSaid){
        .up = true,
        .waiting = number_of(metrics, "picq_waiting_messages"),
        .oldest_seconds = number_of(metrics, "picq_waiting_oldest_seconds"),
        .set_aside = number_of(metrics, "picq_set_aside_messages"),
        .replicas = number_of(metrics, "picq_replicas"),
        .partitions_stopped = number_of(metrics, "picq_partitions_stopped"),
    };
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static bool named_before(const HouseReplica *replicas, size_t place)
{
    for (size_t i = 0; i < place; i++)
        if (strcmp(replicas[i].house, replicas[place].house) == 0)
            return true;
    return false;
}

static HouseSaid together(const HouseReplica *replicas, size_t count, const char *house)
{
    HouseSaid all = {0};
    for (size_t i = 0; i < count; i++) {
        const HouseSaid *said = &replicas[i].said;
        if (!said->up || strcmp(replicas[i].house, house) != 0)
            continue;
        all.up = true;
        all.waiting += said->waiting;
        all.partitions_stopped += said->partitions_stopped;
        all.oldest_seconds = larger(all.oldest_seconds, said->oldest_seconds);
        all.set_aside = larger(all.set_aside, said->set_aside);
        all.replicas = larger(all.replicas, said->replicas);
    }
    return all;
}

void houses_tell(const HouseReplica *replicas, size_t count, Table *table)
{
    for (size_t i = 0; i < count; i++) {
        if (named_before(replicas, i))
            continue;
        HouseSaid said = together(replicas, count, replicas[i].house);
        Value *row = table_add(table);
        row[HOUSE] = value_text(replicas[i].house);
        row[UP] = value_number(said.up);
        if (!said.up)
            continue;
        row[WAITING] = value_number(said.waiting);
        row[OLDEST] = value_number(said.oldest_seconds);
        row[SET_ASIDE] = value_number(said.set_aside);
        row[REPLICAS] = value_number(said.replicas);
        row[STOPPED] = value_number(said.partitions_stopped);
    }
}
