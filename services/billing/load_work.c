#include "billing/load_work.h"

#include "billing/core/standing.h"

typedef struct WorkColumns {
    int partition, conversation, number, trajectory, client, segment, profile, intensity, first_day, last_day, removed,
        goes_on_by, start_day, stop_day, stop_reason, amount_cents, starts, ends;
} WorkColumns;

static WorkColumns work_columns(const Rows *rows)
{
    return (WorkColumns){
        .partition = rows_column(rows, "partition"),
        .conversation = rows_column(rows, "conversation"),
        .number = rows_column(rows, "number"),
        .trajectory = rows_column(rows, "trajectory"),
        .client = rows_column(rows, "client"),
        .segment = rows_column(rows, "segment"),
        .profile = rows_column(rows, "profile"),
        .intensity = rows_column(rows, "intensity"),
        .first_day = rows_column(rows, "first_day"),
        .last_day = rows_column(rows, "last_day"),
        .removed = rows_column(rows, "removed"),
        .goes_on_by = rows_column(rows, "goes_on_by"),
        .start_day = rows_column(rows, "start_day"),
        .stop_day = rows_column(rows, "stop_day"),
        .stop_reason = rows_column(rows, "stop_reason"),
        .amount_cents = rows_column(rows, "amount_cents"),
        .starts = rows_column(rows, "starts"),
        .ends = rows_column(rows, "ends"),
    };
}

static const Conversation *conversation_of(Standing *standing, int16_t partition, int64_t number)
{
    char municipality[MUNICIPALITY_SIZE];
    char provider[PROVIDER_SIZE];
    conversation_codes(number, municipality, provider);
    return standing_conversation(standing, partition, number, municipality, provider);
}

static Allocation *read_row(Standing *standing, const Rows *rows, size_t row, const WorkColumns *at)
{
    const Allocated granted = {
        .trajectory = rows_text(rows, row, at->trajectory),
        .client = rows_text(rows, row, at->client),
        .segment = rows_text(rows, row, at->segment),
        .contract = "",
        .pic = {rows_text(rows, row, at->profile), rows_text(rows, row, at->intensity)},
        .funding = FUNDING_PIC,
        .category = "",
        .code = "",
        .period = {rows_day(rows, row, at->first_day), rows_day(rows, row, at->last_day)},
        .removed = rows_bool(rows, row, at->removed),
        .goes_on_by = (Funding)rows_int(rows, row, at->goes_on_by),
    };
    const Conversation *conversation =
        conversation_of(standing, (int16_t)rows_int(rows, row, at->partition), rows_int(rows, row, at->conversation));
    Allocation *allocation = standing_allocation(standing, conversation, rows_text(rows, row, at->number));
    standing_grant(standing, allocation, &granted);
    if (!rows_null(rows, row, at->start_day))
        standing_start(allocation, rows_day(rows, row, at->start_day));
    if (!rows_null(rows, row, at->stop_reason))
        standing_stop(allocation, rows_day(rows, row, at->stop_day), (StopReason)rows_int(rows, row, at->stop_reason));
    allocation->amount_open = (Money){rows_int(rows, row, at->amount_cents)};
    allocation->starts_open = (int32_t)rows_int(rows, row, at->starts);
    allocation->ends_open = (int32_t)rows_int(rows, row, at->ends);
    return allocation;
}

/* A client's trajectories hang together, so all are read before one is worked out. */
Trajectory *billing_work_of(Arena *arena, const Rows *rows, const Library *library, Day on, Day known)
{
    Standing *standing = standing_new(arena, NULL, rows_count(rows));
    WorkColumns at = work_columns(rows);
    Trajectory *list = ARENA_MANY(arena, Trajectory, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++)
        list[row].allocation = read_row(standing, rows, row, &at);
    for (size_t row = 0; row < rows_count(rows); row++) {
        const Allocation *allocation = list[row].allocation;
        list[row].work = work_on(allocation, library_books(library, allocation->conversation->partition), on, known);
    }
    return list;
}
