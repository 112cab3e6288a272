#include "allocation/web/cohorts.h"

#include "allocation/sql.h"
#include "book/care.h"
#include "http/json.h"

typedef struct Columns {
    int municipality, provider, number, client, segment, funding, first_day, last_day, cohort, would_be, known_day;
} Columns;

static Columns columns_of(const Rows *rows)
{
    return (Columns){
        .municipality = rows_column(rows, "municipality"),
        .provider = rows_column(rows, "provider"),
        .number = rows_column(rows, "number"),
        .client = rows_column(rows, "client"),
        .segment = rows_column(rows, "segment"),
        .funding = rows_column(rows, "funding"),
        .first_day = rows_column(rows, "first_day"),
        .last_day = rows_column(rows, "last_day"),
        .cohort = rows_column(rows, "cohort"),
        .would_be = rows_column(rows, "would_be"),
        .known_day = rows_column(rows, "known_day"),
    };
}

static json_t *row_as_json(const Rows *rows, size_t row, const Columns *at)
{
    json_t *json = json_object();
    json_put_text(json, "municipality", rows_text(rows, row, at->municipality));
    json_put_text(json, "provider", rows_text(rows, row, at->provider));
    json_put_text(json, "allocation", rows_text(rows, row, at->number));
    json_put_text(json, "client", rows_text(rows, row, at->client));
    json_put_text(json, "segment", rows_text(rows, row, at->segment));
    json_put_text(json, "funding", funding_name((Funding)rows_int(rows, row, at->funding)));
    json_put_period(json, (Period){rows_day(rows, row, at->first_day), rows_day(rows, row, at->last_day)});
    json_put_text(json, "cohort", cohort_name((Cohort)rows_int(rows, row, at->cohort)));
    json_put_text(json, "would_be", cohort_name((Cohort)rows_int(rows, row, at->would_be)));
    json_put_day(json, "known_day", rows_day(rows, row, at->known_day));
    return json;
}

Status cohorts_write(Arena *arena, Database *database, const char *municipality, char **json_out)
{
    Params *params = params_new(arena);
    params_text(params, municipality);
    params_int4(params, COHORTS_MAX + 1);
    Rows *rows;
    TRY(database_ask(database, ALLOCATION_LIST_COHORTS, params, &rows));
    Columns at = columns_of(rows);
    json_t *list = json_array();
    for (size_t row = 0; row < rows_count(rows) && row < COHORTS_MAX; row++)
        json_array_append_new(list, row_as_json(rows, row, &at));
    *json_out =
        json_finish(arena, json_pack("{s:o, s:b}", "cohorts", list, "more", (int)(rows_count(rows) > COHORTS_MAX)));
    return STATUS_OK;
}
