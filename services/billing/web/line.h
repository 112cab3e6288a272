/*
 * Line: everything of one line, from the tables to JSON.
 *
 * The line as it was declared with its verdict, what corrections and credits made of it, what
 * each amount was made from and where that was agreed, and whether it still comes out.
 */
#pragma once

#include "db/database.h"
#include "service/library.h"

typedef struct LineQuestion {
    const char *municipality;
    const char *provider;
    const char *reference; /* of any line of the chain */
} LineQuestion;

/* NULL when there is no such line. Everything lives in the arena. */
Status line_write(Arena *arena, Database *database, Library *library, const LineQuestion *question, char **json_out);
