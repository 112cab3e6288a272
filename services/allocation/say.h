/*
 * Say: every fact goes on, with what was judged of it.
 */
#pragma once

#include "allocation/core/decision.h"
#include "allocation/hear_fact.h"

void allocation_say(Turn *turn, const HeardFacts *facts, const AllocationDecision *decisions);
