/*
 * Params: parameters as libpq takes them. Inside this room only.
 */
#pragma once

#include "db/database.h"

enum { PARAMS_MAX = 40 };

struct Params {
    Arena *arena;
    int count;
    const char *values[PARAMS_MAX];
    int sizes[PARAMS_MAX];
    int formats[PARAMS_MAX];
};
