#include "monitoring/core/forecast.h"

#include "book/monthly.h"

#include <string.h>

enum { YEAR = MONTHS_PER_YEAR };

static const double EIGHT_OF_TEN = 1.2815515655446004; /* standard errors to either side, when normal */
static const double KNOWN_ENOUGH = 0.5;                /* of a month, to go by its run-off */
static const double COMPLETE = 0.9;                    /* to tell which share of what is granted is realised */
static const double SETTLED = 0.99;                    /* to look back on */

const char *method_name(Method method)
{
    static const char *const NAMES[] = {NULL, "RUN_OFF", "GRANTED"};
    return NAMES[method];
}

Standing standing_at(Arena *arena, const History *history, size_t end)
{
    Triangle triangle = triangle_new(arena, end + 1);
    for (size_t month = 0; month <= end; month++)
        for (size_t delay = 0; month + delay <= end; delay++)
            *triangle_at(&triangle, month, delay) = history_at_prices(history, month, month + delay, end);
    return (Standing){arena, history, end, run_off(arena, triangle)};
}

/* ---- one month ---- */

static bool known_at_least(const Standing *standing, size_t month, double least)
{
    double share;
    return month <= standing->end && run_off_share_known(&standing->run_off, standing->end - month, &share) &&
           share >= least;
}

static Method method_of(const Standing *standing, size_t month)
{
    if (standing->end < FORECAST_DELAYS_LEAST)
        return METHOD_NONE;
    return known_at_least(standing, month, KNOWN_ENOUGH) ? METHOD_RUN_OFF : METHOD_GRANTED;
}

/* What complete months came to, over what was granted for them when they were as far ahead. */
typedef struct Realised {
    double share;
    double variance; /* of one cent granted */
    double weight;   /* the cents granted that it was seen on */
    size_t months;
} Realised;

typedef struct Complete {
    double granted;
    double ultimate;
} Complete;

/* The newest months of a year first; those before the history knows what was granted for them are none. */
static size_t complete_months(const Standing *standing, int32_t ahead, Complete months[FORECAST_SHARE_MONTHS])
{
    size_t count = 0;
    size_t oldest = standing->end < FORECAST_SHARE_MONTHS_BACK ? 0 : standing->end - FORECAST_SHARE_MONTHS_BACK + 1;
    for (size_t month = standing->end + 1; month-- > oldest && count < FORECAST_SHARE_MONTHS;) {
        int64_t end = (int64_t)month - ahead;
        if (end < 0 || end > (int64_t)standing->end || !known_at_least(standing, month, COMPLETE))
            continue;
        Complete *complete = &months[count];
        complete->granted = (double)history_granted(standing->history, month, (size_t)end);
        if (complete->granted > 0 && run_off_ultimate(&standing->run_off, month, &complete->ultimate))
            count++;
    }
    return count;
}

static bool realised_share(const Standing *standing, size_t month, Realised *realised_out)
{
    Complete months[FORECAST_SHARE_MONTHS];
    Realised realised = {
        .months = complete_months(standing, (int32_t)month - (int32_t)standing->end, months),
    };
    if (realised.months < FORECAST_SHARE_MONTHS_LEAST)
        return false;
    double ultimate = 0;
    for (size_t i = 0; i < realised.months; i++) {
        realised.weight += months[i].granted;
        ultimate += months[i].ultimate;
    }
    realised.share = ultimate / realised.weight;
    double squares = 0;
    for (size_t i = 0; i < realised.months; i++) {
        double apart = months[i].ultimate / months[i].granted - realised.share;
        squares += months[i].granted * apart * apart;
    }
    realised.variance = squares / (double)(realised.months - 1);
    *realised_out = realised;
    return true;
}

static bool expected_of(const Standing *standing, size_t month, int64_t *cents_out)
{
    double expected;
    Realised realised;
    switch (method_of(standing, month)) {
    case METHOD_RUN_OFF:
        if (!run_off_ultimate(&standing->run_off, month, &expected))
            return false;
        break;
    case METHOD_GRANTED:
        if (!realised_share(standing, month, &realised))
            return false;
        expected = (double)history_granted(standing->history, month, standing->end) * realised.share;
        break;
    case METHOD_NONE:
    default:
        return false;
    }
    *cents_out = round_half_away(expected);
    return true;
}

/* ---- months together ---- */

static double squared(double number)
{
    return number * number;
}

/* Of one granted month, as Mack's of one step: the month's own error, and that of the share. */
static bool granted_error(const Standing *standing, size_t month, double *error_out)
{
    Realised realised;
    if (!realised_share(standing, month, &realised))
        return false;
    double granted = (double)history_granted(standing->history, month, standing->end);
    *error_out = square_root(realised.variance * (granted + squared(granted) / realised.weight));
    return true;
}

static bool error_of(const Standing *standing, size_t first, size_t months, double *error_out)
{
    bool *chosen = ARENA_MANY(standing->arena, bool, standing->end + 1);
    double granted = 0, run_off;
    for (size_t month = first; month < first + months; month++) {
        double error = 0;
        Method method = method_of(standing, month);
        if (method == METHOD_RUN_OFF)
            chosen[month] = true;
        else if (method == METHOD_NONE || !granted_error(standing, month, &error))
            return false;
        granted += error;
    }
    if (!run_off_error(&standing->run_off, chosen, &run_off))
        return false;
    *error_out = square_root(run_off + squared(granted));
    return true;
}

/* False where nobody knows what is expected, or it does not fit. */
static bool add_part(const Standing *part, size_t first, size_t months, Estimate *sum)
{
    for (size_t month = first; month < first + months; month++) {
        int64_t expected;
        if (!expected_of(part, month, &expected) ||
            __builtin_add_overflow(sum->expected_cents, expected, &sum->expected_cents))
            return false;
        if (method_of(part, month) == METHOD_GRANTED)
            sum->method = METHOD_GRANTED;
    }
    return true;
}

static int64_t not_below_zero(int64_t cents)
{
    return cents > 0 ? cents : 0;
}

Estimate forecast_of(const Standing *parts, size_t part_count, const Standing *whole, size_t first, size_t months)
{
    Estimate estimate = {.method = METHOD_RUN_OFF};
    for (size_t i = 0; i < part_count; i++)
        if (!add_part(&parts[i], first, months, &estimate))
            return (Estimate){0};
    if (part_count == 0)
        return (Estimate){0};
    double error;
    estimate.range_known = error_of(whole, first, months, &error);
    if (estimate.range_known) {
        int64_t apart = round_half_away(EIGHT_OF_TEN * error);
        estimate.low_cents = not_below_zero(estimate.expected_cents - apart);
        estimate.high_cents = estimate.expected_cents + apart;
    }
    return estimate;
}

/* ---- what is asked, and who may see it ---- */

bool forecast_asked(const ForecastFound *found, size_t municipality)
{
    const char *asked = found->question->municipality;
    return !*asked ||
           (municipality < found->municipality_count && strcmp(found->municipalities[municipality], asked) == 0);
}

bool forecast_shown(const ForecastFound *found, size_t municipality, size_t month)
{
    return !found->shown || !cube_at(found->shown, municipality, 0, month)->hidden;
}

Value forecast_budget(const ForecastFound *found, size_t municipality)
{
    if (municipality < found->municipality_count)
        return found->budgets[municipality];
    Value sum = found->municipality_count > 0 ? value_number(0) : VALUE_NOBODY_KNOWS;
    for (size_t i = 0; i < found->municipality_count; i++)
        if (found->budgets[i].state != VALUE_TOLD ||
            __builtin_add_overflow(sum.number, found->budgets[i].number, &sum.number))
            return VALUE_NOBODY_KNOWS;
    return sum;
}

static Outlook outlook_at(Arena *arena, const ForecastFound *found, size_t end)
{
    Outlook outlook = {.count = found->municipality_count};
    Standing *places = ARENA_MANY(arena, Standing, outlook.count + 1);
    Standing *parts = ARENA_MANY(arena, Standing, outlook.count);
    for (size_t i = 0; i <= outlook.count; i++) {
        places[i] = standing_at(arena, &found->histories[i], end);
        if (i < outlook.count && !history_is_empty(&found->histories[i]))
            parts[outlook.part_count++] = places[i];
    }
    outlook.places = places;
    outlook.parts = parts;
    return outlook;
}

static const Span *span_asked(const ForecastFound *found)
{
    return &found->histories[found->municipality_count].span;
}

Outlook forecast_outlook(const ForecastFound *found)
{
    const Span *span = span_asked(found);
    return span->ends > 0 ? outlook_at(found->arena, found, span->ends - 1)
                          : (Outlook){.count = found->municipality_count};
}

Estimate forecast_in_year(const ForecastFound *found, const Outlook *outlook, size_t municipality, size_t month)
{
    if (!outlook->places)
        return (Estimate){0};
    size_t first = span_year(span_asked(found), found->question->year);
    size_t months = month < YEAR ? 1 : YEAR;
    first += month < YEAR ? month : 0;
    const Standing *place = &outlook->places[municipality];
    if (municipality == outlook->count)
        return forecast_of(outlook->parts, outlook->part_count, place, first, months);
    return history_is_empty(place->history) ? (Estimate){0} : forecast_of(place, 1, place, first, months);
}

/* The municipality of a row, and its month; the year's row has none. */
static Value *row_add(const ForecastFound *found, Table *table, size_t municipality, size_t month)
{
    Value *row = table_add(table);
    if (municipality < found->municipality_count)
        row[0] = value_text(found->municipalities[municipality]);
    if (month < YEAR)
        row[1] = value_day(day_of(found->question->year, (int32_t)month + 1, 1));
    return row;
}

/* ---- forecast ---- */

static const Column FORECAST_COLUMNS[] = {
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"month", HOLDS_MONTH, "Maand van de hulp", "Month of care"},
    {"known_cents", HOLDS_CENTS, "Nu bekend", "Known now"},
    {"expected_cents", HOLDS_CENTS, "Verwacht", "Expected"},
    {"low_cents", HOLDS_CENTS, "Ondergrens", "Low"},
    {"high_cents", HOLDS_CENTS, "Bovengrens", "High"},
    {"method", HOLDS_TEXT, "Methode", "Method"},
    {"budget_cents", HOLDS_CENTS, "Begroting", "Budget"},
    {"passes_budget", HOLDS_YES, "Verwachting boven de begroting", "Expected passes the budget"},
    {"may_pass_budget", HOLDS_YES, "Bovengrens boven de begroting", "High passes the budget"},
};

enum { KNOWN = 2, EXPECTED, LOW, HIGH, METHOD, BUDGET, PASSES, MAY_PASS };

const TableCard forecast_card = {
    .name = "forecast",
    .dutch = "Wat het jaar naar verwachting kost, per gemeente en maand, met een marge van acht op de tien.",
    .english = "What the year is expected to cost, by municipality and month, with an interval of eight in ten.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY,
    .columns = FORECAST_COLUMNS,
    .column_count = sizeof FORECAST_COLUMNS / sizeof *FORECAST_COLUMNS,
};

static Value known_of(const ForecastFound *found, size_t municipality, size_t month)
{
    const History *history = &found->histories[municipality];
    size_t first = span_year(&history->span, found->question->year);
    int64_t known = 0;
    for (size_t i = month < YEAR ? month : 0; i < (month < YEAR ? month + 1 : YEAR); i++)
        if (__builtin_add_overflow(known, history_approved(history, first + i, history->span.ends), &known))
            return VALUE_NOBODY_KNOWS;
    return value_number(known);
}

static void tell_estimate(Value *row, const Estimate *estimate)
{
    if (estimate->method == METHOD_NONE)
        return;
    row[EXPECTED] = value_number(estimate->expected_cents);
    if (!estimate->range_known)
        return;
    row[LOW] = value_number(estimate->low_cents);
    row[HIGH] = value_number(estimate->high_cents);
}

static void tell_budget(Value *row)
{
    if (row[BUDGET].state != VALUE_TOLD)
        return;
    if (row[EXPECTED].state == VALUE_TOLD)
        row[PASSES] = value_number(row[EXPECTED].number > row[BUDGET].number);
    if (row[HIGH].state == VALUE_TOLD)
        row[MAY_PASS] = value_number(row[HIGH].number > row[BUDGET].number);
}

static void hide(Value *row, size_t first, size_t last)
{
    for (size_t i = first; i <= last; i++)
        row[i] = VALUE_NOT_FOR_YOU;
}

static void forecast_row(const ForecastFound *found, const Outlook *outlook, size_t municipality, size_t month,
                         Table *table)
{
    Value *row = row_add(found, table, municipality, month);
    Estimate estimate = forecast_in_year(found, outlook, municipality, month);
    row[KNOWN] = known_of(found, municipality, month);
    tell_estimate(row, &estimate);
    if (month < YEAR)
        row[METHOD] = value_text(method_name(estimate.method));
    else
        row[BUDGET] = forecast_budget(found, municipality);
    tell_budget(row);
    if (forecast_shown(found, municipality, month))
        return;
    hide(row, KNOWN, HIGH);
    if (month == YEAR)
        hide(row, PASSES, MAY_PASS);
}

void forecast_fill(const ForecastFound *found, Table *table)
{
    Outlook outlook = forecast_outlook(found);
    for (size_t municipality = 0; municipality <= found->municipality_count; municipality++)
        for (size_t month = 0; forecast_asked(found, municipality) && month <= YEAR; month++)
            forecast_row(found, &outlook, municipality, month, table);
}

/* ---- run-off ---- */

static const Column RUN_OFF_COLUMNS[] = {
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"month", HOLDS_MONTH, "Maand van de hulp", "Month of care"},
    {"delay", HOLDS_NUMBER, "Maanden later", "Months later"},
    {"cents", HOLDS_CENTS, "Toen bekend", "Known then"},
};

const TableCard run_off_card = {
    .name = "run-off",
    .dutch = "Wat van een maand hulp bekend was aan het eind van die maand en van elke maand daarna.",
    .english = "What was known of a month of care at its end and at the end of each month after it.",
    .filters = FILTER_MUNICIPALITY,
    .columns = RUN_OFF_COLUMNS,
    .column_count = sizeof RUN_OFF_COLUMNS / sizeof *RUN_OFF_COLUMNS,
};

void run_off_fill(const ForecastFound *found, Table *table)
{
    const Span *span = span_asked(found);
    size_t first = span_year(span, found->question->year);
    for (size_t municipality = 0; municipality <= found->municipality_count; municipality++)
        for (size_t month = 0; forecast_asked(found, municipality) && month < YEAR; month++)
            for (size_t delay = 0; first + month + delay < span->ends; delay++) {
                Value *row = row_add(found, table, municipality, month);
                row[2] = value_number((int64_t)delay);
                row[3] = value_number(history_at_prices(&found->histories[municipality], first + month,
                                                        first + month + delay, span->ends - 1));
            }
}

static const Column RUN_OFF_FACTORS_COLUMNS[] = {
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"delay", HOLDS_NUMBER, "Maanden later", "Months later"},
    {"factor", HOLDS_SHARE, "Groei tot een maand later", "Growth until a month later"},
    {"months", HOLDS_NUMBER, "Aantal maanden waarop dat berust", "Months that it rests on"},
};

const TableCard run_off_factors_card = {
    .name = "run-off-factors",
    .dutch = "Hoeveel er van maand tot maand nog bij komt: de factoren van de kettingladder.",
    .english = "How much is still added from one month to the next: the factors of the chain ladder.",
    .filters = FILTER_MUNICIPALITY,
    .columns = RUN_OFF_FACTORS_COLUMNS,
    .column_count = sizeof RUN_OFF_FACTORS_COLUMNS / sizeof *RUN_OFF_FACTORS_COLUMNS,
};

static Value share_of_one(double share)
{
    return value_number(round_half_away(share * 10000));
}

void run_off_factors_fill(const ForecastFound *found, Table *table)
{
    Outlook outlook = forecast_outlook(found);
    for (size_t municipality = 0; outlook.places && municipality <= found->municipality_count; municipality++) {
        const RunOff *run_off = &outlook.places[municipality].run_off;
        for (size_t delay = 0; forecast_asked(found, municipality) && delay + 1 < run_off->triangle.size; delay++) {
            Value *row = row_add(found, table, municipality, YEAR);
            const Factor *factor = &run_off->factors[delay];
            row[1] = value_number((int64_t)delay);
            if (factor->known)
                row[2] = share_of_one(factor->factor);
            row[3] = value_number((int64_t)factor->months);
        }
    }
}

/* ---- looking back ---- */

static const Column FORECAST_ERRORS_COLUMNS[] = {
    {"months_open", HOLDS_NUMBER, "Maanden van de twaalf nog te gaan", "Months of the twelve still to come"},
    {"months", HOLDS_NUMBER, "Aantal keren vooruitgekeken", "Times looked ahead"},
    {"mean_error", HOLDS_SHARE, "Gemiddelde fout", "Mean error"},
    {"mean_absolute_error", HOLDS_SHARE, "Gemiddelde fout zonder teken", "Mean absolute error"},
    {"within", HOLDS_SHARE, "Deel dat binnen de marge viel", "Share that fell within the interval"},
};

const TableCard forecast_errors_card = {
    .name = "forecast-errors",
    .dutch = "Hoe ver eerdere verwachtingen van twaalf maanden voor de regio ernaast zaten.",
    .english = "How far earlier forecasts of twelve months for the region were off.",
    .wide = true,
    .columns = FORECAST_ERRORS_COLUMNS,
    .column_count = sizeof FORECAST_ERRORS_COLUMNS / sizeof *FORECAST_ERRORS_COLUMNS,
};

typedef struct Errors {
    size_t times;
    double sum;
    double absolute;
    size_t ranges;
    size_t within;
} Errors;

static void add_error(Errors *errors, const Estimate *estimate, int64_t came_to)
{
    double error = (double)(estimate->expected_cents - came_to) / (double)came_to;
    errors->times++;
    errors->sum += error;
    errors->absolute += error < 0 ? -error : error;
    if (estimate->range_known) {
        errors->ranges++;
        errors->within += came_to >= estimate->low_cents && came_to <= estimate->high_cents;
    }
}

/* What books made of the month after `end`: no forecast foretells a court. */
static int64_t corrected_since(const History *history, size_t month, size_t end, size_t now)
{
    return history_corrected(history, month, now) - history_corrected(history, month, end);
}

/* Twelve months of which the last is so many after `end`. */
static void look_back(const Outlook *then, const Standing *now, size_t end, size_t open, Errors *errors)
{
    size_t last = end + open;
    if (last + 1 < YEAR || !known_at_least(now, last, SETTLED))
        return;
    size_t first = last + 1 - YEAR;
    int64_t came_to = 0;
    for (size_t month = first; month <= last; month++)
        came_to +=
            history_approved(now->history, month, now->end) - corrected_since(now->history, month, end, now->end);
    Estimate estimate = forecast_of(then->parts, then->part_count, &then->places[then->count], first, YEAR);
    if (estimate.method != METHOD_NONE && came_to > 0)
        add_error(errors, &estimate, came_to);
}

void forecast_errors_fill(const ForecastFound *found, Table *table)
{
    Errors errors[YEAR] = {0};
    const Span *span = span_asked(found);
    Outlook now = forecast_outlook(found);
    for (size_t end = FORECAST_DELAYS_LEAST; end < span->ends; end++) {
        Outlook then = outlook_at(found->arena, found, end);
        for (size_t open = 0; open < YEAR && end + open < span->ends; open++)
            look_back(&then, &now.places[now.count], end, open, &errors[open]);
    }
    for (size_t open = 0; open < YEAR; open++) {
        Value *row = table_add(table);
        row[0] = value_number((int64_t)open);
        row[1] = value_number((int64_t)errors[open].times);
        if (errors[open].times > 0) {
            row[2] = share_of_one(errors[open].sum / (double)errors[open].times);
            row[3] = share_of_one(errors[open].absolute / (double)errors[open].times);
        }
        if (errors[open].ranges > 0)
            row[4] = share_of_one((double)errors[open].within / (double)errors[open].ranges);
    }
}
