/*
 * List: cases and allocations as JSON.
 */
#pragma once

#include "base/day.h"
#include "db/database.h"

enum { LISTED_MAX = 1000 };

typedef struct ListAsked {
    const char *municipality; /* "" for all */
    const char *provider;
    const char *after;
    Day day;
    bool closed;
} ListAsked;

/* Either says with `more` that there are more than it lists. */
Status list_cases(Arena *arena, Database *database, const ListAsked *asked, char **json_out);
Status list_allocations(Arena *arena, Database *database, const ListAsked *asked, char **json_out);
