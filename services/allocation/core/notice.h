/*
 * Notice: a start, a stop or an outcome, held against the allocation that it names.
 */
#pragma once

#include "allocation/core/standing.h"

AllocationDecision notice_note(Arena *arena, const CareFact *fact, const Standing *standing);
