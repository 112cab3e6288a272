/*
 * Leave: care that ends here because the client goes elsewhere, or died; and a client who turns
 * out to be one who is known by another reference.
 *
 * The past belongs to the provider: an end in it needs its recorded consent, and what has begun
 * is never taken away. A death asks nobody.
 */
#pragma once

#include "allocation/core/standing.h"

/* An allocation, or all that is left of the trajectory that it belongs to. */
AllocationDecision leave_end(Arena *arena, const CareFact *fact, const Standing *standing);

/* What runs ends on that day, what was to begin later never does. */
AllocationDecision leave_die(Arena *arena, const CareFact *fact, const Standing *standing);

/* Every allocation of the one is the other's from now on, also what has ended: it may still be declared or credited. */
AllocationDecision leave_join(Arena *arena, const CareFact *fact, const Standing *standing);
