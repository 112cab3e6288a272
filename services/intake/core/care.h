/*
 * Care: when a client was in care, as far as it was said here.
 *
 * Care periods come from take-overs, starts and stops, and from nothing else.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"

#include <stddef.h>

typedef enum CareSaidKind {
    CARE_SAID_PERIOD = 1, /* taken over: in care in all of it, as far as is known */
    CARE_SAID_START = 2,  /* in care from the first day on */
    CARE_SAID_STOP = 3,   /* in care to the last day */
} CareSaidKind;

/* What one message said; kept as it was said, and never changed. */
typedef struct CareSaid {
    int64_t number; /* among all that was said; 0 as long as it is not kept */
    CareSaidKind kind;
    const char *conversation; /* 0503/90000001 */
    const char *allocation;   /* "" for earlier care that is named with a take-over */
    Period period;            /* a start has only a first day, a stop only a last */
} CareSaid;

typedef struct CarePeriods {
    const Period *periods; /* in order, apart by at least a day */
    size_t count;
} CarePeriods;

/*
 * The periods in care that follow from all that was said, in the order in which it was said.
 * Care that has not stopped goes on to DAY_LAST; a stop of care that nobody knew to begin is
 * one day.
 */
CarePeriods care_periods(Arena *arena, const CareSaid *said, size_t count);
