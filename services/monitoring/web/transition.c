#include "monitoring/web/transition.h"

#include "monitoring/core/moving.h"
#include "monitoring/core/paths.h"
#include "monitoring/core/people.h"
#include "monitoring/core/plans.h"
#include "monitoring/core/uncovered.h"
#include "monitoring/sql.h"
#include "monitoring/web/load.h"

static const Params *asked(const Desk *desk, Period days, bool contracts)
{
    const Question *question = desk->question;
    Params *params = params_new(desk->arena);
    params_text(params, question->exact ? question->municipality : "");
    params_day(params, days.first);
    params_day(params, days.last);
    params_day(params, question->known_on);
    if (contracts)
        params_text(params, question->provider);
    return params;
}

static void read_content(const Rows *rows, Allocated *list)
{
    int content = rows_column(rows, "content"), cohort = rows_column(rows, "cohort");
    for (size_t row = 0; row < rows_count(rows); row++) {
        list[row].content = (Content)rows_int(rows, row, content);
        list[row].cohort = (Cohort)rows_int(rows, row, cohort);
    }
}

static void read_contracts(const Rows *rows, Allocated *list)
{
    int provider = rows_column(rows, "provider"), profile = rows_column(rows, "profile"),
        intensity = rows_column(rows, "intensity");
    for (size_t row = 0; row < rows_count(rows); row++) {
        list[row].provider = rows_text(rows, row, provider);
        list[row].pic = (Pic){rows_text(rows, row, profile), rows_text(rows, row, intensity)};
    }
}

/* Funding and whom it is for; what a contract is about is read where it is asked. */
static AllocatedList read_allocated(Arena *arena, const Rows *rows, JoinedClients joined, bool contracts)
{
    size_t count = rows_count(rows);
    Allocated *list = ARENA_MANY(arena, Allocated, count);
    int municipality = rows_column(rows, "municipality"), segment = rows_column(rows, "segment"),
        client = rows_column(rows, "client"), funding = rows_column(rows, "funding"),
        first = rows_column(rows, "first_day"), last = rows_column(rows, "last_day");
    for (size_t row = 0; row < count; row++)
        list[row] = (Allocated){
            .municipality = rows_text(rows, row, municipality),
            .segment = rows_text(rows, row, segment),
            .client = people_joined(joined, rows_int(rows, row, client)),
            .funding = (Funding)rows_int(rows, row, funding),
            .period = {rows_day(rows, row, first), rows_day(rows, row, last)},
        };
    (contracts ? read_contracts : read_content)(rows, list);
    return allocated_in_order(arena, list, count);
}

/* What runs on some of the days, as it was known. */
static Status load_allocated(const Desk *desk, Period days, bool contracts, AllocatedList *allocated_out)
{
    JoinedClients joined;
    TRY(load_joined(desk, &joined));
    Rows *rows;
    TRY(database_ask(desk->database, contracts ? MONITORING_LOAD_CONTRACTED : MONITORING_LOAD_ALLOCATED,
                     asked(desk, days, contracts), &rows));
    *allocated_out = read_allocated(desk->arena, rows, joined, contracts);
    return STATUS_OK;
}

Status transition_make_funding_paths(const Desk *desk, Table *table)
{
    AllocatedList allocated;
    TRY(load_allocated(desk, question_year(desk->question), false, &allocated));
    funding_paths_tell(desk->question, desk->books, allocated, table);
    return STATUS_OK;
}

Status transition_make_to_move(const Desk *desk, Table *table)
{
    AllocatedList allocated;
    TRY(load_allocated(desk, to_move_days(desk->question), false, &allocated));
    to_move_tell(desk->question, desk->books, allocated, table);
    return STATUS_OK;
}

Status transition_make_uncovered(const Desk *desk, Table *table)
{
    AllocatedList allocated;
    TRY(load_allocated(desk, uncovered_days(desk->question), true, &allocated));
    uncovered_tell(desk->question, desk->books, allocated, table);
    return STATUS_OK;
}

Status transition_make_plans(const Desk *desk, Table *table)
{
    AllocatedList allocated;
    TRY(load_allocated(desk, question_year(desk->question), false, &allocated));
    plans_tell(desk->question, desk->books, allocated, table);
    return STATUS_OK;
}
