/*
 * Whatif: what a book not yet published would make of the lines approved so far, added up.
 *
 * Each line is assessed by the function that publishing asks; here it is only counted.
 */
#pragma once

#include "billing/core/correct.h"
#include "billing/core/table.h"

/* The lines of one conversation that would come to another amount, by kind of care and way of correcting. */
typedef struct WhatifRow {
    const char *municipality;
    const char *provider;
    const char *segment;
    Funding funding;
    Corrections way;
    int64_t lines;
    int64_t allocations;
    Money now;
    Money then;
} WhatifRow;

typedef struct Whatif {
    Arena *arena;    /* all that is added is copied into it */
    WhatifRow *rows; /* in the order in which they were met */
    size_t row_count;
    size_t room;
    int64_t states[CORRECTION_STATE_COUNT]; /* lines, by what would become of them */
    Table allocations;
} Whatif;

Whatif whatif_new(Arena *arena);

void whatif_add(Whatif *whatif, const OpenLine *open, const Assessment *assessed);
