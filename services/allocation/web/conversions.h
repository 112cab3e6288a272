/*
 * Conversions: the care whose funding no longer is what the books say, and what becomes of it.
 */
#pragma once

#include "allocation/core/decision.h"
#include "allocation/core/transition.h"
#include "allocation/web/survey.h"

/*
 * JSON, {"positions": {…}, "plan": [{…}, …]}. Each row says what is to be done: "convert" on its day, "by_hand"
 * by a person, or "as_it_ends" nothing. "outcome" is what a conversion on that day comes to, as
 * it would be decided now; "with" names the allocation with whose conversion this one goes along,
 * and "waits" the name under which a conversion waits for a person already.
 */
Status conversions_write(Arena *arena, Database *database, Library *library, const SurveyQuestion *question,
                         char **json_out, const char **fault_out);

/* What would become of it: the plan's own row, and what a conversion on its day decides. */
typedef struct Planned {
    const Allocation *allocation;
    Transition transition;
    AllocationDecision decision; /* of the first of those that go along; NONE where nothing is to be done */
    const Allocation *with;      /* NULL: it is the first itself */
} Planned;

/* Of the allocations of a piece, each that is on the plan, in their order. */
size_t conversions_plan(const SurveyPiece *piece, Standing *standing, Planned *planned_out);
