/*
 * Rules: what some books say of how care is paid within a period, each of them looked up once.
 */
#pragma once

#include "monitoring/core/allocated.h"

typedef struct Rules Rules;

/* `books` as known on the day; what is asked lies within the period. */
Rules *rules_new(Arena *arena, const AllocatedAxes *axes, const Books *books, Day known, Period period);

/* Runs of days under one rule, in order; by places on the axes. */
Pieces rules_runs(Rules *rules, size_t municipality, size_t segment, Cohort cohort);

/* Of one day; NULL when the books say nothing. */
const FundingRule *rules_funding(Rules *rules, size_t municipality, size_t segment, Cohort cohort, Day day);

/*
 * The cohort of care on a day of it: that of its grant while the rule of its grant holds, and
 * under another rule what that one makes of this care. 0 when the books have no rule.
 */
Cohort rules_cohort(Rules *rules, const Allocated *allocated, Day day);

/*
 * The funding that the books mean an allocation to have on a day of it. What ran under another
 * funding when a rule began keeps it, where the rule says so, or until the day that it names; so
 * does what a person is to move. 0 when the books say nothing.
 */
Funding rules_meant(Rules *rules, const Allocated *allocated, size_t municipality, size_t segment, Day day);

/* Whether both say the same of all care on every day of their period. */
bool rules_agree(Rules *rules, Rules *others);
