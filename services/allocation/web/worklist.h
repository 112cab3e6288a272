/*
 * Worklist: the requests that wait for a person, from the tables to JSON.
 */
#pragma once

#include "base/arena.h"
#include "db/database.h"

enum { WORKLIST_MAX = 1000 };

/*
 * Everything lives in the arena. Requests beyond the most urgent WORKLIST_MAX are left out, and
 * "more" says so. `municipality` is "" for the whole region.
 */
Status worklist_write(Arena *arena, Database *database, const char *municipality, char **json_out);
