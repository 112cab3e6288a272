#include "monitoring/core/cube.h"

#include "monitoring/core/hidden.h"

Cube cube_new(Arena *arena, size_t municipalities, size_t labels, size_t months)
{
    Cube cube = {.size = {municipalities, labels, months}};
    cube.cells = ARENA_MANY(arena, Cell, (municipalities + 1) * (labels + 1) * (months + 1));
    return cube;
}

Cell *cube_at(const Cube *cube, size_t municipality, size_t label, size_t month)
{
    return &cube->cells[(municipality * (cube->size[1] + 1) + label) * (cube->size[2] + 1) + month];
}

static Cell *total_of(const CubeLine *line)
{
    return cube_along(line, line->size);
}

CubeLine cube_line(const Cube *cube, size_t axis, size_t a, size_t b)
{
    size_t step[CUBE_AXES] = {(cube->size[1] + 1) * (cube->size[2] + 1), cube->size[2] + 1, 1};
    size_t one = (axis + 1) % CUBE_AXES, other = (axis + 2) % CUBE_AXES;
    return (CubeLine){cube->cells + a * step[one] + b * step[other], step[axis], cube->size[axis]};
}

/* ---- totals ---- */

static bool add_up(const CubeLine *line, bool counts_too)
{
    Cell *total = total_of(line);
    for (size_t i = 0; i < line->size; i++) {
        const Cell *cell = cube_along(line, i);
        if (__builtin_add_overflow(total->lines, cell->lines, &total->lines) ||
            __builtin_add_overflow(total->cents, cell->cents, &total->cents) ||
            (counts_too && __builtin_add_overflow(total->count, cell->count, &total->count)))
            return false;
    }
    return true;
}

bool cube_add_up(Cube *cube, bool counts_too)
{
    /* One axis after another: what has a total already is added up with the rest of the next axis. */
    for (size_t axis = 0; axis < CUBE_AXES; axis++) {
        size_t one = (axis + 1) % CUBE_AXES, other = (axis + 2) % CUBE_AXES;
        for (size_t a = 0; a < cube->size[one] + (one < axis); a++)
            for (size_t b = 0; b < cube->size[other] + (other < axis); b++) {
                CubeLine line = cube_line(cube, axis, a, b);
                if (!add_up(&line, counts_too))
                    return false;
            }
    }
    return true;
}

/* ---- what a wide audience may see ---- */

static size_t cell_count(const Cube *cube)
{
    return (cube->size[0] + 1) * (cube->size[1] + 1) * (cube->size[2] + 1);
}

static bool is_empty(const Cell *cell)
{
    return cell->count == 0 && cell->lines == 0 && cell->cents == 0;
}

/* Whether what is hidden follows from what is shown: one cell alone, or a few that concern too few together. */
static bool gives_away(const CubeLine *line)
{
    const Cell *total = total_of(line);
    size_t hidden = total->hidden;
    int64_t count = 0;
    for (size_t i = 0; i < line->size; i++)
        if (cube_along(line, i)->hidden) {
            hidden++;
            count += cube_along(line, i)->count;
        }
    return hidden == 1 || (hidden > 0 && !total->hidden && count < CELL_COUNT_LEAST);
}

/* The smallest cell that is still shown, the total last of all; NULL when there is none. */
static Cell *smallest_shown(const CubeLine *line)
{
    Cell *smallest = NULL;
    for (size_t i = 0; i < line->size; i++) {
        Cell *cell = cube_along(line, i);
        if (!cell->hidden && !is_empty(cell) && (!smallest || cell->count < smallest->count))
            smallest = cell;
    }
    Cell *total = total_of(line);
    if (!smallest && !total->hidden && !is_empty(total))
        smallest = total;
    return smallest;
}

static bool guard_line(const CubeLine *line)
{
    bool changed = false;
    while (gives_away(line)) {
        Cell *cell = smallest_shown(line);
        if (!cell)
            break;
        cell->hidden = changed = true;
    }
    return changed;
}

static bool guard_axis(const Cube *cube, size_t axis)
{
    bool changed = false;
    for (size_t a = 0; a <= cube->size[(axis + 1) % CUBE_AXES]; a++)
        for (size_t b = 0; b <= cube->size[(axis + 2) % CUBE_AXES]; b++) {
            CubeLine line = cube_line(cube, axis, a, b);
            changed |= guard_line(&line);
        }
    return changed;
}

int64_t cube_rounded(int64_t count)
{
    return (count + COUNT_STEP / 2) / COUNT_STEP * COUNT_STEP;
}

/* Every line for itself, until none of them gives anything away. */
static void guard_lines(const Cube *cube)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t axis = 0; axis < CUBE_AXES; axis++)
            changed |= guard_axis(cube, axis);
    }
}

/* The smallest shown cell of the three lines in which a cell stands; NULL when there is none. */
static Cell *smallest_beside(const Cube *cube, const Cell *cell)
{
    size_t index = (size_t)(cell - cube->cells);
    const size_t at[CUBE_AXES] = {index / (cube->size[2] + 1) / (cube->size[1] + 1),
                                  index / (cube->size[2] + 1) % (cube->size[1] + 1), index % (cube->size[2] + 1)};
    Cell *smallest = NULL;
    for (size_t axis = 0; axis < CUBE_AXES; axis++) {
        CubeLine line = cube_line(cube, axis, at[(axis + 1) % CUBE_AXES], at[(axis + 2) % CUBE_AXES]);
        Cell *found = smallest_shown(&line);
        if (found && (!smallest || found->count < smallest->count))
            smallest = found;
    }
    return smallest;
}

/* Where nothing beside it is left to hide, something else is, so that it ends. */
static Cell *smallest_of_all(const Cube *cube)
{
    Cell *smallest = NULL;
    for (size_t i = 0; i < cell_count(cube); i++) {
        Cell *cell = &cube->cells[i];
        if (!cell->hidden && !is_empty(cell) && (!smallest || cell->count < smallest->count))
            smallest = cell;
    }
    return smallest;
}

/* All lines together; false when nothing is given away. One cell more for each group, which is often enough. */
static bool guard_together(Arena *arena, const Cube *cube)
{
    size_t count;
    const GivenAway *given = hidden_given_away(arena, cube, &count);
    bool changed = false;
    bool *helped = ARENA_MANY(arena, bool, cell_count(cube));
    for (size_t i = 0; i < count; i++) {
        if (helped[given[i].group])
            continue;
        helped[given[i].group] = true;
        Cell *cell = smallest_beside(cube, given[i].cell);
        if (!cell && given[i].other)
            cell = smallest_beside(cube, given[i].other);
        if (!cell)
            cell = smallest_of_all(cube);
        if (cell)
            cell->hidden = changed = true;
    }
    return changed;
}

void cube_widen(Arena *arena, Cube *cube)
{
    for (size_t i = 0; i < cell_count(cube); i++)
        cube->cells[i].hidden |= !is_empty(&cube->cells[i]) && cube->cells[i].count < CELL_COUNT_LEAST;
    do
        guard_lines(cube);
    while (guard_together(arena, cube));

    for (size_t i = 0; i < cell_count(cube); i++) {
        Cell *cell = &cube->cells[i];
        *cell = cell->hidden ? (Cell){.hidden = true}
                             : (Cell){cube_rounded(cell->count), cube_rounded(cell->lines), cell->cents, false};
    }
}
