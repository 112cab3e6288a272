#include "intake/core/care.h"

#include <stdlib.h>
#include <string.h>

static bool same_care(const CareSaid *a, const CareSaid *b)
{
    return strcmp(a->allocation, b->allocation) == 0 && strcmp(a->conversation, b->conversation) == 0;
}

/* A new end of the newest care under this allocation that begins on or before it; false when there is none. */
static bool stop(const CareSaid *said, const CareSaid *const *of, Period *periods, size_t count)
{
    for (size_t i = count; i-- > 0;) {
        if (of[i]->kind != CARE_SAID_STOP && same_care(of[i], said) &&
            day_compare(periods[i].first, said->period.last) <= 0) {
            periods[i].last = said->period.last;
            return true;
        }
    }
    return false;
}

static int by_first_day(const void *a, const void *b)
{
    const Period *left = a;
    const Period *right = b;
    int order = day_compare(left->first, right->first);
    return order ? order : day_compare(left->last, right->last);
}

/* Periods that touch or overlap become one. */
static size_t join(Period *periods, size_t count)
{
    size_t joined = 0;
    for (size_t i = 0; i < count; i++) {
        if (joined > 0 && periods[i].first.number <= periods[joined - 1].last.number + 1)
            periods[joined - 1].last = day_latest(periods[joined - 1].last, periods[i].last);
        else
            periods[joined++] = periods[i];
    }
    return joined;
}

CarePeriods care_periods(Arena *arena, const CareSaid *said, size_t count)
{
    Period *periods = ARENA_MANY(arena, Period, count);
    const CareSaid **of = ARENA_MANY(arena, const CareSaid *, count);
    size_t known = 0;
    for (size_t i = 0; i < count; i++) {
        Period period = said[i].period;
        if (said[i].kind == CARE_SAID_STOP) {
            if (stop(&said[i], of, periods, known))
                continue;
            period.first = period.last;
        } else if (said[i].kind == CARE_SAID_START) {
            period.last = DAY_LAST;
        }
        of[known] = &said[i];
        periods[known++] = period;
    }
    if (known > 1)
        qsort(periods, known, sizeof *periods, by_first_day);
    return (CarePeriods){periods, join(periods, known)};
}
