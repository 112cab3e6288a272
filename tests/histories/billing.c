/*
 * Histories of billing: what every line nets to, what is posted as cost, and which start parts
 * stand. After each turn the ledger must sum to zero.
 */
#include "billing/house.h"
#include "billing/migrations.h"
#include "billing/sql.h"
#include "billing/turn.h"
#include "histories/play.h"
#include "proto/allocation.pb-c.h"
#include "support/unit.h"

static const Query UNBALANCED = {
    "unbalanced", "SELECT partition FROM posting"
                  " GROUP BY partition, conversation, service_year HAVING sum(amount_cents) <> 0"};

/*
 * Of each line of a provider: null when it was refused, else what it and all that came after it
 * add up to. A line that billing made goes back to it by `origin`, a credit by what it credits.
 */
static const Query LINES = {
    "lines",
    "WITH RECURSIVE own AS ("
    "  SELECT partition, conversation, reference, coalesce(origin, reference) AS root, reason, amount_cents"
    "    FROM line WHERE credits IS NULL OR origin IS NOT NULL"
    "   UNION ALL"
    "  SELECT line.partition, line.conversation, line.reference, own.root, line.reason, line.amount_cents"
    "    FROM line"
    "    JOIN own ON own.partition = line.partition AND own.conversation = line.conversation"
    "            AND own.reference = line.credits"
    "   WHERE line.origin IS NULL),"
    " whole AS ("
    "  SELECT partition, conversation, root, reference = root AND reason IS NULL AS approved, amount_cents"
    "    FROM own WHERE reason IS NULL OR reference = root"
    "   UNION ALL"
    "  SELECT own.partition, own.conversation, own.root, false, adjustment.amount_cents"
    "    FROM own JOIN adjustment USING (partition, conversation, reference))"
    " SELECT partition, lpad(conversation::text, 12, '0') || '/' || root,"
    "        CASE WHEN bool_or(approved) THEN sum(amount_cents)::bigint END"
    "   FROM whole GROUP BY 1, 2 ORDER BY 1, 2"};

static const Query COSTS = {
    "costs", "SELECT partition, lpad(conversation::text, 12, '0') || '/' || service_year, sum(amount_cents)::bigint"
             "  FROM posting WHERE account = 'COST' GROUP BY 1, 2 HAVING sum(amount_cents) <> 0 ORDER BY 1, 2"};

/* Start parts that stand, of each allocation: those that nobody credited. */
static const Query STARTS = {
    "starts", "SELECT partition, lpad(conversation::text, 12, '0') || '/' || allocation,"
              "       count(*) FILTER (WHERE credits IS NULL) - count(*) FILTER (WHERE credits IS NOT NULL)"
              "  FROM line WHERE reason IS NULL AND parts & 1 > 0 GROUP BY 1, 2 ORDER BY 1, 2"};

/* A book's work is cut into pieces of a few lines, or is one piece. */
static void *new_house(uint64_t seed)
{
    static const size_t PIECES[] = {3, 1, 1000, 8};
    House *house = house_new();
    house_cut_at(house, PIECES[seed % COUNT(PIECES)]);
    return house;
}

static void free_house(void *house)
{
    house_free(house);
}

static Intake__Fact *fact_of(void *message)
{
    return ((Allocation__Judged *)message)->fact;
}

int main(int count, char **arguments)
{
    static const Query *const TOLD[] = {&LINES, &COSTS, &STARTS};
    const PlayCard card = {
        .house = "billing",
        .queries = &billing_sql,
        .migrations = &billing_migrations,
        .turn = billing_turn,
        .house_new = new_house,
        .house_free = free_house,
        .committed = house_committed,
        .source = "allocation",
        .heard = &allocation__judged__descriptor,
        .fact_of = fact_of,
        .looks = &UNBALANCED,
        .told = TOLD,
        .told_count = COUNT(TOLD),
    };
    return play_histories(&card, count, arguments);
}
