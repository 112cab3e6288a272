/*
 * Hidden: which of the cells that are hidden could be worked out from those that are shown.
 *
 * Each line of a cube is an equation: its cells are its total. With what is shown filled in, the
 * hidden cells are the unknowns of a system of linear equations, and whoever solves it knows
 * every unknown that has one value only. It is solved here by elimination modulo a prime, in
 * which such systems have the same solutions as in whole numbers but for a chance of one in
 * two billion, which hides a cell more, or when the prime divides a determinant of ones and
 * minus ones, which those of tables of this size are too small for.
 */
#pragma once

#include "monitoring/core/cube.h"

/* A cell that is given away, alone or (other not NULL) in the sum of two. */
typedef struct GivenAway {
    Cell *cell;
    Cell *other;
    size_t group; /* of cells that have to do with each other; below the number of cells */
} GivenAway;

/* Each hidden cell whose figures follow, and each two that concern too few together whose sum does. */
GivenAway *hidden_given_away(Arena *arena, const Cube *cube, size_t *count_out);
