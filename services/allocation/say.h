/*
 * Say: every fact goes on, with what was judged of it.
 */
#pragma once

#include "allocation/core/decision.h"
#include "allocation/hear_fact.h"

void allocation_say(Turn *turn, const HeardFacts *facts, const AllocationDecision *decisions);

/*
 * A book: first as it came, and then in each conversation what it repriced there. A book that is
 * taken piece by piece went on with its first piece.
 */
void allocation_say_book(Turn *turn, const HeardFact *book, const AllocationDecision *decision);
