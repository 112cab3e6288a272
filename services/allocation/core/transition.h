/*
 * Transition: care whose funding no longer is what the books say.
 *
 * An allocation keeps the funding under which it was granted; a book that says otherwise for its
 * days converts nothing by itself. What the book wants of care that runs stands in its rule: it
 * keeps its funding to its end, it is converted on a day, or a person says when.
 */
#pragma once

#include "allocation/core/standing.h"

/* The cohort of care under the allocation on a day: that of its grant, while its rule holds; new once the client has moved. */
Cohort transition_cohort(const Allocation *allocation, Day day, Day known, const Standing *standing,
                         Conversation conversation);

/* The rule in force on the day when it says another funding or content than the allocation has; else NULL. */
const FundingRule *transition_demanded(const Allocation *allocation, Day day, Day known, const Standing *standing,
                                       Conversation conversation);

typedef enum TransitionWay {
    TRANSITION_NONE,      /* as the book says, on all days to come */
    TRANSITION_CONVERTS,  /* the book names the day */
    TRANSITION_BY_HAND,   /* a person names it; `day` is the first that it may be */
    TRANSITION_AS_IT_ENDS /* nothing to do: what is asked after its end is funded otherwise */
} TransitionWay;

typedef struct Transition {
    TransitionWay way;
    const FundingRule *rule; /* that says otherwise */
    Day since;               /* the first day on which it does */
    Day day;                 /* the first day under the new funding; never one that has begun already */
} Transition;

/* As of the end of the day `today`: what is past stays as it is, unless a person with the provider's consent says otherwise. */
Transition transition_of(Arena *arena, const Allocation *allocation, Day today, const Standing *standing,
                         Conversation conversation);

/* "convert", "by_hand", "as_it_ends"; "" for none. */
const char *transition_way_name(TransitionWay way);
