#include "monitoring/core/hidden.h"

#include <stdlib.h>
#include <string.h>

enum { PRIME = 2147483647 };

/* An unknown for each hidden cell; what it comes to is a sum of the unknowns that are free, of which this is the print. */
typedef struct Unknown {
    Cell *cell;
    size_t group;   /* those that share a line, and theirs */
    uint32_t print; /* 0: nothing is free in it, so that it is known */
} Unknown;

typedef struct System {
    Arena *arena;
    const Cube *cube;
    Unknown *unknowns;
    size_t count;
    size_t *number_of; /* of each cell its unknown, counted from 1; 0: it is shown */
} System;

static size_t cell_count(const Cube *cube)
{
    return (cube->size[0] + 1) * (cube->size[1] + 1) * (cube->size[2] + 1);
}

static System unknowns_of(Arena *arena, const Cube *cube)
{
    System system = {.arena = arena, .cube = cube};
    system.unknowns = ARENA_MANY(arena, Unknown, cell_count(cube));
    system.number_of = ARENA_MANY(arena, size_t, cell_count(cube));
    for (size_t i = 0; i < cell_count(cube); i++)
        if (cube->cells[i].hidden) {
            system.unknowns[system.count] = (Unknown){.cell = &cube->cells[i], .group = system.count};
            system.number_of[i] = ++system.count;
        }
    return system;
}

/* ---- equations ---- */

/* The unknowns of one line; `last` says whether the last of them is the total. */
typedef struct Equation {
    size_t *unknowns;
    size_t count;
    bool last_is_total;
} Equation;

static Equation equation_of(const System *system, const CubeLine *line)
{
    Equation equation = {.unknowns = ARENA_MANY(system->arena, size_t, line->size + 1)};
    for (size_t i = 0; i <= line->size; i++) {
        size_t number = system->number_of[cube_along(line, i) - system->cube->cells];
        if (number) {
            equation.unknowns[equation.count++] = number - 1;
            equation.last_is_total = i == line->size;
        }
    }
    return equation;
}

static Equation *equations_of(const System *system, size_t *count_out)
{
    const size_t *size = system->cube->size;
    size_t most = 0, count = 0;
    for (size_t axis = 0; axis < CUBE_AXES; axis++)
        most += (size[(axis + 1) % CUBE_AXES] + 1) * (size[(axis + 2) % CUBE_AXES] + 1);
    Equation *equations = ARENA_MANY(system->arena, Equation, most);
    for (size_t axis = 0; axis < CUBE_AXES; axis++)
        for (size_t a = 0; a <= size[(axis + 1) % CUBE_AXES]; a++)
            for (size_t b = 0; b <= size[(axis + 2) % CUBE_AXES]; b++) {
                CubeLine line = cube_line(system->cube, axis, a, b);
                Equation equation = equation_of(system, &line);
                if (equation.count > 0)
                    equations[count++] = equation;
            }
    *count_out = count;
    return equations;
}

/* ---- groups: unknowns that have nothing to do with each other are solved apart ---- */

static size_t group_of(System *system, size_t unknown)
{
    while (system->unknowns[unknown].group != unknown) {
        size_t above = system->unknowns[unknown].group;
        unknown = system->unknowns[unknown].group = system->unknowns[above].group;
    }
    return unknown;
}

static void make_groups(System *system, const Equation *equations, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 1; j < equations[i].count; j++)
            system->unknowns[group_of(system, equations[i].unknowns[j])].group =
                group_of(system, equations[i].unknowns[0]);
    for (size_t i = 0; i < system->count; i++)
        system->unknowns[i].group = group_of(system, i);
}

/* ---- elimination ---- */

static uint32_t reduced(uint64_t number)
{
    number = (number & PRIME) + (number >> 31);
    number = (number & PRIME) + (number >> 31);
    return number == PRIME ? 0 : (uint32_t)number;
}

static uint32_t power(uint32_t number, uint32_t exponent)
{
    uint64_t result = 1, square = number;
    for (; exponent; exponent >>= 1) {
        if (exponent & 1)
            result = reduced(result * square);
        square = reduced(square * square);
    }
    return (uint32_t)result;
}

/* Rows of numbers below the prime. */
typedef struct Matrix {
    uint32_t *numbers;
    size_t rows;
    size_t columns;
} Matrix;

static uint32_t *row_of(const Matrix *matrix, size_t row)
{
    return matrix->numbers + row * matrix->columns;
}

static void swap_rows(const Matrix *matrix, size_t a, size_t b)
{
    for (size_t i = 0; a != b && i < matrix->columns; i++) {
        uint32_t one = row_of(matrix, a)[i];
        row_of(matrix, a)[i] = row_of(matrix, b)[i];
        row_of(matrix, b)[i] = one;
    }
}

static void scale_row(const Matrix *matrix, size_t row, size_t from, uint32_t factor)
{
    uint32_t *numbers = row_of(matrix, row);
    for (size_t i = from; i < matrix->columns; i++)
        numbers[i] = reduced((uint64_t)numbers[i] * factor);
}

/* Takes the pivot's row from another, so often that its own column is empty there. */
static void take_from(const Matrix *matrix, size_t pivot, size_t row, size_t column)
{
    const uint32_t *taken = row_of(matrix, pivot);
    uint32_t *numbers = row_of(matrix, row);
    uint64_t factor = PRIME - numbers[column];
    for (size_t i = column; i < matrix->columns; i++)
        numbers[i] = reduced(numbers[i] + factor * taken[i]);
}

/* Each pivot's column becomes empty but for itself. Of each row its pivot; as many rows as there are pivots. */
static size_t eliminate(const Matrix *matrix, size_t *pivots)
{
    size_t rank = 0;
    for (size_t column = 0; column < matrix->columns && rank < matrix->rows; column++) {
        size_t found = rank;
        while (found < matrix->rows && row_of(matrix, found)[column] == 0)
            found++;
        if (found == matrix->rows)
            continue;
        swap_rows(matrix, rank, found);
        scale_row(matrix, rank, column, power(row_of(matrix, rank)[column], PRIME - 2));
        for (size_t row = 0; row < matrix->rows; row++)
            if (row != rank && row_of(matrix, row)[column] != 0)
                take_from(matrix, rank, row, column);
        pivots[rank++] = column;
    }
    return rank;
}

/* A number for each free unknown, the same for the same place; never 0. */
static uint32_t print_of(size_t place)
{
    uint64_t mixed = (place + 1) * 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9u;
    return 1 + (uint32_t)(mixed >> 34) % (PRIME - 1);
}

/* Unknown = minus the free ones of its row, each by its number there. */
static void print_unknowns(System *system, const Matrix *matrix, const size_t *members, const size_t *pivots,
                           size_t rank)
{
    bool *bound = ARENA_MANY(system->arena, bool, matrix->columns);
    for (size_t i = 0; i < rank; i++)
        bound[pivots[i]] = true;
    for (size_t i = 0; i < matrix->columns; i++)
        system->unknowns[members[i]].print = bound[i] ? 0 : print_of(members[i]);
    for (size_t i = 0; i < rank; i++) {
        uint32_t print = 0;
        for (size_t j = 0; j < matrix->columns; j++)
            if (!bound[j])
                print = reduced(print + (uint64_t)(PRIME - row_of(matrix, i)[j]) * system->unknowns[members[j]].print);
        system->unknowns[members[pivots[i]]].print = print;
    }
}

static void solve_group(System *system, size_t group, const Equation *equations, size_t count)
{
    size_t *members = ARENA_MANY(system->arena, size_t, system->count);
    size_t *column_of = ARENA_MANY(system->arena, size_t, system->count);
    Matrix matrix = {0};
    for (size_t i = 0; i < system->count; i++)
        if (system->unknowns[i].group == group) {
            column_of[i] = matrix.columns;
            members[matrix.columns++] = i;
        }
    for (size_t i = 0; i < count; i++)
        matrix.rows += system->unknowns[equations[i].unknowns[0]].group == group;
    matrix.numbers = ARENA_MANY(system->arena, uint32_t, matrix.rows * matrix.columns);
    size_t row = 0;
    for (size_t i = 0; i < count; i++) {
        if (system->unknowns[equations[i].unknowns[0]].group != group)
            continue;
        for (size_t j = 0; j < equations[i].count; j++)
            row_of(&matrix, row)[column_of[equations[i].unknowns[j]]] =
                equations[i].last_is_total && j + 1 == equations[i].count ? PRIME - 1 : 1;
        row++;
    }
    size_t *pivots = ARENA_MANY(system->arena, size_t, matrix.rows);
    size_t rank = eliminate(&matrix, pivots);
    print_unknowns(system, &matrix, members, pivots, rank);
}

static void solve(System *system)
{
    size_t count;
    const Equation *equations = equations_of(system, &count);
    make_groups(system, equations, count);
    for (size_t i = 0; i < system->count; i++)
        if (system->unknowns[i].group == i)
            solve_group(system, i, equations, count);
}

/* ---- what is given away ---- */

static int by_print(const void *a, const void *b)
{
    uint32_t left = ((const Unknown *)a)->print, right = ((const Unknown *)b)->print;
    return (left > right) - (left < right);
}

/* The first of that print, or where it would stand. */
static size_t first_of(const System *system, uint32_t print)
{
    size_t low = 0, high = system->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (system->unknowns[middle].print < print)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool are_too_few(const Cell *cell, const Cell *other)
{
    return cell->count + other->count < CELL_COUNT_LEAST;
}

GivenAway *hidden_given_away(Arena *arena, const Cube *cube, size_t *count_out)
{
    System system = unknowns_of(arena, cube);
    solve(&system);
    if (system.count > 0)
        qsort(system.unknowns, system.count, sizeof *system.unknowns, by_print);
    GivenAway *list = ARENA_MANY(arena, GivenAway, 2 * system.count);
    size_t count = 0;
    for (size_t i = 0; i < system.count; i++) {
        const Unknown *one = &system.unknowns[i];
        if (one->print == 0) {
            list[count++] = (GivenAway){one->cell, NULL, one->group};
            continue;
        }
        /* Two that are each other's opposite in all that is free: their sum is known. */
        for (size_t j = first_of(&system, PRIME - one->print);
             j < system.count && system.unknowns[j].print == PRIME - one->print; j++)
            if (system.unknowns[j].cell > one->cell && are_too_few(one->cell, system.unknowns[j].cell)) {
                list[count++] = (GivenAway){one->cell, system.unknowns[j].cell, one->group};
                break;
            }
    }
    *count_out = count;
    return list;
}
