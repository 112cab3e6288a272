/*
 * Keep: what was decided to tables.
 */
#pragma once

#include "allocation/core/standing.h"
#include "allocation/hear_fact.h"

/* `decisions`: one for each fact, in order. `standing`: as it is after them. */
Status allocation_keep(Turn *turn, const HeardFacts *facts, const AllocationDecision *decisions,
                       const Standing *standing);
