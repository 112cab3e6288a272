/*
 * Decide: the one judgement of this service.
 */
#pragma once

#include "allocation/core/standing.h"

/* Same fact, same standing: same decision, always. The decision borrows from the fact and the standing. */
AllocationDecision allocation_decide(Arena *arena, const CareFact *fact, const Standing *standing);
