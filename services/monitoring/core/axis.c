#include "monitoring/core/axis.h"

#include <string.h>

enum { CODES_FIRST = 16 };

/* The first place whose code does not come before it. */
static size_t place_for(const Axis *axis, const char *code)
{
    size_t from = 0, to = axis->count;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (strcmp(axis->codes[middle], code) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

void axis_add(Arena *arena, Axis *axis, const char *code)
{
    size_t place = place_for(axis, code);
    if (place < axis->count && strcmp(axis->codes[place], code) == 0)
        return;
    if (axis->count == axis->room) {
        axis->room = axis->room ? 2 * axis->room : CODES_FIRST;
        const char **wider = ARENA_MANY(arena, const char *, axis->room);
        if (axis->count)
            memcpy(wider, axis->codes, axis->count * sizeof *wider);
        axis->codes = wider;
    }
    memmove(axis->codes + place + 1, axis->codes + place, (axis->count - place) * sizeof *axis->codes);
    axis->codes[place] = code;
    axis->count++;
}

size_t axis_place(const Axis *axis, const char *code)
{
    size_t place = place_for(axis, code);
    return place < axis->count && strcmp(axis->codes[place], code) == 0 ? place : axis->count;
}

bool axis_shows(const Axis *axis, size_t place, const char *asked)
{
    return !*asked || strcmp(axis_code(axis, place), asked) == 0;
}
