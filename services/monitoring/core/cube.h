/*
 * Cube: figures along three axes with all their totals, and what of them a wide audience may see.
 *
 * The axes are municipality, label (a kind of care, a reason, a code) and month. The place after
 * the last one of an axis holds the total over it.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { CUBE_AXES = 3, CELL_COUNT_LEAST = 10, COUNT_STEP = 5 };

typedef struct Cell {
    int64_t count; /* clients, or facts: what a cell must have enough of to be seen */
    int64_t lines; /* or allocations */
    int64_t cents;
    bool hidden;
} Cell;

typedef struct Cube {
    size_t size[CUBE_AXES];
    Cell *cells;
} Cube;

Cube cube_new(Arena *arena, size_t municipalities, size_t labels, size_t months);
Cell *cube_at(const Cube *cube, size_t municipality, size_t label, size_t month);

/*
 * Adds up lines and cents into their totals, and counts where `counts_too`: people are counted
 * once in a total, so theirs is no sum. False when a total does not fit.
 */
[[nodiscard]] bool cube_add_up(Cube *cube, bool counts_too);

/* To the nearest step. */
int64_t cube_rounded(int64_t count);

/*
 * Hides what concerns fewer than ten, and rounds counts to five. Where what is hidden could be
 * worked out from a total, the smallest cell beside it is hidden too, and so on along all three
 * axes until nothing can be.
 */
void cube_widen(Arena *arena, Cube *cube);
