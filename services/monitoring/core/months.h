/*
 * Months: in which months of a year a client is somewhere, and how many clients are where in each.
 */
#pragma once

#include "base/day.h"
#include "monitoring/core/cube.h"

enum { MONTHS_OF_YEAR = 12 };

/* A bit for each month, January the lowest. */
typedef uint16_t MonthSet;

/* The first days of the months of a year, and of the one that follows. */
typedef struct YearMonths {
    Day first[MONTHS_OF_YEAR + 1];
} YearMonths;

YearMonths months_of(int32_t year);

static inline Day month_end(const YearMonths *year, size_t month)
{
    return day_plus(year->first[month + 1], -1);
}

/* The months that the period touches. */
MonthSet months_touched(const YearMonths *year, Period period);

/* The months whose last day lies in the period. */
MonthSet months_ended_in(const YearMonths *year, Period period);

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
