/*
 * Fold: from facts to the increments that they make, few rows for many facts.
 *
 * Rows come out in the order of their keys, each key once, so that a batch of any size leaves
 * the same tables.
 */
#pragma once

#include "base/arena.h"
#include "monitoring/core/granted.h"
#include "monitoring/core/monitoring.h"

typedef struct Increments {
    SpentRow *spent;
    size_t spent_count;
    CaredRow *cared;
    size_t cared_count;
    RunningRow *running;
    size_t running_count;
    Regranted regranted;
    ToldRow *told;
    size_t told_count;
    DecidedRow *decided;
    size_t decided_count;
    RejectedRow *rejected;
    size_t rejected_count;
    AnsweredRow *answered;
    size_t answered_count;
    PostedRow *posted;
    size_t posted_count;
    ReferredRow *referred;
    size_t referred_count;
    JoinedRow *joined; /* in the order in which they were observed */
    size_t joined_count;
} Increments;

/*
 * `kept` are the versions kept before of the allocations that are observed, in order. False when money does not fit in
 * an amount. What comes out borrows from what went in.
 */
[[nodiscard]] bool monitoring_fold(Arena *arena, const Observed *observed, size_t count, const Versions *kept,
                                   Increments *increments_out);
