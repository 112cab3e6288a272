/*
 * Gap: days of care that no contract covers.
 */
#pragma once

#include "allocation/core/allocation.h"
#include "base/arena.h"
#include "book/books.h"

typedef struct Gaps {
    const Period *list; /* in order; an open end is DAY_LAST */
    size_t count;
} Gaps;

/*
 * Of an allocation that runs or is to run: the days of its period on which the provider has no
 * contract for its segment and municipality, or one without its product or PIC.
 */
Gaps gap_find(Arena *arena, const Allocation *allocation, const Books *books, Day known);
