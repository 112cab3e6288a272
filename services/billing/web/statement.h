/*
 * Statement pages: what a year comes to, the lines beneath it, what was posted, and how far a close is; to JSON.
 *
 * A statement of a year that is open is provisional; of one that is closed it is the one that was frozen, and its digest
 * is taken again of what is stored.
 */
#pragma once

#include "db/database.h"
#include "service/library.h"

typedef struct StatementQuestion {
    const char *municipality; /* "": the whole region */
    const char *provider;     /* "": each of the municipality */
    int32_t year;
    int32_t month; /* of the journal: 1 to 12, 13 after the year; 0: all */
} StatementQuestion;

/* Everything lives in the arena. */
Status statement_write(Arena *arena, Database *database, Library *library, const StatementQuestion *question,
                       char **json_out);
Status statement_lines_write(Arena *arena, Database *database, const StatementQuestion *question, char **json_out);
Status journal_write(Arena *arena, Database *database, const StatementQuestion *question, char **json_out);
Status close_write(Arena *arena, Database *database, const StatementQuestion *question, char **json_out);
