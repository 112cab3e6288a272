/*
 * History: what was approved and granted for each month of care, as it was known at each month-end.
 *
 * A history begins at the first month that it tells of, and goes on past the newest month-end
 * known: for months to come there is only what is granted. The place after the last month-end
 * holds what is known now, which may be in the middle of a month.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"

#include <stdbool.h>
#include <stdint.h>

/* Cents for a month of care that became known in a month. */
typedef struct FoundKnown {
    const char *municipality;
    Day month;       /* its first day */
    Day known_month; /* its first day */
    int64_t cents;
    int64_t corrected_cents; /* of them: by books that changed prices afterwards */
} FoundKnown;

typedef struct FoundKnowns {
    const FoundKnown *list;
    size_t count;
} FoundKnowns;

/* Which months a history tells of. */
typedef struct Span {
    Day first;     /* the first day of the first month */
    size_t months; /* of care */
    size_t ends;   /* month-ends known: those of the first months */
} Span;

typedef struct History {
    const char *municipality; /* "": the region */
    Span span;
    int64_t *approved;  /* months × (ends + 1), cumulative */
    int64_t *corrected; /* the same: what of it books corrected */
    int64_t *granted;   /* the same */
} History;

/* From `first` through the year that is asked, as known on a day; months before `first` are left out. */
Span span_of(Day first, int32_t year, Day known_on);

/* The year's first month on the span. */
size_t span_year(const Span *span, int32_t year);

Day span_month(const Span *span, size_t month);

/*
 * One for each municipality in the order given, then the region's, which is their sum; what is of
 * another municipality is left out. False when a sum does not fit.
 */
[[nodiscard]] bool histories_make(Arena *arena, Span span, const char *const *municipalities, size_t count,
                                  FoundKnowns approved, FoundKnowns granted, History **histories_out);

/* As known at the end of a month; `ends` is now. */
int64_t history_approved(const History *history, size_t month, size_t end);
int64_t history_corrected(const History *history, size_t month, size_t end);
int64_t history_granted(const History *history, size_t month, size_t end);

/*
 * What was approved at the end of a month at the prices known at a later one, `seen`: as declared
 * then, times what books made of the month by `seen`. A price that rose afterwards is no late declaration.
 */
int64_t history_at_prices(const History *history, size_t month, size_t end, size_t seen);

/* Whether anything was ever approved or granted. */
bool history_is_empty(const History *history);
