/*
 * Tell: what a provider is to hear beside what was decided: which of its requests that answers, and
 * what else the client has. With what changed that is the whole of it, as a national JW301 holds it.
 */
#pragma once

#include "allocation/core/standing.h"

/* Before the decision is the standing of the next fact. */
void tell_provider(Arena *arena, const CareFact *fact, const Standing *standing, AllocationDecision *decision);

/* What the clients of changed allocations have beside those; the standing knows these clients. */
Allocations tell_unchanged(Arena *arena, Allocations changed, int16_t partition, Day known, const Standing *standing);
