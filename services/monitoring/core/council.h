/*
 * Council: the letter to the council of a municipality about a year of care, as a page to print.
 *
 * It tells what anybody may know: its tables are those of a wide audience. What it cannot tell,
 * because a table is hidden, empty or not there, it says it cannot.
 *
 * Amounts are rounded to a thousand euros, and a difference is that of the rounded amounts, so
 * that what stands in the letter adds up.
 */
#pragma once

#include "base/bytes.h"
#include "book/books.h"
#include "monitoring/core/table.h"

/* NULL where there is no such table. */
typedef struct CouncilFound {
    const char *municipality; /* its code */
    int32_t year;
    Day known_on;
    const Books *books;
    const Table *spending;
    const Table *spending_before; /* of the year before, known on the same day */
    const Table *forecast;
    const Table *paths; /* funding-paths */
    const Table *to_move;
    const Table *results;
} CouncilFound;

/* HTML that stands alone. Lives in the arena. */
Bytes council_write(Arena *arena, const CouncilFound *found);
