/*
 * Grant: care taken over, requests, and a person's word about them.
 */
#pragma once

#include "allocation/core/plan.h"

AllocationDecision grant_take_over(Arena *arena, const CareFact *fact, const Standing *standing);

/* `word` is a person's, who may fill in what the request lacked; NULL when nobody has judged it yet. */
AllocationDecision grant_request(Arena *arena, const CareFact *fact, const RequestWord *word, const Standing *standing);

/* What plan_care made, under numbers of this partition: in the trajectory, or in a new one when that is NULL. */
void grant_begin(Arena *arena, const CareAsked *asked, const Plan *plan, const Trajectory *trajectory,
                 const Standing *standing, AllocationDecision *decision);

/* The request as it is kept once it is judged so; also when a person must judge it. */
void grant_record(Arena *arena, const CareFact *fact, const char *reference, const char *client,
                  const Standing *standing, AllocationDecision *decision);
