/*
 * Verify: a year of service computed again from what is stored, from the tables to JSON.
 *
 * Rows are only ever added, so it reads them in pieces, each a question of its own, and keeps
 * none: memory stays the same however long the tables are.
 */
#pragma once

#include "db/database.h"

enum { VERIFY_NAMED_MAX = 100 };

typedef struct VerifyQuestion {
    int32_t year;
    int16_t partition_first;
    int16_t partition_last;
    int32_t piece; /* rows in one piece */
} VerifyQuestion;

/* Those that do not agree are counted, and at most VERIFY_NAMED_MAX of them named. Everything lives in the arena. */
Status verify_write(Arena *arena, Database *database, const VerifyQuestion *question, char **json_out);
