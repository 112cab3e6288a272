#include "monitoring/core/budgets.h"

#include "book/monthly.h"

#include <stdlib.h>
#include <string.h>

enum { YEAR = MONTHS_PER_YEAR, BEFORE_YEAR = 0, AFTER_YEAR = YEAR + 1, PLACES };

static const Column COLUMNS[] = {
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"month", HOLDS_MONTH, "Maand", "Month"},
    {"budget_cents", HOLDS_CENTS, "Begroting", "Budget"},
    {"granted_cents", HOLDS_CENTS, "Toegewezen", "Granted"},
    {"declared_cents", HOLDS_CENTS, "Gedeclareerd", "Declared"},
    {"approved_cents", HOLDS_CENTS, "Goedgekeurd", "Approved"},
    {"paid_cents", HOLDS_CENTS, "Betaald", "Paid"},
    {"expected_cents", HOLDS_CENTS, "Verwacht", "Expected"},
    {"open_corrections_cents", HOLDS_CENTS, "Openstaande correcties", "Open corrections"},
};

enum { BUDGET = 2, GRANTED, DECLARED, APPROVED, PAID, EXPECTED, OPEN_CORRECTIONS };

const TableCard budgets_card = {
    .name = "budgets",
    .dutch = "Begroting naast wat is toegewezen, gedeclareerd, goedgekeurd, betaald en verwacht, per maand.",
    .english = "Budget beside what is granted, declared, approved, paid and expected, by month.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY,
    .columns = COLUMNS,
    .column_count = sizeof COLUMNS / sizeof *COLUMNS,
};

/* Figures by municipality, the region's last, and month. */
typedef struct Flow {
    int64_t (*cents)[PLACES];
} Flow;

static int by_code(const void *key, const void *code)
{
    return strcmp(key, *(const char *const *)code);
}

static bool add(int64_t *sum, int64_t cents)
{
    return !__builtin_add_overflow(*sum, cents, sum);
}

static bool make_flow(const ForecastFound *about, FoundFlows found, Flow *flow_out)
{
    size_t count = about->municipality_count;
    int64_t(*cents)[PLACES] = arena_take_many(about->arena, count + 1, sizeof *cents);
    for (size_t i = 0; i < found.count; i++) {
        const FoundFlow *flow = &found.list[i];
        const char *const *at =
            bsearch(flow->municipality, about->municipalities, count, sizeof *about->municipalities, by_code);
        if (at && (!add(&cents[at - about->municipalities][flow->month], flow->cents) ||
                   !add(&cents[count][flow->month], flow->cents)))
            return false;
    }
    *flow_out = (Flow){cents};
    return true;
}

static bool sum_of(const Flow *flow, size_t municipality, size_t first, size_t last, int64_t *sum_out)
{
    *sum_out = 0;
    for (size_t place = first; place <= last; place++)
        if (!add(sum_out, flow->cents[municipality][place]))
            return false;
    return true;
}

/* ---- one row ---- */

/* Of the months of the year from one to another, 0 to 11. */
static bool of_care(const ForecastFound *about, size_t municipality, size_t month,
                    int64_t (*figure)(const History *, size_t, size_t), Value *value_out)
{
    const History *history = &about->histories[municipality];
    size_t first = span_year(&history->span, about->question->year);
    size_t last = month < YEAR ? month : YEAR - 1;
    int64_t sum = 0;
    for (size_t i = month < YEAR ? month : 0; i <= last; i++)
        if (!add(&sum, figure(history, first + i, history->span.ends)))
            return false;
    *value_out = value_number(sum);
    return true;
}

static Value budget_of(const ForecastFound *about, size_t municipality, size_t month)
{
    Value budget = forecast_budget(about, municipality);
    Money part;
    if (budget.state != VALUE_TOLD || month == YEAR)
        return budget;
    return monthly_part((Money){budget.number}, (int32_t)month + 1, &part) ? value_number(part.cents)
                                                                           : VALUE_NOBODY_KNOWS;
}

static bool has_begun(const ForecastFound *about, size_t month)
{
    return month == YEAR ||
           day_compare(day_of(about->question->year, (int32_t)month + 1, 1), about->question->known_on) <= 0;
}

typedef struct Flows {
    Flow declared;
    Flow paid;
    Flow corrections;
} Flows;

/* What goes on in a month is not known before it begins. */
static bool tell_flows(const Flows *flows, size_t municipality, size_t month, Value *row)
{
    size_t first = month < YEAR ? month + 1 : 1, last = month < YEAR ? month + 1 : YEAR;
    int64_t declared, paid, open;
    if (!sum_of(&flows->declared, municipality, first, last, &declared) ||
        !sum_of(&flows->paid, municipality, first, last, &paid) ||
        !sum_of(&flows->corrections, municipality, BEFORE_YEAR, month < YEAR ? month + 1 : AFTER_YEAR, &open))
        return false;
    row[DECLARED] = value_number(declared);
    row[PAID] = value_number(paid);
    row[OPEN_CORRECTIONS] = value_number(open);
    return true;
}

static bool tell(const ForecastFound *about, const Flows *flows, const Outlook *outlook, size_t municipality,
                 size_t month, Table *table)
{
    Value *row = table_add(table);
    if (municipality < about->municipality_count)
        row[0] = value_text(about->municipalities[municipality]);
    if (month < YEAR)
        row[1] = value_day(day_of(about->question->year, (int32_t)month + 1, 1));
    row[BUDGET] = budget_of(about, municipality, month);
    if (!of_care(about, municipality, month, history_granted, &row[GRANTED]) ||
        !of_care(about, municipality, month, history_approved, &row[APPROVED]) ||
        (has_begun(about, month) && !tell_flows(flows, municipality, month, row)))
        return false;
    Estimate estimate = forecast_in_year(about, outlook, municipality, month);
    if (estimate.method != METHOD_NONE)
        row[EXPECTED] = value_number(estimate.expected_cents);
    for (size_t i = GRANTED; !forecast_shown(about, municipality, month) && i <= OPEN_CORRECTIONS; i++)
        row[i] = VALUE_NOT_FOR_YOU;
    return true;
}

static bool make_flows(const BudgetsFound *found, Flows *flows)
{
    const ForecastFound *about = &found->forecast;
    return make_flow(about, found->declared, &flows->declared) && make_flow(about, found->paid, &flows->paid) &&
           make_flow(about, found->corrections, &flows->corrections);
}

/* ---- nothing ---- */

static bool has_flows(const Flows *flows, size_t municipality, size_t first, size_t last)
{
    for (size_t place = first; place <= last; place++)
        if (flows->declared.cents[municipality][place] || flows->paid.cents[municipality][place] ||
            flows->corrections.cents[municipality][place])
            return true;
    return false;
}

/* What is open at the end of a month may stem from any month before. */
static bool has_figures(const ForecastFound *about, const Flows *flows, size_t municipality, size_t month)
{
    const History *history = &about->histories[municipality];
    size_t first = span_year(&history->span, about->question->year), now = history->span.ends;
    for (size_t i = month < YEAR ? month : 0; i <= (month < YEAR ? month : YEAR - 1); i++)
        if (history_approved(history, first + i, now) || history_granted(history, first + i, now))
            return true;
    return has_flows(flows, municipality, BEFORE_YEAR, month < YEAR ? month + 1 : AFTER_YEAR);
}

bool *budgets_nothing(const BudgetsFound *found)
{
    const ForecastFound *about = &found->forecast;
    Flows flows;
    if (!make_flows(found, &flows))
        return NULL;
    size_t municipalities = about->municipality_count + 1;
    bool *nothing = ARENA_MANY(about->arena, bool, municipalities *(YEAR + 1));
    for (size_t i = 0; i < municipalities * (YEAR + 1); i++)
        nothing[i] = !has_figures(about, &flows, i / (YEAR + 1), i % (YEAR + 1));
    return nothing;
}

bool budgets_fill(const BudgetsFound *found, Table *table)
{
    const ForecastFound *about = &found->forecast;
    Flows flows;
    if (!make_flows(found, &flows))
        return false;
    Outlook outlook = forecast_outlook(about);
    for (size_t municipality = 0; municipality <= about->municipality_count; municipality++)
        for (size_t month = 0; forecast_asked(about, municipality) && month <= YEAR; month++)
            if (!tell(about, &flows, &outlook, municipality, month, table))
                return false;
    return true;
}
