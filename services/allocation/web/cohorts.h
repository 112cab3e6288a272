/*
 * Cohorts: allocations that earlier care, known late, would have given another cohort.
 */
#pragma once

#include "base/arena.h"
#include "db/database.h"

enum { COHORTS_MAX = 1000 };

/* JSON, {"cohorts": [{…}, …], "more": …}: the newest news first, at most COHORTS_MAX. `municipality` is "" for all. */
Status cohorts_write(Arena *arena, Database *database, const char *municipality, char **json_out);
