#include "allocation/web/worklist.h"

#include "allocation/hear_fact.h"
#include "allocation/sql.h"

#include <jansson.h>
#include <stdlib.h>

/* Only what was said. */
static void put_text(json_t *object, const char *name, const char *text)
{
    if (*text)
        json_object_set_new(object, name, json_string(text));
}

static void put_day(json_t *object, const char *name, Day day)
{
    char text[DAY_TEXT_SIZE];
    json_object_set_new(object, name, json_string(day_write(day, text)));
}

static json_t *product_as_json(const AllocatedProduct *product)
{
    json_t *json = json_object();
    put_text(json, "category", product->category);
    put_text(json, "code", product->code);
    if (product->volume > 0)
        json_object_set_new(json, "volume", json_integer(product->volume));
    if (product->unit)
        put_text(json, "unit", unit_name(product->unit));
    if (product->frequency)
        put_text(json, "frequency", frequency_name(product->frequency));
    return json;
}

static void put_products(json_t *json, const AllocatedProduct *products, size_t count)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, product_as_json(&products[i]));
    json_object_set_new(json, "products", list);
}

static void put_care_request(json_t *json, const CareRequest *asked)
{
    json_t *results = json_array();
    for (size_t i = 0; i < asked->results.count; i++)
        json_array_append_new(results, json_string(asked->results.list[i]));
    put_text(json, "segment", asked->segment);
    put_text(json, "referrer", referrer_name(asked->referrer));
    put_text(json, "decision", asked->decision);
    put_text(json, "profile", asked->pic.profile);
    put_text(json, "intensity", asked->pic.intensity);
    put_day(json, "first_day", asked->period.first);
    put_day(json, "last_day", asked->period.last);
    json_object_set_new(json, "age", json_integer(asked->client.age_first));
    json_object_set_new(json, "results", results);
    put_products(json, asked->products.list, asked->products.count);
}

static void put_change_request(json_t *json, const ChangeRequest *asked)
{
    put_text(json, "allocation", asked->allocation);
    if (asked->begins)
        put_day(json, "first_day", asked->first_day);
    if (asked->ends)
        put_day(json, "last_day", asked->last_day);
    put_products(json, &asked->product, *asked->product.code ? 1 : 0);
}

static void put_conversion(json_t *json, const Conversion *asked)
{
    json_t *results = json_array();
    for (size_t i = 0; i < asked->results.count; i++)
        json_array_append_new(results, json_string(asked->results.list[i]));
    put_text(json, "allocation", asked->allocation);
    put_text(json, "profile", asked->pic.profile);
    put_text(json, "intensity", asked->pic.intensity);
    put_text(json, "consent", asked->consent);
    put_day(json, "first_day", asked->day);
    json_object_set_new(json, "results", results);
    put_products(json, asked->products.list, asked->products.count);
}

typedef struct Columns {
    int partition, municipality, provider, reference, client, reason, due_day, known_day, asked;
} Columns;

static Columns columns_of(const Rows *rows)
{
    return (Columns){
        .partition = rows_column(rows, "partition"),
        .municipality = rows_column(rows, "municipality"),
        .provider = rows_column(rows, "provider"),
        .reference = rows_column(rows, "reference"),
        .client = rows_column(rows, "client"),
        .reason = rows_column(rows, "reason"),
        .due_day = rows_column(rows, "due_day"),
        .known_day = rows_column(rows, "known_day"),
        .asked = rows_column(rows, "asked"),
    };
}

static Status put_request(Arena *arena, const Rows *rows, size_t row, const Columns *at, json_t *list)
{
    FactHeard heard;
    TRY(hear_fact(arena, (int16_t)rows_int(rows, row, at->partition), rows_day(rows, row, at->known_day),
                  rows_bytes(rows, row, at->asked), &heard));

    json_t *json = json_object();
    const char *reason = rows_text(rows, row, at->reason);
    put_text(json, "municipality", rows_text(rows, row, at->municipality));
    put_text(json, "provider", rows_text(rows, row, at->provider));
    put_text(json, "reference", rows_text(rows, row, at->reference));
    put_text(json, "client", rows_text(rows, row, at->client));
    put_text(json, "reason", reason);
    put_text(json, "sentence", allocation_reason_english(allocation_reason_named(reason)));
    put_day(json, "known_day", rows_day(rows, row, at->known_day));
    put_day(json, "due_day", rows_day(rows, row, at->due_day));
    if (heard.fact.kind == FACT_CARE_REQUEST)
        put_care_request(json, &heard.fact.care_request);
    else if (heard.fact.kind == FACT_CHANGE_REQUEST)
        put_change_request(json, &heard.fact.change_request);
    else if (heard.fact.kind == FACT_CONVERSION)
        put_conversion(json, &heard.fact.conversion);
    json_array_append_new(list, json);
    return STATUS_OK;
}

static Status put_requests(Arena *arena, const Rows *rows, json_t *list)
{
    Columns at = columns_of(rows);
    for (size_t row = 0; row < rows_count(rows) && row < WORKLIST_MAX; row++)
        TRY(put_request(arena, rows, row, &at, list));
    return STATUS_OK;
}

Status worklist_write(Arena *arena, Database *database, const char *municipality, char **json_out)
{
    Params *params = params_new(arena);
    params_text(params, municipality);
    params_int4(params, WORKLIST_MAX + 1);
    Rows *rows;
    TRY(database_ask(database, ALLOCATION_LIST_REQUESTS, params, &rows));

    json_t *list = json_array();
    Status status = put_requests(arena, rows, list);
    json_t *worklist = json_pack("{s:o, s:b}", "requests", list, "more", rows_count(rows) > WORKLIST_MAX);
    char *text = json_dumps(worklist, JSON_COMPACT);
    *json_out = arena_text(arena, text);
    free(text);
    json_decref(worklist);
    return status;
}
