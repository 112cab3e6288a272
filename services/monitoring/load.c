#include "monitoring/load.h"

#include "monitoring/sql.h"

#include <stdlib.h>

static int by_version(const void *a, const void *b)
{
    return granted_order(a, b);
}

static size_t put_keys(Params *params, const Observed *observed, size_t count)
{
    Column *partition = params_column(params, COLUMN_INT2);
    Column *municipality = params_column(params, COLUMN_TEXT);
    Column *number = params_column(params, COLUMN_TEXT);
    size_t keys = 0;
    for (const Observed *one = observed; one < observed + count; one++)
        for (size_t i = 0; i < one->running_count; i++, keys++) {
            column_int(partition, one->partition);
            column_text(municipality, one->municipality);
            column_text(number, one->running[i].number);
        }
    return keys;
}

/* What of a version counts in sums. */
static Versions read_versions(Arena *arena, const Rows *rows)
{
    size_t count = rows_count(rows);
    RunningRow *list = ARENA_MANY(arena, RunningRow, count);
    int partition = rows_column(rows, "partition"), municipality = rows_column(rows, "municipality"),
        number = rows_column(rows, "number"), known_day = rows_column(rows, "known_day"),
        first_day = rows_column(rows, "first_day"), last_day = rows_column(rows, "last_day"),
        removed = rows_column(rows, "removed"), worth_cents = rows_column(rows, "worth_cents"),
        worth_days = rows_column(rows, "worth_days"), replaced_day = rows_column(rows, "replaced_day");
    for (size_t row = 0; row < count; row++)
        list[row] = (RunningRow){
            .place = {.partition = (int16_t)rows_int(rows, row, partition),
                      .municipality = rows_text(rows, row, municipality),
                      .known = rows_day(rows, row, known_day)},
            .running = {.number = rows_text(rows, row, number),
                        .period = {rows_day(rows, row, first_day), rows_day(rows, row, last_day)},
                        .removed = rows_bool(rows, row, removed),
                        .worth = {rows_int(rows, row, worth_cents)},
                        .worth_days = (int32_t)rows_int(rows, row, worth_days)},
            .replaced = !rows_null(rows, row, replaced_day),
            .replaced_day = rows_day(rows, row, replaced_day),
        };
    if (count > 1)
        qsort(list, count, sizeof *list, by_version);
    return (Versions){list, count};
}

Status monitoring_load(Turn *turn, const Observed *observed, size_t count, Versions *kept_out)
{
    *kept_out = (Versions){0};
    Params *params = params_new(turn->arena);
    if (put_keys(params, observed, count) == 0)
        return STATUS_OK;
    Rows *rows;
    TRY(database_ask(turn->database, MONITORING_LOAD_VERSIONS, params, &rows));
    *kept_out = read_versions(turn->arena, rows);
    return STATUS_OK;
}
