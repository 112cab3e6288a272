#include "billing/load_years.h"

#include "billing/sql.h"

Ask billing_years_question(Arena *arena, Batch batch, Rows **rows_out)
{
    Params *params = params_new(arena);
    Column *partitions = params_column(params, COLUMN_INT2);
    for (size_t i = 0; i < batch.count; i++)
        if (i == 0 || batch.messages[i].partition != batch.messages[i - 1].partition)
            column_int(partitions, batch.messages[i].partition);
    return (Ask){BILLING_LOAD_CLOSED_YEARS, params, rows_out};
}

/* Rows come in order of partition. */
void billing_years_answer(Arena *arena, const Rows *rows, ClosedYears closed_out[PARTITIONS])
{
    int partition = rows_column(rows, "partition");
    int year = rows_column(rows, "year");
    int32_t *years = ARENA_MANY(arena, int32_t, rows_count(rows));
    for (int i = 0; i < PARTITIONS; i++)
        closed_out[i] = (ClosedYears){0};
    for (size_t row = 0; row < rows_count(rows); row++) {
        ClosedYears *closed = &closed_out[rows_int(rows, row, partition)];
        years[row] = (int32_t)rows_int(rows, row, year);
        if (closed->count++ == 0)
            closed->years = &years[row];
    }
}

Status billing_load_years(Turn *turn, const Heard *heard, ClosedYears *closed_out)
{
    Rows *rows;
    const Ask ask = billing_years_question(turn->arena, (Batch){heard, 1}, &rows);
    TRY(database_ask(turn->database, ask.query, ask.params, &rows));
    ClosedYears closed[PARTITIONS];
    billing_years_answer(turn->arena, rows, closed);
    *closed_out = closed[heard->partition];
    return STATUS_OK;
}
