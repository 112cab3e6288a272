/*
 * Convert: running care goes on under the funding in force.
 *
 * Never an edit: what runs ends the day before, and new numbers begin. So no day of care is
 * paid under two fundings, and none under neither.
 */
#pragma once

#include "allocation/core/plan.h"

AllocationDecision convert_allocation(Arena *arena, const CareFact *fact, const Standing *standing);
