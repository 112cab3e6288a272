/*
 * Granted: what versions of allocations add to what is granted by month of care.
 *
 * A version adds what it is worth in each month from the month in which it became known, and is
 * taken out again from the month in which the next one became known. Whichever way versions are
 * dealt over batches, the sums come out the same.
 */
#pragma once

#include "base/arena.h"
#include "monitoring/core/monitoring.h"

/* Versions that were kept before. */
typedef struct Versions {
    const RunningRow *list; /* by partition, municipality, number and known day */
    size_t count;
} Versions;

/* What changes when versions are heard. */
typedef struct Regranted {
    GrantedRow *granted;
    size_t granted_count;
    ReplacedRow *replaced;
    size_t replaced_count;
} Regranted;

/* The order of versions. */
int granted_order(const RunningRow *a, const RunningRow *b);

/*
 * Versions heard are in that order, each once; one heard takes the place of one kept of the same day. Notes in them on
 * which day the next one became known. `kept` are all that were kept of their allocations. False when a sum does not
 * fit in an amount.
 */
[[nodiscard]] bool granted_fold(Arena *arena, RunningRow *heard, size_t count, const Versions *kept,
                                Regranted *regranted_out);
