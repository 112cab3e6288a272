#include "monitoring/web/operations.h"

#include "monitoring/core/houses.h"
#include "monitoring/core/waiting.h"
#include "monitoring/sql.h"
#include "monitoring/web/neighbours.h"

Status operations_make_houses(const Desk *desk, Table *table)
{
    size_t count;
    const HouseReplica *replicas = neighbours_ask(desk->neighbours, desk->arena, &count);
    houses_tell(replicas, count, table);
    return STATUS_OK;
}

static Status load_open(const Desk *desk, OpenRequests **open_out, size_t *count_out)
{
    Params *params = params_new(desk->arena);
    params_text(params, desk->question->municipality);
    params_day(params, desk->question->known_on);
    Rows *rows;
    TRY(database_ask(desk->database, MONITORING_LOAD_OPEN_REQUESTS, params, &rows));
    size_t count = rows_count(rows);
    OpenRequests *open = ARENA_MANY(desk->arena, OpenRequests, count);
    int municipality = rows_column(rows, "municipality"), due = rows_column(rows, "due_day"),
        requests = rows_column(rows, "requests");
    for (size_t row = 0; row < count; row++)
        open[row] =
            (OpenRequests){rows_text(rows, row, municipality), rows_day(rows, row, due), rows_int(rows, row, requests)};
    *open_out = open;
    *count_out = count;
    return STATUS_OK;
}

Status operations_make_open_requests(const Desk *desk, Table *table)
{
    OpenRequests *open;
    size_t count;
    TRY(load_open(desk, &open, &count));
    open_requests_tell(desk->question, open, count, table);
    return STATUS_OK;
}

Status operations_make_deadlines(const Desk *desk, Table *table)
{
    OpenRequests *open;
    size_t count;
    TRY(load_open(desk, &open, &count));
    deadlines_tell(desk->question, open, count, table);
    return STATUS_OK;
}
