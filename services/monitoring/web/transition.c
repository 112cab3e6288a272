#include "monitoring/web/transition.h"

#include "monitoring/core/moving.h"
#include "monitoring/core/paths.h"
#include "monitoring/core/people.h"
#include "monitoring/core/plans.h"
#include "monitoring/core/uncovered.h"
#include "monitoring/sql.h"
#include "monitoring/web/load.h"

static Params *asked(const Desk *desk, Period days)
{
    const Question *question = desk->question;
    Params *params = params_new(desk->arena);
    params_text(params, question->exact ? question->municipality : "");
    params_day(params, days.first);
    params_day(params, days.last);
    params_day(params, question->known_on);
    return params;
}

/* ---- what is packed in few rows ---- */

enum { CLIENT_SIZE = 8, DAY_SIZE = 4 };

/* The number at a place among others of the same size, highest byte first. */
static int64_t number_at(Bytes packed, size_t place, size_t size)
{
    uint64_t number = 0;
    for (const uint8_t *byte = packed.data + place * size; byte < packed.data + (place + 1) * size; byte++)
        number = number << 8 | *byte;
    return (int64_t)number;
}

static Day day_packed(Bytes packed, size_t place)
{
    return (Day){(int32_t)(uint32_t)number_at(packed, place, DAY_SIZE)};
}

/* Of all that are funded alike in one place. */
static size_t unpack(const Rows *rows, size_t row, JoinedClients joined, Allocated alike, Allocated *list)
{
    Bytes clients = rows_bytes(rows, row, rows_column(rows, "clients"));
    Bytes first_days = rows_bytes(rows, row, rows_column(rows, "first_days"));
    Bytes last_days = rows_bytes(rows, row, rows_column(rows, "last_days"));
    size_t count = clients.size / CLIENT_SIZE;
    for (size_t i = 0; i < count; i++) {
        alike.client = people_joined(joined, number_at(clients, i, CLIENT_SIZE));
        alike.period = (Period){day_packed(first_days, i), day_packed(last_days, i)};
        list[i] = alike;
    }
    return count;
}

static AllocatedList read_allocated(Arena *arena, const Rows *rows, JoinedClients joined)
{
    int municipality = rows_column(rows, "municipality"), segment = rows_column(rows, "segment"),
        content = rows_column(rows, "content"), funding = rows_column(rows, "funding"),
        cohort = rows_column(rows, "cohort"), clients = rows_column(rows, "clients");
    size_t most = 0, count = 0;
    for (size_t row = 0; row < rows_count(rows); row++)
        most += rows_bytes(rows, row, clients).size / CLIENT_SIZE;
    Allocated *list = ARENA_MANY(arena, Allocated, most);
    for (size_t row = 0; row < rows_count(rows); row++) {
        const Allocated alike = {
            .municipality = rows_text(rows, row, municipality),
            .segment = rows_text(rows, row, segment),
            .content = (Content)rows_int(rows, row, content),
            .funding = (Funding)rows_int(rows, row, funding),
            .cohort = (Cohort)rows_int(rows, row, cohort),
        };
        count += unpack(rows, row, joined, alike, list + count);
    }
    return allocated_in_order(arena, list, count);
}

/* What runs on some of the days, as it was known, and how it is funded. */
static Status load_allocated(const Desk *desk, Period days, AllocatedList *allocated_out)
{
    JoinedClients joined;
    TRY(load_joined(desk, &joined));
    Rows *rows;
    TRY(database_ask(desk->database, MONITORING_LOAD_ALLOCATED, asked(desk, days), &rows));
    *allocated_out = read_allocated(desk->arena, rows, joined);
    return STATUS_OK;
}

/* ---- what a contract is about ---- */

static AllocatedList read_contracted(Arena *arena, const Rows *rows, JoinedClients joined)
{
    size_t count = rows_count(rows);
    Allocated *list = ARENA_MANY(arena, Allocated, count);
    int municipality = rows_column(rows, "municipality"), provider = rows_column(rows, "provider"),
        segment = rows_column(rows, "segment"), client = rows_column(rows, "client"),
        funding = rows_column(rows, "funding"), profile = rows_column(rows, "profile"),
        intensity = rows_column(rows, "intensity"), first = rows_column(rows, "first_day"),
        last = rows_column(rows, "last_day");
    for (size_t row = 0; row < count; row++)
        list[row] = (Allocated){
            .municipality = rows_text(rows, row, municipality),
            .provider = rows_text(rows, row, provider),
            .segment = rows_text(rows, row, segment),
            .client = people_joined(joined, rows_int(rows, row, client)),
            .funding = (Funding)rows_int(rows, row, funding),
            .pic = {rows_text(rows, row, profile), rows_text(rows, row, intensity)},
            .period = {rows_day(rows, row, first), rows_day(rows, row, last)},
        };
    return allocated_in_order(arena, list, count);
}

static Status load_contracted(const Desk *desk, Period days, AllocatedList *allocated_out)
{
    JoinedClients joined;
    TRY(load_joined(desk, &joined));
    Params *params = asked(desk, days);
    params_text(params, desk->question->provider);
    Rows *rows;
    TRY(database_ask(desk->database, MONITORING_LOAD_CONTRACTED, params, &rows));
    *allocated_out = read_contracted(desk->arena, rows, joined);
    return STATUS_OK;
}

/* ---- tables ---- */

Status transition_make_funding_paths(const Desk *desk, Table *table)
{
    AllocatedList allocated;
    TRY(load_allocated(desk, question_year(desk->question), &allocated));
    funding_paths_tell(desk->question, desk->books, allocated, table);
    return STATUS_OK;
}

Status transition_make_to_move(const Desk *desk, Table *table)
{
    AllocatedList allocated;
    TRY(load_allocated(desk, to_move_days(desk->question), &allocated));
    to_move_tell(desk->question, desk->books, allocated, table);
    return STATUS_OK;
}

Status transition_make_uncovered(const Desk *desk, Table *table)
{
    AllocatedList allocated;
    TRY(load_contracted(desk, uncovered_days(desk->question), &allocated));
    uncovered_tell(desk->question, desk->books, allocated, table);
    return STATUS_OK;
}

Status transition_make_plans(const Desk *desk, Table *table)
{
    AllocatedList allocated;
    TRY(load_allocated(desk, question_year(desk->question), &allocated));
    plans_tell(desk->question, desk->books, allocated, table);
    return STATUS_OK;
}
