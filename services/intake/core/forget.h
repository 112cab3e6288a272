/*
 * Forget: whose person is known no longer than the book says.
 *
 * A person is known as long as care runs and for the years of the book after its last day; then the
 * link between person and reference is dropped, and the reference is nobody's. Care of which nobody
 * said the end runs.
 */
#pragma once

#include "intake/core/care.h"

#include <stdbool.h>

/* An allocation as it was last answered. */
typedef struct RememberedCare {
    const char *conversation;
    const char *allocation;
    Period period;
    bool removed; /* it never was */
} RememberedCare;

/* A person, and what keeps it known. */
typedef struct Remembered {
    const char *reference;
    Day named; /* when somebody last asked care for it */
    const RememberedCare *allocations;
    size_t allocation_count;
    const CareSaid *care; /* in the order in which it was said */
    size_t care_count;
} Remembered;

/* Whose person is due, and the last day of its care. */
typedef struct Forgotten {
    const char *reference;
    Day last;
} Forgotten;

/* Who of these is due today; gives how many. */
size_t forget_decide(Arena *arena, const Remembered *remembered, size_t count, Day today, int32_t years,
                     const Forgotten **forgotten_out);

/* The last day of its care, or the one on which it was named when that is later; DAY_LAST while care runs. */
Day forget_last_day(const Remembered *remembered);

/* The first day on which a person is known no more, so many years after the last day; DAY_LAST: never. */
Day forget_due_day(Day last, int32_t years);

/* The latest last day of a person who is forgotten on this day. */
Day forget_last_day_due(Day today, int32_t years);
