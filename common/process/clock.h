/*
 * Clock: the only place that asks what time it is. Decisions never do.
 */
#pragma once

#include <stdint.h>

/* Microseconds since 1970. */
int64_t clock_now_us(void);

/* Milliseconds that only go forward, for timeouts. */
int64_t clock_steady_ms(void);
