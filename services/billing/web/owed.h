/*
 * Owed: what a month comes to as known on a day, from the tables to JSON.
 *
 * For one provider line by line, for a municipality provider by provider. With an earlier day it
 * is the difference between both, with the facts that made it. Nothing in it depends on what
 * became known after the day; "open" says that the day has not ended yet.
 */
#pragma once

#include "base/day.h"
#include "db/database.h"
#include "service/library.h"

typedef struct OwedQuestion {
    const char *municipality;
    const char *provider; /* "": each of the municipality */
    Period month;
    Day known_on;
    bool differs; /* from what was known on an earlier day */
    Day known_from;
} OwedQuestion;

/* Everything lives in the arena. */
Status owed_write(Arena *arena, Database *database, Library *library, const OwedQuestion *question, char **json_out);
