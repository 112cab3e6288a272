#include "monitoring/core/axis.h"

#include <stdlib.h>
#include <string.h>

enum { CODES_FIRST = 16 };

static size_t slot_count(const Axis *axis)
{
    return 2 * axis->room;
}

static uint32_t hash_of(const char *code)
{
    uint32_t hash = 2166136261u;
    for (; *code; code++)
        hash = (hash ^ (uint8_t)*code) * 16777619u;
    return hash ^ hash >> 15;
}

/* The slot of a code, or the empty one where it belongs. */
static uint32_t *slot_of(const Axis *axis, const char *code)
{
    size_t mask = slot_count(axis) - 1;
    size_t at = hash_of(code) & mask;
    while (axis->slots[at] && strcmp(axis->codes[axis->slots[at] - 1], code) != 0)
        at = (at + 1) & mask;
    return &axis->slots[at];
}

static void fill_slots(Axis *axis)
{
    memset(axis->slots, 0, slot_count(axis) * sizeof *axis->slots);
    for (size_t i = 0; i < axis->count; i++)
        *slot_of(axis, axis->codes[i]) = (uint32_t)i + 1;
}

static void widen(Arena *arena, Axis *axis)
{
    const char **codes = axis->codes;
    axis->room = axis->room ? 2 * axis->room : CODES_FIRST;
    axis->codes = ARENA_MANY(arena, const char *, axis->room);
    if (axis->count)
        memcpy(axis->codes, codes, axis->count * sizeof *codes);
    axis->slots = ARENA_MANY(arena, uint32_t, slot_count(axis));
    fill_slots(axis);
}

void axis_add(Arena *arena, Axis *axis, const char *code)
{
    if (!*code)
        return;
    if (axis->count == axis->room)
        widen(arena, axis);
    uint32_t *slot = slot_of(axis, code);
    if (*slot)
        return;
    axis->codes[axis->count++] = code;
    *slot = (uint32_t)axis->count;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void axis_close(Axis *axis)
{
    if (axis->count == 0)
        return;
    qsort(axis->codes, axis->count, sizeof *axis->codes, by_text);
    fill_slots(axis);
}

size_t axis_place(const Axis *axis, const char *code)
{
    uint32_t place = axis->count ? *slot_of(axis, code) : 0;
    return place ? place - 1 : axis->count;
}

bool axis_shows(const Axis *axis, size_t place, const char *asked)
{
    return !*asked || strcmp(axis_code(axis, place), asked) == 0;
}
