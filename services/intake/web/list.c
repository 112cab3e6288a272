#include "intake/web/list.h"

#include "intake/core/case.h"
#include "intake/load_person.h"
#include "intake/sql.h"

#include <jansson.h>
#include <stdlib.h>

/* Only what was said. */
static void put(json_t *object, const char *name, const char *text)
{
    if (*text)
        json_object_set_new(object, name, json_string(text));
}

static void put_text(json_t *object, const Rows *rows, size_t row, const char *name)
{
    put(object, name, rows_text(rows, row, rows_column(rows, name)));
}

static void put_day(json_t *object, const char *name, const Rows *rows, size_t row, const char *column)
{
    char text[DAY_TEXT_SIZE];
    put(object, name, day_write(rows_day(rows, row, rows_column(rows, column)), text));
}

/* A list of at most LISTED_MAX, of which one more was asked. */
static char *written(Arena *arena, const char *name, const Rows *rows, json_t *(*of)(const Rows *rows, size_t row))
{
    json_t *list = json_array();
    for (size_t row = 0; row < rows_count(rows) && row < LISTED_MAX; row++)
        json_array_append_new(list, of(rows, row));
    json_t *page = json_pack("{s:o, s:b}", name, list, "more", rows_count(rows) > LISTED_MAX);
    char *text = json_dumps(page, JSON_COMPACT);
    char *kept = arena_text(arena, text);
    free(text);
    json_decref(page);
    return kept;
}

static json_t *case_as_json(const Rows *rows, size_t row)
{
    json_t *json = json_object();
    CaseState state = (CaseState)rows_int(rows, row, rows_column(rows, "state"));
    put_text(json, rows, row, "id");
    put(json, "kind", case_kind_name((CaseKind)rows_int(rows, row, rows_column(rows, "kind"))));
    put(json, "state", case_state_name(state));
    put(json, "sentence", case_state_sentence(state));
    put_text(json, rows, row, "why");
    put(json, "client", rows_text(rows, row, rows_column(rows, "reference")));
    put(json, "into", rows_text(rows, row, rows_column(rows, "into_reference")));
    put_text(json, rows, row, "municipality");
    put_text(json, rows, row, "provider");
    put_text(json, rows, row, "allocation");
    put_text(json, rows, row, "to_municipality");
    put_text(json, rows, row, "to_provider");
    put_day(json, "day", rows, row, "day");
    put_day(json, "opened_day", rows, row, "opened_on");
    put_day(json, "changed_day", rows, row, "changed_on");
    return json;
}

Status list_cases(Arena *arena, Database *database, const ListAsked *asked, char **json_out)
{
    Params *params = params_new(arena);
    params_text(params, asked->municipality);
    params_bool(params, asked->closed);
    params_int4(params, LISTED_MAX + 1);
    Rows *rows;
    TRY(database_ask(database, INTAKE_LIST_CASES, params, &rows));
    *json_out = written(arena, "cases", rows, case_as_json);
    return STATUS_OK;
}

static json_t *allocation_as_json(const Rows *rows, size_t row)
{
    json_t *json = json_object();
    put_text(json, rows, row, "municipality");
    put_text(json, rows, row, "provider");
    put(json, "allocation", rows_text(rows, row, rows_column(rows, "number")));
    put(json, "client", rows_text(rows, row, rows_column(rows, "reference")));
    put_text(json, rows, row, "place");
    put_day(json, "first_day", rows, row, "first_day");
    put_day(json, "last_day", rows, row, "last_day");
    return json;
}

Status list_allocations(Arena *arena, Database *database, const ListAsked *asked, char **json_out)
{
    Params *params = params_new(arena);
    params_text(params, asked->provider);
    params_text(params, asked->municipality);
    params_day(params, asked->day);
    params_text(params, asked->after);
    params_int4(params, LISTED_MAX + 1);
    Rows *rows;
    TRY(database_ask(database, INTAKE_LIST_ALLOCATED, params, &rows));
    *json_out = written(arena, "allocations", rows, allocation_as_json);
    return STATUS_OK;
}

/* forgetting */

static json_t *due_as_json(const Remembered *remembered, int32_t years)
{
    char last[DAY_TEXT_SIZE], due[DAY_TEXT_SIZE];
    Day day = forget_last_day(remembered);
    return json_pack("{s:s, s:s, s:s}", "client", remembered->reference, "last_day", day_write(day, last), "due_day",
                     day_write(forget_due_day(day, years), due));
}

static Status list_due(Arena *arena, Database *database, const ListAsked *asked, json_t *page)
{
    json_t *due = json_array();
    json_object_set_new(page, "years", json_integer(asked->kept_years));
    json_object_set_new(page, "due", due);
    json_object_set_new(page, "more", json_false());
    if (asked->kept_years == 0)
        return STATUS_OK;
    const Remembered *remembered;
    size_t count;
    TRY(intake_load_remembered(database, arena, forget_last_day_due(asked->day, asked->kept_years), &remembered,
                               &count));
    for (size_t i = 0; i < count; i++) {
        Day due_day = forget_due_day(forget_last_day(&remembered[i]), asked->kept_years);
        if (day_compare(due_day, asked->day) > 0)
            continue;
        if (json_array_size(due) == LISTED_MAX) {
            json_object_set_new(page, "more", json_true());
            break;
        }
        json_array_append_new(due, due_as_json(&remembered[i], asked->kept_years));
    }
    return STATUS_OK;
}

static json_t *forgotten_as_json(const Rows *rows, size_t row)
{
    json_t *json = json_object();
    put_day(json, "day", rows, row, "forgotten_on");
    put_text(json, rows, row, "owner");
    put_text(json, rows, row, "id");
    json_object_set_new(json, "persons", json_integer(rows_int(rows, row, rows_column(rows, "persons"))));
    return json;
}

static Status list_done(Arena *arena, Database *database, json_t *page)
{
    Params *params = params_new(arena);
    params_int4(params, LISTED_MAX);
    Rows *rows;
    TRY(database_ask(database, INTAKE_LIST_FORGOTTEN, params, &rows));
    json_t *forgotten = json_array();
    for (size_t row = 0; row < rows_count(rows); row++)
        json_array_append_new(forgotten, forgotten_as_json(rows, row));
    json_object_set_new(page, "forgotten", forgotten);
    return STATUS_OK;
}

Status list_forgetting(Arena *arena, Database *database, const ListAsked *asked, char **json_out)
{
    json_t *page = json_object();
    Status status = list_due(arena, database, asked, page);
    if (status == STATUS_OK)
        status = list_done(arena, database, page);
    if (status == STATUS_OK) {
        char *text = json_dumps(page, JSON_COMPACT);
        *json_out = arena_text(arena, text);
        free(text);
    }
    json_decref(page);
    return status;
}
