#include "billing/web/statement.h"

#include "base/partition.h"
#include "billing/core/standing.h"
#include "billing/load_close.h"
#include "billing/sql.h"
#include "http/json.h"

#include <string.h>

/* What was decided of the year in a partition. */
typedef struct YearState {
    bool decided;
    bool closed;
    const char *reason;
    const char *proposed_by;
    const char *approved_by;
    Day known;
} YearState;

typedef struct Telling {
    Arena *arena;
    Database *database;
    const StatementQuestion *question;
    int64_t first;
    int64_t last;
    bool partitions[PARTITIONS];
    YearState states[PARTITIONS];
} Telling;

/* A conversation, those of a municipality, or all. */
static Status begin(Telling *telling)
{
    const StatementQuestion *question = telling->question;
    bool of_one = *question->provider;
    const char *least = *question->municipality ? question->municipality : "0000";
    const char *most = *question->municipality ? question->municipality : "9999";
    if (!conversation_number(least, of_one ? question->provider : "00000000", &telling->first) ||
        !conversation_number(most, of_one ? question->provider : "99999999", &telling->last))
        return FAULT(STATUS_SET_ASIDE, "no conversation of a municipality with a provider");
    for (int16_t partition = 0; partition < PARTITIONS; partition++)
        telling->partitions[partition] =
            !of_one || partition == partition_of(question->municipality, question->provider);
    return STATUS_OK;
}

static Params *partitions_and_year(const Telling *telling)
{
    Params *params = params_new(telling->arena);
    Column *partitions = params_column(params, COLUMN_INT2);
    for (int16_t partition = 0; partition < PARTITIONS; partition++)
        if (telling->partitions[partition])
            column_int(partitions, partition);
    params_int2(params, (int16_t)telling->question->year);
    return params;
}

static Status load_states(Telling *telling)
{
    Rows *rows;
    TRY(database_ask(telling->database, BILLING_LOAD_YEAR_STATES, partitions_and_year(telling), &rows));
    for (size_t row = 0; row < rows_count(rows); row++)
        telling->states[rows_int(rows, row, rows_column(rows, "partition"))] = (YearState){
            .decided = true,
            .closed = rows_bool(rows, row, rows_column(rows, "closed")),
            .reason = rows_text(rows, row, rows_column(rows, "reason")),
            .proposed_by = rows_text(rows, row, rows_column(rows, "proposed_by")),
            .approved_by = rows_text(rows, row, rows_column(rows, "approved_by")),
            .known = rows_day(rows, row, rows_column(rows, "known_day")),
        };
    return STATUS_OK;
}

/* statements */

static void put_figures(json_t *json, const StatementRow *row)
{
    json_put_int(json, "lines", row->lines);
    json_put_cents(json, "declared_cents", row->declared);
    json_put_cents(json, "approved_cents", row->approved);
    json_put_int(json, "rejected_lines", row->rejected_lines);
    json_put_cents(json, "rejected_cents", row->rejected);
    json_put_int(json, "credited_lines", row->credited_lines);
    json_put_cents(json, "credited_cents", row->credited);
    json_put_cents(json, "corrected_cents", row->corrected);
    json_put_cents(json, "cost_cents", statement_cost(row));
    json_put_cents(json, "in_progress_cents", row->in_progress);
    json_put_cents(json, "ahead_cents", row->ahead);
    json_put_cents(json, "obligation_cents", row->obligation);
    json_put_int(json, "undeclared", row->undeclared);
}

/* As the books call it; "" when they don't. */
static const char *name_of(const Telling *telling, const Books *books, const StatementKind *kind)
{
    Day day = day_of(kind->service_year, 12, 31);
    if (*kind->pic.profile) {
        const Word *profile = books_profile(books, kind->pic.profile, day, DAY_LAST);
        const Word *intensity = books_intensity(books, kind->pic.intensity, day, DAY_LAST);
        return profile && intensity ? arena_format(telling->arena, "%s, %s", profile->name, intensity->name) : "";
    }
    const Product *product = books_product(books, kind->code, day, DAY_LAST);
    return product ? product->name : "";
}

static json_t *row_as_json(const Telling *telling, const Books *books, const StatementRow *row, int32_t year)
{
    json_t *json = json_object();
    json_put_int(json, "service_year", row->kind.service_year);
    json_object_set_new(json, "late", json_boolean(row->kind.service_year != year));
    json_put_text(json, "profile", row->kind.pic.profile);
    json_put_text(json, "intensity", row->kind.pic.intensity);
    json_put_text(json, "category", row->kind.category);
    json_put_text(json, "code", row->kind.code);
    json_put_text(json, "name", name_of(telling, books, &row->kind));
    put_figures(json, row);
    return json;
}

/* What care of earlier years costs this one. */
static Money late_of(const Statement *statement)
{
    Money late = {0};
    for (size_t i = 0; i < statement->count; i++)
        if (statement->rows[i].kind.service_year != statement->year)
            late.cents += statement_cost(&statement->rows[i]).cents;
    return late;
}

static void put_state(json_t *json, const YearState *state)
{
    json_object_set_new(json, "closed", json_boolean(state->closed));
    if (!state->decided)
        return;
    json_put_day(json, state->closed ? "closed_day" : "reopened_day", state->known);
    json_put_text(json, "reason", state->reason);
    json_put_text(json, "proposed_by", state->proposed_by);
    json_put_text(json, "approved_by", state->approved_by);
}

static json_t *statement_as_json(const Telling *telling, const Books *books, const Statement *statement)
{
    const Conversation *conversation = statement->conversation;
    Day last = day_of(statement->year, 12, 31);
    const Municipality *municipality = books_municipality(books, conversation->municipality, last, DAY_LAST);
    const Provider *provider = books_provider(books, conversation->provider, last, DAY_LAST);
    char text[DIGEST_TEXT_SIZE];
    json_t *json = json_object();
    json_put_text(json, "municipality", conversation->municipality);
    json_put_text(json, "municipality_name", municipality ? municipality->name : "");
    json_put_text(json, "provider", conversation->provider);
    json_put_text(json, "provider_name", provider ? provider->name : "");
    json_put_int(json, "year", statement->year);
    put_state(json, &telling->states[conversation->partition]);
    json_put_text(json, "digest", digest_write(&statement->digest, text));
    Digest again = statement_digest(telling->arena, conversation, statement->year, statement->rows, statement->count);
    json_object_set_new(json, "digest_agrees", json_boolean(digest_equal(&again, &statement->digest)));
    json_t *rows = json_array();
    for (size_t i = 0; i < statement->count; i++)
        json_array_append_new(rows, row_as_json(telling, books, &statement->rows[i], statement->year));
    json_object_set_new(json, "rows", rows);
    StatementRow sum = statement_sum(statement);
    json_t *total = json_object();
    put_figures(total, &sum);
    json_put_cents(total, "late_cents", late_of(statement));
    json_object_set_new(json, "total", total);
    return json;
}

/*
 * Whether a provider adds an auditor's report: above an amount in the whole region, which is not told to who may read one
 * municipality.
 */
static Status put_auditor(const Telling *telling, const Books *books, json_t *list)
{
    enum { MUNICIPALITIES_MAX = 400 };
    Day last = day_of(telling->question->year, 12, 31);
    const Region *region = books_region(books, last, DAY_LAST);
    if (!region || !region->auditor_above.cents)
        return STATUS_OK;
    const Municipality *municipalities[MUNICIPALITIES_MAX];
    size_t count = books_municipalities(books, last, DAY_LAST, municipalities, MUNICIPALITIES_MAX);

    Params *params = params_new(telling->arena);
    Column *partitions = params_column(params, COLUMN_INT2), *conversations = params_column(params, COLUMN_INT8);
    size_t i;
    json_t *statement;
    json_array_foreach(list, i, statement)
    {
        const char *provider = json_string_value(json_object_get(statement, "provider"));
        for (size_t j = 0; j < count; j++) {
            int64_t number;
            if (!conversation_number(municipalities[j]->code, provider, &number))
                return FAULT(STATUS_STOP, "municipality %s has no code of four digits", municipalities[j]->code);
            column_int(partitions, partition_of(municipalities[j]->code, provider));
            column_int(conversations, number);
        }
    }
    params_int2(params, (int16_t)telling->question->year);
    Rows *rows;
    TRY(database_ask(telling->database, BILLING_LOAD_REGION_COSTS, params, &rows));
    int cost = rows_column(rows, "cost_cents");
    json_array_foreach(list, i, statement)
    {
        Money sum = {0};
        for (size_t j = 0; j < count; j++)
            if (!money_add(sum, (Money){rows_int(rows, i * count + j, cost)}, &sum))
                return FAULT(STATUS_STOP, "the costs of a provider do not fit in an amount");
        json_put_cents(statement, "auditor_above_cents", region->auditor_above);
        json_object_set_new(statement, "auditor", json_boolean(sum.cents > region->auditor_above.cents));
    }
    return STATUS_OK;
}

static Status load_of(const Telling *telling, const Library *library, int16_t partition, Statements *statements_out)
{
    const StatementScope scope = {partition, telling->first, telling->last, telling->question->year, DAY_LAST};
    return telling->states[partition].closed
               ? billing_load_frozen(telling->arena, telling->database, &scope, statements_out)
               : billing_load_statements(telling->arena, telling->database, library, &scope, statements_out);
}

static Status add_statements(Telling *telling, Library *library, json_t *list)
{
    const Books *books = NULL;
    for (int16_t partition = 0; partition < PARTITIONS; partition++) {
        if (!telling->partitions[partition])
            continue;
        Statements statements;
        TRY(load_of(telling, library, partition, &statements));
        books = library_books(library, partition);
        for (size_t i = 0; i < statements.count; i++)
            json_array_append_new(list, statement_as_json(telling, books, &statements.list[i]));
    }
    return books && json_array_size(list) > 0 ? put_auditor(telling, books, list) : STATUS_OK;
}

Status statement_write(Arena *arena, Database *database, Library *library, const StatementQuestion *question,
                       char **json_out)
{
    Telling telling = {.arena = arena, .database = database, .question = question};
    TRY(begin(&telling));
    TRY(load_states(&telling));
    TRY(library_read(library, database, arena, telling.partitions));
    json_t *list = json_array();
    Status status = add_statements(&telling, library, list);
    if (status != STATUS_OK) {
        json_decref(list);
        return status;
    }
    *json_out = json_finish(arena, list);
    return STATUS_OK;
}

/* lines */

static json_t *line_as_json(const Rows *rows, size_t row)
{
    static const char *const TEXTS[] = {"reference", "declaration", "allocation",  "category",   "code",
                                        "credits",   "reason",      "return_code", "credited_by"};
    static const char *const NUMBERS[] = {"declared_cents", "amount_cents", "corrected_cents", "booked_year"};
    json_t *json = json_object();
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        json_put_text(json, TEXTS[i], rows_text(rows, row, rows_column(rows, TEXTS[i])));
    json_put_period(json, (Period){rows_day(rows, row, rows_column(rows, "first_day")),
                                   rows_day(rows, row, rows_column(rows, "last_day"))});
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++)
        json_put_int(json, NUMBERS[i], rows_int(rows, row, rows_column(rows, NUMBERS[i])));
    json_put_day(json, "known_day", rows_day(rows, row, rows_column(rows, "known_day")));
    return json;
}

Status statement_lines_write(Arena *arena, Database *database, const StatementQuestion *question, char **json_out)
{
    Telling telling = {.arena = arena, .database = database, .question = question};
    TRY(begin(&telling));
    Params *params = params_new(arena);
    params_int2(params, partition_of(question->municipality, question->provider));
    params_int8(params, telling.first);
    params_int2(params, (int16_t)question->year);
    Rows *rows;
    TRY(database_ask(database, BILLING_LOAD_STATEMENT_LINES, params, &rows));
    json_t *list = json_array();
    for (size_t row = 0; row < rows_count(rows); row++)
        json_array_append_new(list, line_as_json(rows, row));
    *json_out = json_finish(arena, list);
    return STATUS_OK;
}

/* the journal */

static void add_postings(const Rows *rows, json_t *list)
{
    int conversation = rows_column(rows, "conversation");
    for (size_t row = 0; row < rows_count(rows); row++) {
        char municipality[MUNICIPALITY_SIZE], provider[PROVIDER_SIZE];
        conversation_codes(rows_int(rows, row, conversation), municipality, provider);
        json_t *json = json_object();
        json_put_text(json, "municipality", municipality);
        json_put_text(json, "provider", provider);
        json_put_text(json, "document", rows_text(rows, row, rows_column(rows, "document")));
        json_put_int(json, "position", rows_int(rows, row, rows_column(rows, "position")));
        json_put_day(json, "known_day", rows_day(rows, row, rows_column(rows, "known_day")));
        json_put_int(json, "service_year", rows_int(rows, row, rows_column(rows, "service_year")));
        json_put_text(json, "account", rows_text(rows, row, rows_column(rows, "account")));
        json_put_int(json, "amount_cents", rows_int(rows, row, rows_column(rows, "amount_cents")));
        json_array_append_new(list, json);
    }
}

/* Of a municipality when one is asked: their conversations stand together in each partition. */
Status journal_write(Arena *arena, Database *database, const StatementQuestion *question, char **json_out)
{
    Telling telling = {.arena = arena, .database = database, .question = question};
    TRY(begin(&telling));
    Rows *rows[PARTITIONS];
    Ask asks[PARTITIONS];
    for (int16_t partition = 0; partition < PARTITIONS; partition++) {
        Params *params = params_new(arena);
        params_int2(params, partition);
        params_int8(params, telling.first);
        params_int8(params, telling.last);
        params_int2(params, (int16_t)question->year);
        params_int4(params, question->month);
        asks[partition] = (Ask){BILLING_LOAD_JOURNAL, params, &rows[partition]};
    }
    TRY(database_ask_all(database, asks, PARTITIONS));
    json_t *list = json_array();
    for (int16_t partition = 0; partition < PARTITIONS; partition++)
        add_postings(rows[partition], list);
    *json_out = json_finish(arena, list);
    return STATUS_OK;
}

/* a close */

static json_t *obstacles_as_json(const Rows *rows)
{
    json_t *list = json_array();
    for (size_t row = 0; row < rows_count(rows); row++) {
        char municipality[MUNICIPALITY_SIZE], provider[PROVIDER_SIZE];
        conversation_codes(rows_int(rows, row, rows_column(rows, "conversation")), municipality, provider);
        json_t *json = json_object();
        json_put_text(json, "municipality", municipality);
        json_put_text(json, "provider", provider);
        json_put_int(json, "expected_cents", rows_int(rows, row, rows_column(rows, "expected_cents")));
        json_put_int(json, "undeclared", rows_int(rows, row, rows_column(rows, "undeclared")));
        json_array_append_new(list, json);
    }
    return list;
}

Status close_write(Arena *arena, Database *database, const StatementQuestion *question, char **json_out)
{
    Telling telling = {.arena = arena, .database = database, .question = question};
    TRY(begin(&telling));
    TRY(load_states(&telling));
    Rows *obstacles, *claims;
    const Ask asks[] = {
        {BILLING_LOAD_CLOSE_OBSTACLES, partitions_and_year(&telling), &obstacles},
        {BILLING_LIST_CLAIMS, NULL, &claims},
    };
    TRY(database_ask_all(database, asks, sizeof asks / sizeof *asks));
    const char *replicas[PARTITIONS] = {0};
    for (size_t row = 0; row < rows_count(claims); row++)
        replicas[rows_int(claims, row, rows_column(claims, "partition"))] =
            rows_text(claims, row, rows_column(claims, "replica"));
    json_t *json = json_object();
    json_put_int(json, "year", question->year);
    json_t *partitions = json_array();
    int64_t closed = 0;
    for (int16_t partition = 0; partition < PARTITIONS; partition++) {
        json_t *one = json_object();
        json_put_int(one, "partition", partition);
        json_put_text(one, "replica", replicas[partition]);
        put_state(one, &telling.states[partition]);
        json_array_append_new(partitions, one);
        closed += telling.states[partition].closed;
    }
    json_put_int(json, "closed", closed);
    json_object_set_new(json, "partitions", partitions);
    json_object_set_new(json, "open", obstacles_as_json(obstacles));
    *json_out = json_finish(arena, json);
    return STATUS_OK;
}
