/*
 * Work: what is delivered and not yet paid of trajectories on a day, from the tables to JSON.
 *
 * For one provider trajectory by trajectory, for a municipality provider by provider. Nothing in
 * it depends on what became known after the day of knowing; "open" says that it has not ended.
 */
#pragma once

#include "base/day.h"
#include "db/database.h"
#include "service/library.h"

typedef struct WorkQuestion {
    const char *municipality;
    const char *provider; /* "": each of the municipality */
    Day on;
    Day known_on;
} WorkQuestion;

/* Everything lives in the arena. */
Status work_write(Arena *arena, Database *database, Library *library, const WorkQuestion *question, char **json_out);
