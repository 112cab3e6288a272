/*
 * Wide: how a figure is written down for who asks.
 */
#pragma once

#include "monitoring/core/cube.h"
#include "monitoring/core/table.h"

/* Rounded to five; hidden where it is. */
static inline Value wide_count(int64_t count, bool hidden)
{
    return hidden ? VALUE_NOT_FOR_YOU : value_number(cube_rounded(count));
}

/* In ten-thousandths, rounded half up; missing where there is nothing to divide by. */
static inline Value share_of(int64_t part, int64_t whole)
{
    return whole > 0 ? value_number((2 * part * 10000 + whole) / (2 * whole)) : VALUE_NOBODY_KNOWS;
}
