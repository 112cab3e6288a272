#include "monitoring/core/history.h"

#include "base/money.h"
#include "book/monthly.h"

#include <stdlib.h>
#include <string.h>

Span span_of(Day first, int32_t year, Day known_on)
{
    Span span = {.first = period_month(first).first};
    int32_t ends = months_between(span.first, day_plus(known_on, 1));
    int32_t months = months_between(span.first, day_of(year, 12, 1)) + 1;
    span.ends = ends > 0 ? (size_t)ends : 0;
    span.months = months > 0 ? (size_t)months : 0;
    if (span.months < span.ends)
        span.months = span.ends;
    return span;
}

size_t span_year(const Span *span, int32_t year)
{
    int32_t month = months_between(span->first, day_of(year, 1, 1));
    return month > 0 ? (size_t)month : 0;
}

Day span_month(const Span *span, size_t month)
{
    return months_later(span->first, (int32_t)month);
}

static int by_code(const void *key, const void *code)
{
    return strcmp(key, *(const char *const *)code);
}

static int64_t *figures_new(Arena *arena, const Span *span)
{
    return ARENA_MANY(arena, int64_t, span->months * (span->ends + 1));
}

static size_t place_of(const Span *span, size_t month, size_t end)
{
    return month * (span->ends + 1) + end;
}

static bool add(int64_t *sum, int64_t cents)
{
    return !__builtin_add_overflow(*sum, cents, sum);
}

/* What was known before the span begins is known at its first month-end; what came after its last one, now. */
static bool add_known(const Span *span, int64_t *figures, const FoundKnown *known, int64_t cents)
{
    int32_t month = months_between(span->first, known->month);
    int32_t end = months_between(span->first, known->known_month);
    if (month < 0 || (size_t)month >= span->months)
        return true;
    if (end < 0)
        end = 0;
    if ((size_t)end > span->ends)
        end = (int32_t)span->ends;
    return add(&figures[place_of(span, (size_t)month, (size_t)end)], cents);
}

static bool accumulate(const Span *span, int64_t *figures)
{
    for (size_t month = 0; month < span->months; month++)
        for (size_t end = 1; end <= span->ends; end++)
            if (!add(&figures[place_of(span, month, end)], figures[place_of(span, month, end - 1)]))
                return false;
    return true;
}

static bool add_up(const Span *span, int64_t *sum, const int64_t *figures)
{
    for (size_t i = 0; i < span->months * (span->ends + 1); i++)
        if (!add(&sum[i], figures[i]))
            return false;
    return true;
}

bool histories_make(Arena *arena, Span span, const char *const *municipalities, size_t count, FoundKnowns approved,
                    FoundKnowns granted, History **histories_out)
{
    History *histories = ARENA_MANY(arena, History, count + 1);
    for (size_t i = 0; i <= count; i++)
        histories[i] = (History){
            .municipality = i < count ? municipalities[i] : "",
            .span = span,
            .approved = figures_new(arena, &span),
            .corrected = figures_new(arena, &span),
            .granted = figures_new(arena, &span),
        };
    for (int which = 0; which < 2; which++) {
        FoundKnowns found = which == 0 ? approved : granted;
        for (size_t i = 0; i < found.count; i++) {
            const char *const *at = bsearch(found.list[i].municipality, municipalities, count, sizeof *at, by_code);
            if (!at)
                continue;
            const History *history = &histories[at - municipalities];
            const FoundKnown *known = &found.list[i];
            if (!add_known(&span, which == 0 ? history->approved : history->granted, known, known->cents) ||
                !add_known(&span, history->corrected, known, known->corrected_cents))
                return false;
        }
    }
    for (size_t i = 0; i < count; i++)
        if (!accumulate(&span, histories[i].approved) || !accumulate(&span, histories[i].corrected) ||
            !accumulate(&span, histories[i].granted) ||
            !add_up(&span, histories[count].approved, histories[i].approved) ||
            !add_up(&span, histories[count].corrected, histories[i].corrected) ||
            !add_up(&span, histories[count].granted, histories[i].granted))
            return false;
    *histories_out = histories;
    return true;
}

int64_t history_approved(const History *history, size_t month, size_t end)
{
    return history->approved[place_of(&history->span, month, end)];
}

int64_t history_corrected(const History *history, size_t month, size_t end)
{
    return history->corrected[place_of(&history->span, month, end)];
}

static int64_t declared(const History *history, size_t month, size_t end)
{
    return history_approved(history, month, end) - history_corrected(history, month, end);
}

int64_t history_at_prices(const History *history, size_t month, size_t end, size_t seen)
{
    int64_t then = declared(history, month, end), now = declared(history, month, seen);
    Money restated;
    if (now <= 0 || !money_share_half_up((Money){then}, history_approved(history, month, seen), now, &restated))
        return history_approved(history, month, end);
    return restated.cents;
}

int64_t history_granted(const History *history, size_t month, size_t end)
{
    return history->granted[place_of(&history->span, month, end)];
}

bool history_is_empty(const History *history)
{
    for (size_t i = 0; i < history->span.months * (history->span.ends + 1); i++)
        if (history->approved[i] != 0 || history->granted[i] != 0)
            return false;
    return true;
}
