#include "monitoring/web/trajectories.h"

#include "monitoring/core/costs.h"
#include "monitoring/core/results.h"
#include "monitoring/core/targets.h"
#include "monitoring/sql.h"
#include "monitoring/web/load.h"

#include <string.h>

enum { LARGEST_MOST = 12, TEXT_PLACES = 4096 };

/* The texts that were met: a region has some hundreds, each thousands of times, and they are put in order by them. */
typedef struct Texts {
    const char *met[TEXT_PLACES];
} Texts;

static const char *met_before(Texts *texts, const char *text)
{
    uint32_t hash = 2166136261u;
    for (const char *at = text; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 16777619u;
    const char **place = &texts->met[hash % TEXT_PLACES];
    if (!*place || strcmp(*place, text) != 0)
        *place = text; /* another that fell here is met anew */
    return *place;
}

static Status read_trajectories(const Desk *desk, const Rows *rows, JoinedClients joined, Trajectories *trajectories)
{
    Day known_on = desk->question->known_on, horizon = costs_horizon(known_on);
    int municipality = rows_column(rows, "municipality"), provider = rows_column(rows, "provider"),
        segment = rows_column(rows, "segment"), profile = rows_column(rows, "profile"),
        intensity = rows_column(rows, "intensity"), told = rows_column(rows, "told");
    Texts *texts = ARENA_NEW(desk->arena, Texts);
    *trajectories = (Trajectories){ARENA_MANY(desk->arena, Trajectory, rows_count(rows)), 0};
    for (size_t row = 0; row < rows_count(rows); row++) {
        Trajectory one = {
            .municipality = met_before(texts, rows_text(rows, row, municipality)),
            .provider = met_before(texts, rows_text(rows, row, provider)),
            .segment = met_before(texts, rows_text(rows, row, segment)),
            .pic = {met_before(texts, rows_text(rows, row, profile)),
                    met_before(texts, rows_text(rows, row, intensity))},
        };
        if (!trajectory_told(desk->arena, rows_bytes(rows, row, told), known_on, horizon, &one))
            return FAULT(STATUS_STOP, "what was told of a trajectory is cut off");
        one.client = people_joined(joined, one.client);
        if (day_compare(one.allocated, DAY_LAST) < 0)
            trajectories->list[trajectories->count++] = one;
    }
    trajectories_follow(*trajectories, known_on);
    return STATUS_OK;
}

/* Those of the whole region: a client may come back, or have moved, anywhere in it. */
static Status load(const Desk *desk, Trajectories *trajectories_out)
{
    JoinedClients joined;
    Rows *rows;
    TRY(load_joined(desk, &joined));
    TRY(database_ask(desk->database, MONITORING_LOAD_TRAJECTORIES, NULL, &rows));
    return read_trajectories(desk, rows, joined, trajectories_out);
}

Status trajectories_make_costs(const Desk *desk, Table *table)
{
    Trajectories trajectories;
    TRY(load(desk, &trajectories));
    costs_tell(desk->books, desk->question, trajectories, table);
    return STATUS_OK;
}

Status trajectories_make_break_even(const Desk *desk, Table *table)
{
    Params *params = params_new(desk->arena);
    params_int4(params, desk->question->year);
    params_day(params, desk->question->known_on);
    params_int4(params, LARGEST_MOST);
    Rows *rows;
    Trajectories trajectories;
    TRY(database_ask(desk->database, MONITORING_LOAD_LARGEST, params, &rows));
    TRY(load(desk, &trajectories));
    const char **largest = ARENA_MANY(desk->arena, const char *, rows_count(rows));
    for (size_t row = 0; row < rows_count(rows); row++)
        largest[row] = rows_text(rows, row, rows_column(rows, "provider"));
    costs_break_even(desk->books, desk->question, trajectories, largest, rows_count(rows), table);
    return STATUS_OK;
}

Status trajectories_make_results(const Desk *desk, Table *table)
{
    Trajectories trajectories;
    TRY(load(desk, &trajectories));
    results_tell(desk->books, desk->question, trajectories, table);
    return STATUS_OK;
}

Status trajectories_make_targets(const Desk *desk, Table *table)
{
    Trajectories trajectories;
    TRY(load(desk, &trajectories));
    targets_tell(desk->books, desk->question, trajectories, table);
    return STATUS_OK;
}
