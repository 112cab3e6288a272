/*
 * Load work: trajectories as a day found them, and what of each is delivered and not paid.
 */
#pragma once

#include "billing/core/work.h"
#include "db/database.h"
#include "service/library.h"

typedef struct Trajectory {
    const Allocation *allocation;
    Work work;
} Trajectory;

/* One for each row of BILLING_LOAD_WORK, in their order. The library has the books of their partitions. */
Trajectory *billing_work_of(Arena *arena, const Rows *rows, const Library *library, Day on, Day known);
