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

/* The cells along one axis where the others stand still; its total comes last. */
typedef struct CubeLine {
    Cell *first;
    size_t step;
    size_t size; /* without the total */
} CubeLine;

CubeLine cube_line(const Cube *cube, size_t axis, size_t a, size_t b);

static inline Cell *cube_along(const CubeLine *line, size_t i)
{
    return line->first + i * line->step;
}

/*
 * Hides what concerns fewer than ten, and rounds counts to five. What is hidden may not be worked
 * out from what is shown, by nobody who can add, subtract and solve equations:
 *
 * - A reader knows that the cells of each line sum to its total, for lines and cents, along all
 *   three axes and in the totals of totals; one table holds all that is shown, since every
 *   question of a wide audience is a part of the table of the whole region. A cell that is shown
 *   as nothing is nothing.
 * - No line has one hidden cell, or hidden cells that concern fewer than ten together beside a
 *   total that is shown.
 * - Where all lines together still leave a hidden cell one value only, or the sum of two that
 *   concern fewer than ten (hidden.h), a shown cell of one of their lines is hidden too, and so on
 *   until they do not. That ends: when everything is hidden but what is nothing, all could be
 *   twice as much, so nothing has one value only.
 * - Counts are rounded, so that a count is known to within two, and of a sum of rounded counts
 *   less than of exact ones; people are no sum in a total at all. What holds for cents holds for
 *   them the more. That a hidden cell is not nothing is known, and nothing more: it may as well be
 *   a large one that hides another.
 * - Hidden beside another is the smallest cell that is shown, the total last of all.
 *
 * A cell that is hidden already stays so.
 *
 * What a wide audience sees on two days is two tables: figures may differ by what became known
 * between two ends of months.
 */
void cube_widen(Arena *arena, Cube *cube);
