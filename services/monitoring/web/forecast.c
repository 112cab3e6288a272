#include "monitoring/web/forecast.h"

#include "book/monthly.h"
#include "monitoring/core/budgets.h"
#include "monitoring/core/drivers.h"
#include "monitoring/core/forecast.h"
#include "monitoring/sql.h"
#include "monitoring/web/load.h"
#include "monitoring/web/shown.h"

#include <stdlib.h>
#include <string.h>

enum { HISTORY_MONTHS = 36 };

static Status fits(bool made)
{
    return made ? STATUS_OK : FAULT(STATUS_STOP, "a sum does not fit in an amount");
}

/* For a wide audience it is always the whole region: what is hidden in one municipality must not follow from others. */
static const char *municipality_loaded(const Desk *desk)
{
    return desk->question->exact ? desk->question->municipality : "";
}

/* ---- what is found ---- */

/* What the first rows of all questions have in common: months of care and months of knowing. */
static FoundKnowns read_known(Arena *arena, const Rows *rows)
{
    size_t count = rows_count(rows);
    FoundKnown *list = ARENA_MANY(arena, FoundKnown, count);
    int municipality = rows_column(rows, "municipality"), month = rows_column(rows, "month"),
        known_month = rows_column(rows, "known_month"), cents = rows_column(rows, "cents"),
        corrected = rows_column(rows, "corrected");
    for (size_t row = 0; row < count; row++)
        list[row] = (FoundKnown){
            .municipality = rows_text(rows, row, municipality),
            .month = rows_day(rows, row, month),
            .known_month = rows_day(rows, row, known_month),
            .cents = rows_int(rows, row, cents),
            .corrected_cents = rows_int(rows, row, corrected),
        };
    return (FoundKnowns){list, count};
}

static FoundFlows read_flows(Arena *arena, const Rows *rows)
{
    size_t count = rows_count(rows);
    FoundFlow *list = ARENA_MANY(arena, FoundFlow, count);
    int municipality = rows_column(rows, "municipality"), month = rows_column(rows, "month"),
        cents = rows_column(rows, "cents");
    for (size_t row = 0; row < count; row++)
        list[row] = (FoundFlow){
            .municipality = rows_text(rows, row, municipality),
            .month = (int32_t)rows_int(rows, row, month),
            .cents = rows_int(rows, row, cents),
        };
    return (FoundFlows){list, count};
}

/* ---- municipalities ---- */

static int by_code(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t add_codes(const char **codes, size_t count, FoundKnowns found)
{
    for (size_t i = 0; i < found.count; i++)
        if (count == 0 || strcmp(codes[count - 1], found.list[i].municipality) != 0)
            codes[count++] = found.list[i].municipality;
    return count;
}

/* Those of the books, those that are found, and the one that is asked, in order of code. */
static void find_municipalities(const Desk *desk, FoundKnowns approved, FoundKnowns granted, ForecastFound *found)
{
    size_t named_count, kept = 0;
    const Named *named =
        books_named(desk->arena, desk->books, NAMED_MUNICIPALITIES, desk->question->known_on, &named_count);
    const char **codes = ARENA_MANY(desk->arena, const char *, approved.count + granted.count + named_count + 1);
    size_t count = add_codes(codes, add_codes(codes, 0, approved), granted);
    for (size_t i = 0; i < named_count; i++)
        codes[count++] = named[i].code;
    if (*desk->question->municipality)
        codes[count++] = desk->question->municipality;
    if (count > 1)
        qsort(codes, count, sizeof *codes, by_code);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(codes[kept - 1], codes[i]) != 0)
            codes[kept++] = codes[i];
    found->municipalities = codes;
    found->municipality_count = kept;
}

static const Value *find_budgets(const Desk *desk, const ForecastFound *found)
{
    Value *budgets = ARENA_MANY(desk->arena, Value, found->municipality_count);
    for (size_t i = 0; i < found->municipality_count; i++) {
        const Budget *budget =
            books_budget(desk->books, found->municipalities[i], desk->question->year, desk->question->known_on);
        if (budget)
            budgets[i] = value_number(budget->amount.cents);
    }
    return budgets;
}

/* ---- histories ---- */

/* Three years are looked back on, or further where the year that is asked is longer ago; not before anything was known. */
static Status load_span(const Desk *desk, Span *span_out)
{
    Rows *rows;
    TRY(database_ask(desk->database, MONITORING_LOAD_FIRST_MONTH, NULL, &rows));
    int month = rows_column(rows, "month");
    Day asked = day_of(desk->question->year, 1, 1);
    DayParts now = day_parts(desk->question->known_on);
    int32_t before = now.year * MONTHS_PER_YEAR + now.month - HISTORY_MONTHS;
    Day back = day_of(before / MONTHS_PER_YEAR, before % MONTHS_PER_YEAR + 1, 1);
    Day first = rows_null(rows, 0, month) ? asked : day_latest(rows_day(rows, 0, month), back);
    *span_out = span_of(day_earliest(first, asked), desk->question->year, desk->question->known_on);
    return STATUS_OK;
}

static const Params *of_months(const Desk *desk, const Span *span, size_t first)
{
    Params *params = params_new(desk->arena);
    params_text(params, municipality_loaded(desk));
    params_day(params, span_month(span, first));
    params_day(params, span_month(span, span->months > 0 ? span->months - 1 : 0));
    params_day(params, desk->question->known_on);
    return params;
}

/* 13 when something is approved in every month of the year. */
static int32_t month_to_come(const ForecastFound *found)
{
    const History *region = &found->histories[found->municipality_count];
    size_t first = span_year(&region->span, found->question->year);
    int32_t month = MONTHS_PER_YEAR;
    while (month > 0 && history_approved(region, first + (size_t)month - 1, region->span.ends) == 0)
        month--;
    return month + 1;
}

/* What is granted counts in the year that is asked, and in the year before now that tells which share is realised. */
static size_t first_granted(const Desk *desk, const Span *span)
{
    size_t asked = span_year(span, desk->question->year);
    size_t back = span->ends > FORECAST_SHARE_MONTHS_BACK ? span->ends - FORECAST_SHARE_MONTHS_BACK : 0;
    return asked < back ? asked : back;
}

/* For which months what is granted is asked. */
typedef enum Granted {
    GRANTED_NEVER,
    GRANTED_LATELY,
    GRANTED_EVER, /* also for what was expected before */
} Granted;

static Status load_histories(const Desk *desk, Granted asked, ForecastFound *found)
{
    Span span;
    TRY(load_span(desk, &span));
    Rows *approved_rows, *granted_rows;
    const Ask asks[] = {
        {MONITORING_LOAD_APPROVED, of_months(desk, &span, 0), &approved_rows},
        {MONITORING_LOAD_GRANTED, of_months(desk, &span, asked == GRANTED_EVER ? 0 : first_granted(desk, &span)),
         &granted_rows},
    };
    TRY(database_ask_all(desk->database, asks, asked == GRANTED_NEVER ? 1 : 2));
    FoundKnowns approved = read_known(desk->arena, approved_rows), granted = {0};
    if (asked != GRANTED_NEVER)
        granted = read_known(desk->arena, granted_rows);
    *found = (ForecastFound){.arena = desk->arena, .question = desk->question};
    find_municipalities(desk, approved, granted, found);
    found->budgets = find_budgets(desk, found);
    History *histories;
    TRY(fits(histories_make(desk->arena, span, found->municipalities, found->municipality_count, approved, granted,
                            &histories)));
    found->histories = histories;
    return STATUS_OK;
}

static Status load_flows(const Desk *desk, BudgetsFound *found)
{
    Params *params = params_new(desk->arena);
    params_text(params, municipality_loaded(desk));
    params_int4(params, desk->question->year);
    params_day(params, desk->question->known_on);
    Rows *declared, *paid, *corrections;
    const Ask asks[] = {
        {MONITORING_LOAD_DECLARED, params, &declared},
        {MONITORING_LOAD_PAID, params, &paid},
        {MONITORING_LOAD_CORRECTIONS, params, &corrections},
    };
    TRY(database_ask_all(desk->database, asks, sizeof asks / sizeof *asks));
    found->declared = read_flows(desk->arena, declared);
    found->paid = read_flows(desk->arena, paid);
    found->corrections = read_flows(desk->arena, corrections);
    return STATUS_OK;
}

/* What a wide audience sees of one table may not differ from what it sees of another: all figures have one mask. */
static Status load_shown(const Desk *desk, BudgetsFound *found)
{
    ForecastFound *forecast = &found->forecast;
    ShownFound shown = {
        .municipalities = forecast->municipalities,
        .municipality_count = forecast->municipality_count,
        .nothing = budgets_nothing(found),
    };
    TRY(fits(shown.nothing != NULL));
    Cube *cube = ARENA_NEW(desk->arena, Cube);
    forecast->shown = cube;
    return shown_load(desk, &shown, month_to_come(forecast), cube);
}

/* ---- tables ---- */

Status load_forecast(const Desk *desk, Table *table)
{
    BudgetsFound found = {0};
    TRY(load_histories(desk, GRANTED_LATELY, &found.forecast));
    if (!desk->question->exact) {
        TRY(load_flows(desk, &found));
        TRY(load_shown(desk, &found));
    }
    forecast_fill(&found.forecast, table);
    return STATUS_OK;
}

Status load_run_off(const Desk *desk, Table *table)
{
    ForecastFound found;
    TRY(load_histories(desk, GRANTED_NEVER, &found));
    run_off_fill(&found, table);
    return STATUS_OK;
}

Status load_run_off_factors(const Desk *desk, Table *table)
{
    ForecastFound found;
    TRY(load_histories(desk, GRANTED_NEVER, &found));
    run_off_factors_fill(&found, table);
    return STATUS_OK;
}

/* Always of the region. */
Status load_forecast_errors(const Desk *desk, Table *table)
{
    Question region = *desk->question;
    region.municipality = "";
    region.exact = true;
    Desk of_region = *desk;
    of_region.question = &region;
    ForecastFound found;
    TRY(load_histories(&of_region, GRANTED_EVER, &found));
    forecast_errors_fill(&found, table);
    return STATUS_OK;
}

Status load_budgets(const Desk *desk, Table *table)
{
    BudgetsFound found = {0};
    TRY(load_histories(desk, GRANTED_LATELY, &found.forecast));
    TRY(load_flows(desk, &found));
    if (!desk->question->exact)
        TRY(load_shown(desk, &found));
    return fits(budgets_fill(&found, table));
}

/* ---- drivers ---- */

static void read_costs(Arena *arena, const Rows *rows, DriversFound *found)
{
    size_t count = rows_count(rows);
    FoundCost *costs = ARENA_MANY(arena, FoundCost, count);
    int municipality = rows_column(rows, "municipality"), after = rows_column(rows, "after"),
        cents = rows_column(rows, "cents");
    for (size_t row = 0; row < count; row++)
        costs[row] = (FoundCost){
            .municipality = rows_text(rows, row, municipality),
            .kind = load_kind(rows, row),
            .after = rows_bool(rows, row, after),
            .cents = rows_int(rows, row, cents),
        };
    found->costs = costs;
    found->cost_count = count;
}

static void read_crowds(Arena *arena, const Rows *rows, DriversFound *found)
{
    size_t count = rows_count(rows);
    FoundCrowd *crowds = ARENA_MANY(arena, FoundCrowd, count);
    int municipality = rows_column(rows, "municipality"), after = rows_column(rows, "after"),
        month = rows_column(rows, "month"), clients = rows_column(rows, "clients");
    for (size_t row = 0; row < count; row++)
        crowds[row] = (FoundCrowd){
            .municipality = rows_text(rows, row, municipality),
            .kind = load_kind(rows, row),
            .after = rows_bool(rows, row, after),
            .month = rows_day(rows, row, month),
            .clients = rows_bytes(rows, row, clients),
        };
    found->crowds = crowds;
    found->crowd_count = count;
}

Status load_drivers(const Desk *desk, Table *table)
{
    DriversFound found = {
        .arena = desk->arena,
        .question = desk->question,
        .compared = drivers_compared(desk->question->year, desk->question->known_on),
    };
    if (found.compared.months == 0)
        return STATUS_OK;
    Params *params = params_new(desk->arena);
    params_text(params, municipality_loaded(desk));
    params_day(params, found.compared.before.first);
    params_day(params, found.compared.before.last);
    params_day(params, found.compared.before_known_on);
    params_day(params, found.compared.after.first);
    params_day(params, found.compared.after.last);
    params_day(params, found.compared.after_known_on);
    Rows *costs, *crowds;
    const Ask asks[] = {
        {MONITORING_LOAD_DRIVER_COSTS, params, &costs},
        {MONITORING_LOAD_DRIVER_CROWDS, params, &crowds},
    };
    TRY(database_ask_all(desk->database, asks, sizeof asks / sizeof *asks));
    TRY(load_joined(desk, &found.joined));
    read_costs(desk->arena, costs, &found);
    read_crowds(desk->arena, crowds, &found);
    return fits(drivers_fill(&found, table));
}
