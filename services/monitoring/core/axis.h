/*
 * Axis: the codes along one side of a table, in order, and the place of each.
 *
 * Codes are added, the axis is closed, and places are asked. The place after the last one
 * stands for all of them together.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Axis {
    const char **codes; /* in alphabetical order once it is closed, each once; borrowed */
    size_t count;
    size_t room;
    uint32_t *slots; /* by hash: a place and one more; a power of two of them, at most half full */
} Axis;

/* Adds a code that is not there yet; "" is none. */
void axis_add(Arena *arena, Axis *axis, const char *code);

/* Puts them in order. */
void axis_close(Axis *axis);

/* The place of a code; `count` for one that is not there. */
size_t axis_place(const Axis *axis, const char *code);

/* The code at a place; "" for all together. */
static inline const char *axis_code(const Axis *axis, size_t place)
{
    return place < axis->count ? axis->codes[place] : "";
}

/* Whether a place is asked for: that of the code asked, or when none was ("") all places and the one for all together. */
bool axis_shows(const Axis *axis, size_t place, const char *asked);
