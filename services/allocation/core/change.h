/*
 * Change: another end or another volume of what is allocated.
 *
 * A number may change in its end, its budget or its total volume, or be removed before it
 * begins. Anything else ends it and begins another. The past belongs to the provider.
 */
#pragma once

#include "allocation/core/plan.h"

/* `word` is a person's; NULL when nobody has judged the request yet. */
AllocationDecision change_allocation(Arena *arena, const CareFact *fact, const RequestWord *word,
                                     const Standing *standing);

/* The next version of an allocation, for the one who changes it to fill in. */
Allocation change_version(const Allocation *allocation, const Standing *standing, Conversation conversation, Day known,
                          ChangeReason reason);

/* Its last day is the one before `day`; one that would end before it began is removed. */
Allocation change_ended_before(const Allocation *allocation, const Standing *standing, Conversation conversation,
                               Day known, ChangeReason reason, Day day);

/* The first day of the care that the allocation belongs to. */
Day change_in_care_since(const Allocation *allocation, const Standing *standing, Conversation conversation);
