/*
 * Told: what was told of a trajectory, in order, in few bytes.
 *
 * All that a table asks of a trajectory follows from a row of its own, and what was known on any day
 * from the first of its bytes: what is told later comes behind. An allocation is known by four bytes
 * of a digest of its number, since a trajectory has few.
 */
#pragma once

#include "monitoring/core/monitoring.h"

typedef enum ToldWhat {
    TOLD_ALLOCATED = 1, /* a version of an allocation */
    TOLD_STARTED = 2,
    TOLD_STOPPED = 3,
    TOLD_OUTCOME = 4,
    TOLD_COST = 5, /* an approved line, a credit or what corrected them; of care that has a PIC */
} ToldWhat;

typedef struct Told {
    ToldWhat what;
    Day known;
    uint32_t allocation; /* of an allocation, a start or a stop */
    Day first;           /* of an allocation; the day of a start or a stop; the month of a cost */
    Day last;            /* of an allocation */
    int64_t client;      /* of an allocation, as its version has it */
    Funding funding;
    Cohort cohort;
    bool removed;
    StopReason reason;
    Outcome outcome;
    Money amount;
} Told;

uint32_t told_allocation(const char *number);

enum { TOLD_BYTES_LEAST = 8, TOLD_BYTES_MAX = 26 };

/* Puts it behind what is there already, where there is room for TOLD_BYTES_MAX; gives the bytes that it took. */
size_t told_pack(uint8_t *bytes, const Told *told);

/* Takes the first of the rest. False when it is cut off or unknown. */
[[nodiscard]] bool told_next(Bytes *rest, Told *told_out);
