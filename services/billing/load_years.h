/*
 * Load years: which years are closed in a partition.
 */
#pragma once

#include "base/partition.h"
#include "billing/core/billing.h"
#include "service/turn.h"

/* The question to ask with the rest of a turn's load, and its answer: the years of each partition of the batch. */
Ask billing_years_question(Arena *arena, Batch batch, Rows **rows_out);
void billing_years_answer(Arena *arena, const Rows *rows, ClosedYears closed_out[PARTITIONS]);

/* Of one partition, in a round trip of its own. */
Status billing_load_years(Turn *turn, const Heard *heard, ClosedYears *closed_out);
