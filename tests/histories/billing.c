/*
 * Histories of billing: what every line nets to, what is posted as cost, and which start parts
 * stand. After each turn the ledger must sum to zero.
 */
#include "billing/house.h"
#include "billing/migrations.h"
#include "billing/sql.h"
#include "billing/turn.h"
#include "billing/web/whatif.h"
#include "histories/play.h"
#include "proto/allocation.pb-c.h"
#include "support/unit.h"

#include <stdlib.h>

static const Query UNBALANCED = {"unbalanced",
                                 "SELECT partition FROM posting"
                                 " GROUP BY partition, conversation, service_year HAVING sum(amount_cents) <> 0"};

/*
 * Of each line of a provider: null when it was refused, else what it and all that came after it
 * add up to. A line that billing made goes back to it by `origin`, a credit by what it credits.
 */
static const Query LINES = {
    "lines", "WITH RECURSIVE own AS ("
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

/*
 * What each book made: of its documents the lines and what they come to, by conversation, book and
 * way; of its postings the cost, by conversation and book.
 */
static const Query CORRECTIONS = {
    "corrections",
    "SELECT partition, lpad(conversation::text, 12, '0') || '/' || book || '/' || figure, sum(cents)::bigint"
    "  FROM (SELECT partition, conversation, book, 'lines of way ' || way AS figure, lines AS cents FROM correction"
    "         UNION ALL"
    "        SELECT partition, conversation, book, 'then of way ' || way, after_cents FROM correction"
    "         UNION ALL"
    "        SELECT partition, conversation, book, 'cost', posting.amount_cents"
    "          FROM (SELECT DISTINCT partition, conversation, book, position FROM correction) AS made"
    "          JOIN posting USING (partition, conversation, position)"
    "         WHERE account = 'COST') AS made"
    " GROUP BY 1, 2 ORDER BY 1, 2"};

static void add_to(json_t *foreseen, const char *key, int64_t more)
{
    json_object_set_new(foreseen, key, json_integer(json_integer_value(json_object_get(foreseen, key)) + more));
}

static int way_named(const char *name)
{
    return strcmp(name, "SELF_BILLED") == 0 ? CORRECTIONS_SELF_BILLED
           : strcmp(name, "DECLARED") == 0  ? CORRECTIONS_DECLARED
                                            : CORRECTIONS_SETTLED;
}

static int64_t figure(const json_t *row, const char *name)
{
    return json_integer_value(json_object_get(row, name));
}

static void add_row(Arena *arena, const json_t *row, int32_t book, json_t *foreseen)
{
    const char *of = arena_format(arena, "%s%s/%d", json_string_value(json_object_get(row, "municipality")),
                                  json_string_value(json_object_get(row, "provider")), book);
    int way = way_named(json_string_value(json_object_get(row, "way")));
    add_to(foreseen, arena_format(arena, "%s/lines of way %d", of, way), figure(row, "lines"));
    add_to(foreseen, arena_format(arena, "%s/then of way %d", of, way), figure(row, "then_cents"));
    add_to(foreseen, arena_format(arena, "%s/cost", of), figure(row, "then_cents") - figure(row, "now_cents"));
}

static Bytes enclosed(Arena *arena, const Intake__BookPublished *book)
{
    json_t *files = json_array();
    for (size_t i = 0; i < book->n_files; i++)
        json_array_append_new(files,
                              json_pack("{s:s, s:s}", "name", book->files[i]->name, "text", book->files[i]->text));
    json_t *json = json_pack("{s:o}", "files", files);
    char *dumped = json_dumps(json, 0);
    const char *text = arena_text(arena, dumped);
    free(dumped);
    json_decref(json);
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

/* What-if, asked at the very position at which the book is heard. */
static Status foresee(Database *database, Library *library, Arena *arena, int16_t partition,
                      const Intake__BookPublished *book, json_t *foreseen)
{
    const WhatifQuestion question = {
        .municipality = "",
        .partition_first = partition,
        .partition_last = partition,
        .service = {DAY_FIRST, DAY_LAST},
        .enclosed = enclosed(arena, book),
        .piece = 5,
    };
    char *json;
    const char *faults = NULL;
    TRY(whatif_write(arena, database, library, &question, &json, &faults));
    if (faults)
        return FAULT(STATUS_STOP, "what-if refuses book %d: %s", book->number, faults);
    json_t *answer = json_loads(json, 0, NULL);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(answer, "rows"), i, row)
    {
        add_row(arena, row, book->number, foreseen);
    }
    json_decref(answer);
    return STATUS_OK;
}

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
    static const Query *const TOLD[] = {&LINES, &COSTS, &STARTS, &CORRECTIONS};
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
        .foresee = foresee,
    };
    return play_histories(&card, count, arguments);
}
