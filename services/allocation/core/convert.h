/*
 * Convert: running care goes on under the funding in force.
 *
 * Never an edit: what runs ends the day before, and new numbers begin. So no day of care is
 * paid under two fundings, and none under neither.
 *
 * A conversion that the book demands of the care leaves the client in its cohort. One that it
 * does not demand moves the client: from that day on it counts as new.
 */
#pragma once

#include "allocation/core/plan.h"

/* `word` is a person's, who fills in what the conversion lacked; NULL when nobody has judged it yet. */
AllocationDecision convert_allocation(Arena *arena, const CareFact *fact, const RequestWord *word,
                                      const Standing *standing);

/* The name under which a conversion that lacks something waits for a person. */
const char *convert_reference(Arena *arena, const Conversion *conversion);
