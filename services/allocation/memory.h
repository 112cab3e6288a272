/*
 * Memory: allocations that were named of late, as they are now, from turn to turn.
 *
 * What is remembered of a partition is what the tables say at one position of its stream. It is
 * believed only when the turn that left it was committed, and when the next message heard is the
 * very next position: then nobody, this process or another, has decided anything in between.
 * Else it is forgotten, and the tables are read.
 */
#pragma once

#include "allocation/core/standing.h"
#include "allocation/hear_fact.h"

typedef struct Memory Memory;

Memory *memory_new(void);
void memory_free(Memory *memory);

/* Forgets the partitions of the batch in which others decided. */
void memory_begin(Memory *memory, const HeardFacts *facts);

/* NULL when it is not remembered, which says nothing of the tables. Borrowed until memory_begin. */
const Allocation *memory_find(const Memory *memory, Conversation conversation, const char *number);

/* The turn decided these, and may still be rolled back. */
void memory_end(Memory *memory, const HeardFacts *facts, const AllocationDecision *decisions);

/* The turn is durable. */
void memory_committed(Memory *memory);
