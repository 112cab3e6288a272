#include "billing/web/owed.h"

#include "billing/core/owed.h"
#include "billing/core/standing.h"
#include "billing/sql.h"
#include "http/json.h"

typedef struct Telling {
    const OwedQuestion *question;
    const Library *library;
    Owed owed;
    bool open;
} Telling;

/* reading */

/* The partitions that a question is about, and its conversations from first to last. */
typedef struct Range {
    bool partitions[PARTITIONS];
    int64_t first, last;
} Range;

static Status range_of(const OwedQuestion *question, Range *range_out)
{
    bool all = *question->provider == '\0';
    Range range = {0};
    if (!conversation_number(question->municipality, all ? "00000000" : question->provider, &range.first) ||
        !conversation_number(question->municipality, all ? "99999999" : question->provider, &range.last))
        return FAULT(STATUS_SET_ASIDE, "no conversation of a municipality with a provider");
    for (int16_t partition = 0; partition < PARTITIONS; partition++)
        range.partitions[partition] = all || partition == partition_of(question->municipality, question->provider);
    *range_out = range;
    return STATUS_OK;
}

static void put_partitions(Params *params, const Range *range)
{
    Column *partitions = params_column(params, COLUMN_INT2);
    for (int16_t partition = 0; partition < PARTITIONS; partition++)
        if (range->partitions[partition])
            column_int(partitions, partition);
}

static const Params *ask_facts(Arena *arena, const OwedQuestion *question, const Range *range)
{
    Params *params = params_new(arena);
    put_partitions(params, range);
    params_int8(params, range->first);
    params_int8(params, range->last);
    params_day(params, question->month.first);
    params_day(params, question->month.last);
    params_day(params, question->known_on);
    return params;
}

static const Params *ask_unended(Arena *arena, const OwedQuestion *question, const Range *range)
{
    Params *params = params_new(arena);
    put_partitions(params, range);
    params_day(params, question->known_on);
    return params;
}

static OwedFact *read_facts(Arena *arena, const Rows *rows)
{
    int partition = rows_column(rows, "partition"), provider = rows_column(rows, "provider"),
        line = rows_column(rows, "first_reference"), kind = rows_column(rows, "kind"),
        reference = rows_column(rows, "reference"), document = rows_column(rows, "document"),
        credit = rows_column(rows, "credit"), book = rows_column(rows, "book"),
        amount_cents = rows_column(rows, "amount_cents"), known_day = rows_column(rows, "known_day"),
        allocation = rows_column(rows, "allocation"), client = rows_column(rows, "client"),
        category = rows_column(rows, "category"), code = rows_column(rows, "code"),
        first_day = rows_column(rows, "first_day"), last_day = rows_column(rows, "last_day");
    OwedFact *facts = ARENA_MANY(arena, OwedFact, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++)
        facts[row] = (OwedFact){
            .partition = (int16_t)rows_int(rows, row, partition),
            .provider = rows_text(rows, row, provider),
            .line = rows_text(rows, row, line),
            .kind = (OwedKind)rows_int(rows, row, kind),
            .reference = rows_text(rows, row, reference),
            .document = rows_text(rows, row, document),
            .credit = rows_text(rows, row, credit),
            .book = (int32_t)rows_int(rows, row, book),
            .amount = {rows_int(rows, row, amount_cents)},
            .known = rows_day(rows, row, known_day),
            .allocation = rows_text(rows, row, allocation),
            .client = rows_text(rows, row, client),
            .category = rows_text(rows, row, category),
            .code = rows_text(rows, row, code),
            .period = {rows_day(rows, row, first_day), rows_day(rows, row, last_day)},
        };
    return facts;
}

static Status load(Arena *arena, Database *database, Library *library, Telling *telling)
{
    const OwedQuestion *question = telling->question;
    Range range;
    TRY(range_of(question, &range));
    Rows *facts, *unended;
    const Ask asks[] = {
        {BILLING_LOAD_OWED, ask_facts(arena, question, &range), &facts},
        {BILLING_COUNT_UNENDED, ask_unended(arena, question, &range), &unended},
    };
    TRY(database_ask_all(database, asks, sizeof asks / sizeof *asks));
    TRY(library_read(library, database, arena, range.partitions));

    telling->open = rows_int(unended, 0, rows_column(unended, "partitions")) > 0;
    Day from = question->differs ? question->known_from : DAY_FIRST;
    if (!owed_add_up(arena, read_facts(arena, facts), rows_count(facts), from, &telling->owed))
        return FAULT(STATUS_STOP, "a total does not fit in an amount");
    return STATUS_OK;
}

/* writing */

static void put_sum(json_t *json, const OwedSum *sum)
{
    static const char *const NAMES[OWED_KIND_COUNT] = {
        [OWED_DECLARED] = "debet_cents",  [OWED_CREDITED] = "credit_cents",   [OWED_CORRECTED] = "corrected_cents",
        [OWED_SETTLED] = "settled_cents", [OWED_EXPECTED] = "expected_cents",
    };
    for (OwedKind kind = 0; kind < OWED_KIND_COUNT; kind++)
        json_put_cents(json, NAMES[kind], sum->kinds[kind]);
    json_put_cents(json, "net_cents", sum->net);
}

/* What was owed on the day, or on both and the difference. */
static void put_totals(json_t *json, const Telling *telling, const OwedTotals *totals)
{
    if (!telling->question->differs) {
        put_sum(json, &totals->after);
        return;
    }
    json_put_cents(json, "before_cents", totals->before.net);
    json_put_cents(json, "after_cents", totals->after.net);
    json_put_cents(json, "difference_cents", totals->difference);
}

static void put_book(json_t *json, const Telling *telling, const OwedFact *fact)
{
    if (fact->book == 0)
        return;
    const Book *book = books_numbered(library_books(telling->library, fact->partition), fact->book);
    json_put_int(json, "book", fact->book);
    json_put_text(json, "slug", book ? book_slug(book) : "");
}

static json_t *fact_as_json(const Telling *telling, const OwedFact *fact)
{
    json_t *json = json_object();
    json_put_text(json, "fact", owed_kind_name(fact->kind));
    json_put_day(json, "known_day", fact->known);
    json_put_text(json, "reference", fact->reference);
    json_put_text(json, "document", fact->document);
    json_put_text(json, "taken_back_by", fact->credit);
    put_book(json, telling, fact);
    json_put_cents(json, "cents", fact->amount);
    return json;
}

static json_t *line_as_json(const Telling *telling, const OwedLine *line)
{
    const OwedFact *care = line->facts;
    json_t *json = json_object();
    json_put_text(json, "reference", care->line);
    json_put_text(json, "allocation", care->allocation);
    json_put_text(json, "client", care->client);
    json_put_text(json, "category", care->category);
    json_put_text(json, "code", care->code);
    json_put_period(json, care->period);
    put_totals(json, telling, &line->totals);
    if (telling->question->differs) {
        json_t *facts = json_array();
        for (size_t i = line->news; i < line->fact_count; i++)
            json_array_append_new(facts, fact_as_json(telling, &line->facts[i]));
        json_object_set_new(json, "facts", facts);
    }
    return json;
}

/* Every line; of a difference, those about which something became known. */
static json_t *lines_as_json(const Telling *telling)
{
    json_t *lines = json_array();
    const OwedProvider *provider = telling->owed.providers;
    for (size_t i = 0; telling->owed.provider_count && i < provider->line_count; i++) {
        const OwedLine *line = &provider->lines[i];
        if (!telling->question->differs || line->news < line->fact_count)
            json_array_append_new(lines, line_as_json(telling, line));
    }
    return lines;
}

static json_t *providers_as_json(const Telling *telling)
{
    json_t *providers = json_array();
    for (size_t i = 0; i < telling->owed.provider_count; i++) {
        const OwedProvider *provider = &telling->owed.providers[i];
        json_t *json = json_object();
        json_put_text(json, "provider", provider->lines->facts->provider);
        json_put_int(json, "lines", (int64_t)provider->line_count);
        put_totals(json, telling, &provider->totals);
        json_array_append_new(providers, json);
    }
    return providers;
}

static json_t *causes_as_json(const Telling *telling)
{
    json_t *causes = json_array();
    for (size_t i = 0; i < telling->owed.cause_count; i++) {
        const OwedCause *cause = &telling->owed.causes[i];
        json_t *json = json_object();
        json_put_text(json, "fact", owed_kind_name(cause->kind));
        put_book(json, telling, cause->first);
        json_put_int(json, "facts", (int64_t)cause->facts);
        json_put_cents(json, "difference_cents", cause->difference);
        json_array_append_new(causes, json);
    }
    return causes;
}

static json_t *as_json(const Telling *telling)
{
    const OwedQuestion *question = telling->question;
    const Owed *owed = &telling->owed;
    char day[DAY_TEXT_SIZE];
    json_t *json = json_object();
    json_put_text(json, "municipality", question->municipality);
    json_put_text(json, "provider", question->provider);
    json_object_set_new(json, "month", json_stringn(day_write(question->month.first, day), sizeof "2020-03" - 1));
    if (question->differs)
        json_put_day(json, "known_from", question->known_from);
    json_put_day(json, "known_on", question->known_on);
    json_object_set_new(json, "open", json_boolean(telling->open));
    if (*question->provider)
        json_object_set_new(json, "lines", lines_as_json(telling));
    else
        json_object_set_new(json, "providers", providers_as_json(telling));
    json_t *total = json_object();
    json_put_int(total, "lines", (int64_t)owed->line_count);
    put_totals(total, telling, &owed->totals);
    json_object_set_new(json, "total", total);
    if (question->differs)
        json_object_set_new(json, "causes", causes_as_json(telling));
    return json;
}

Status owed_write(Arena *arena, Database *database, Library *library, const OwedQuestion *question, char **json_out)
{
    Telling telling = {.question = question, .library = library};
    TRY(load(arena, database, library, &telling));
    *json_out = json_finish(arena, as_json(&telling));
    return STATUS_OK;
}
