/*
 * Moment: a point in time as text, 2020-06-08T09:00:00.000123Z.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { MOMENT_TEXT_SIZE = sizeof "2020-06-08T09:00:00.000123Z" + 8 };

/* Microseconds since 1970. Returns the text. */
char *moment_write(int64_t time_us, char text[MOMENT_TEXT_SIZE]);

/* False when it is not written so; the time is untouched then. */
bool moment_read(const char *text, int64_t *time_us_out);
