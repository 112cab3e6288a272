/*
 * Forecast: what a year comes to in the end, month by month, with an interval and its measured error.
 *
 * What a book corrects afterwards comes to months of any age at once, so that it would look as
 * declarations that come in late: all that is known is told at the prices of the month-end from
 * which is looked, and so are its factors.
 *
 * A month of which at least half is expected to be known comes to what the chain ladder says
 * (RUN_OFF, see runoff.h). A younger month, and one that is still to come, comes to what is
 * granted for it times the share that is realised (GRANTED). More is granted as a month comes
 * nearer, so that share is taken as far ahead: what the last complete months came to, over what
 * was granted for them when they were as many months away.
 *
 * Each municipality is forecast by itself, and the region is their sum. An interval holds eight
 * of ten outcomes if errors are normal: expected ± 1.2816 × the standard error, not below zero.
 * The error of run-off is Mack's; that of granted months follows from how far the shares of
 * the complete months lie apart, and such months are taken to err together. The region's is of
 * the region's own figures.
 *
 * Where the history is too short, nothing is expected: nobody guesses. Each month's expectation
 * is rounded to the cent, a year is the sum of its months.
 */
#pragma once

#include "monitoring/core/cube.h"
#include "monitoring/core/history.h"
#include "monitoring/core/runoff.h"
#include "monitoring/core/table.h"

extern const TableCard forecast_card;
extern const TableCard run_off_card;
extern const TableCard run_off_factors_card;
extern const TableCard forecast_errors_card;

enum {
    FORECAST_DELAYS_LEAST = 6, /* of run-off that must have been seen */
    FORECAST_SHARE_MONTHS = 6, /* the last complete ones tell which share is realised */
    FORECAST_SHARE_MONTHS_LEAST = 3,
    FORECAST_SHARE_MONTHS_BACK = 12, /* older ones tell nothing of now */
};

/* All that a forecast rests on: a history as known at the end of a month. */
typedef struct Standing {
    Arena *arena;
    const History *history;
    size_t end;
    RunOff run_off;
} Standing;

Standing standing_at(Arena *arena, const History *history, size_t end);

typedef enum Method {
    METHOD_NONE,
    METHOD_RUN_OFF,
    METHOD_GRANTED,
} Method;

/* "RUN_OFF"; NULL of none. */
const char *method_name(Method method);

typedef struct Estimate {
    Method method; /* none: nobody knows what is expected */
    int64_t expected_cents;
    bool range_known;
    int64_t low_cents;
    int64_t high_cents;
} Estimate;

/*
 * Of a run of months together: expected is the sum over the parts, the interval that of the whole.
 * GRANTED where any of it is. One municipality is its own only part.
 */
Estimate forecast_of(const Standing *parts, size_t part_count, const Standing *whole, size_t first, size_t months);

/* tables */

/* What the tables of this room are made from. */
typedef struct ForecastFound {
    Arena *arena;
    const Question *question;
    const char *const *municipalities; /* in order of code */
    size_t municipality_count;
    const History *histories; /* one for each, and the region's */
    const Value *budgets;     /* of the year, one for each; missing where the book has none */
    const Cube *shown;        /* municipalities × 1 × months of the year; NULL: everything is */
} ForecastFound;

/* For each municipality and the region: now, and what the months of the year come to. */
typedef struct Outlook {
    size_t count;           /* municipalities; the region stands after the last */
    const Standing *places; /* NULL while no month-end is known */
    const Standing *parts;  /* of the region: municipalities of which anything is known */
    size_t part_count;
} Outlook;

Outlook forecast_outlook(const ForecastFound *found);

/* Of the year's month, 0 to 11; 12 is the year. The last municipality is the region. */
Estimate forecast_in_year(const ForecastFound *found, const Outlook *outlook, size_t municipality, size_t month);

/* Whether a table about the municipality (the last is the region) has been asked. */
bool forecast_asked(const ForecastFound *found, size_t municipality);

/* Whether who asks may see a figure of it; month 12 is the year. */
bool forecast_shown(const ForecastFound *found, size_t municipality, size_t month);

/* The municipality's, or the region's where all have one. */
Value forecast_budget(const ForecastFound *found, size_t municipality);

void forecast_fill(const ForecastFound *found, Table *table);
void run_off_fill(const ForecastFound *found, Table *table);
void run_off_factors_fill(const ForecastFound *found, Table *table);

/*
 * At each month-end known, twelve months in a row are forecast as they were known then, of which 0
 * to 11 had not ended; what they came to is what is known of them now. Only months of which nearly
 * all is known now are looked back on.
 */
void forecast_errors_fill(const ForecastFound *found, Table *table);
