/*
 * Months: in which months of a year a client is somewhere, and how many clients are where in each.
 */
#pragma once

#include "base/day.h"
#include "monitoring/core/cube.h"

enum { MONTHS_OF_YEAR = 12 };

/* A bit for each month, January the lowest. */
typedef uint16_t MonthSet;

/* The months of the year that the period touches. */
MonthSet months_touched(Period period, int32_t year);

/* The months of the year at whose end, its last day, the period has not ended and has begun. */
MonthSet months_ended_in(Period period, int32_t year);

/* A client at a place of the cube, in some months. */
typedef struct Spell {
    int64_t client;
    uint16_t municipality;
    uint16_t label;
    MonthSet months;
} Spell;

/*
 * Counts clients in every cell and total of a cube of twelve months, each once. The spells stand
 * in order of client; one client may have several at one place.
 */
void months_count(Arena *arena, Cube *cube, const Spell *spells, size_t count);
