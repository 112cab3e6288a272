/*
 * Clock: the only place that asks what time it is. Decisions never do.
 */
#pragma once

#include "base/day.h"

#include <stdint.h>

/* Microseconds since 1970. */
int64_t clock_now_us(void);

/* Milliseconds that only go forward, for timeouts. */
int64_t clock_steady_ms(void);

/* The day that a wall calendar shows, in the time zone of the process. */
Day clock_today(void);
