/*
 * Trace command: picq trace, the way of a message through the houses.
 */
#pragma once

#include "picq/houses.h"

#include <stdint.h>

ExitStatus picq_trace(int argc, char **argv);

/*
 * What the houses tell of an id: {"id", "root", "steps": [{"house", "id", "at", "spent_us", …}, …], "away": […]}.
 * An id names its history, so the way begins with the message that intake said first. No steps
 * when intake knows none.
 */
json_t *trace_follow(Arena *arena, const Houses *houses, const char *id);

/* The same for people. */
void trace_print(Arena *arena, const json_t *trace);
