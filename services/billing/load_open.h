/*
 * Load open: lines that a book may correct, piece by piece.
 */
#pragma once

#include "billing/core/correct.h"
#include "book/prices.h"
#include "db/database.h"

/* A line in the order of conversation and reference; before the first: 0 and "". */
typedef struct OpenPlace {
    int64_t conversation;
    const char *reference;
} OpenPlace;

typedef struct OpenLines {
    OpenLine *list; /* in order */
    size_t count;
    OpenPlace last; /* that was read; it may have been credited */
    bool all;       /* nothing comes after it */
} OpenLines;

/*
 * The lines of a partition that the prices may touch, after a place, at most `count_max` read.
 * What was made at `position` is passed over; 0 passes nothing over. Rows are borrowed until the
 * transaction ends, all else lives in the arena.
 */
Status billing_load_open(Arena *arena, Database *database, int16_t partition, int64_t position,
                         const PricesSaid *prices, OpenPlace after, size_t count_max, OpenLines *lines_out);
