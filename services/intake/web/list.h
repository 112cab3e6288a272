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
    int32_t kept_years; /* that persons are known after their care; 0: for ever */
} ListAsked;

/* Either says with `more` that there are more than it lists. */
Status list_cases(Arena *arena, Database *database, const ListAsked *asked, char **json_out);
/* Who is due by a day, by reference, and how many were forgotten. */
Status list_forgetting(Arena *arena, Database *database, const ListAsked *asked, char **json_out);
Status list_allocations(Arena *arena, Database *database, const ListAsked *asked, char **json_out);
