/*
 * Houses: the houses of a region, and what a command asks of each over HTTP.
 *
 *     PICQ_HOUSES=intake=http://10.0.0.5:8080,billing=http://10.0.0.7:8080,billing=/run/picq/billing-1
 */
#pragma once

#include "base/arena.h"
#include "picq/command.h"

#include <jansson.h>
#include <stdbool.h>

/* A replica of a house, and where it answers. */
typedef struct HousePlace {
    const char *house;
    const char *place;
} HousePlace;

typedef struct Houses {
    const HousePlace *list; /* the replicas of a house stand together, houses in the order in which they are named */
    size_t count;
} Houses;

/* Reads the setting; complains when it is missing or wrong. */
ExitStatus houses_read(const char *command, Arena *arena, Houses *houses_out);

/* A page of one replica as JSON; NULL when there is none, and why. PICQ_TOKEN says who asks. */
json_t *houses_ask(Arena *arena, const HousePlace *place, const char *path, const char **why_not_out);

/* The same of whichever replica of the house answers first. */
json_t *houses_ask_any(Arena *arena, const Houses *houses, const char *house, const char *path,
                       const char **why_not_out);

/* For the query of a path: every byte that could mean something there is written as %2F. */
const char *houses_escape(Arena *arena, const char *text);

/* Whether this is the first replica of its house. */
bool houses_begins(const Houses *houses, size_t i);
