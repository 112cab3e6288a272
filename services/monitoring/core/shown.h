/*
 * Shown: which months of which municipalities a wide audience may see money of.
 *
 * A month is hidden where fewer than ten clients are behind it: those with approved care in it,
 * and for a month of which nothing is approved yet, those with an allocation in it. Hidden is also
 * what could be worked out from another table: money by kind of care hides cells of its own, and
 * where it hides the total of a month, that month is hidden here too. A month without any figure
 * hides nothing.
 */
#pragma once

#include "monitoring/core/cube.h"
#include "monitoring/core/monitoring.h"
#include "monitoring/core/people.h"

/* Money of a month of the year, 1 to 12. */
typedef struct ShownMoney {
    const char *municipality;
    Kind kind;
    int32_t month;
    int64_t lines;
    int64_t cents;
} ShownMoney;

/* Who is behind one declaration's lines of one month and kind, packed. */
typedef struct ShownCrowd {
    const char *municipality;
    Kind kind;
    int32_t month;
    Bytes clients;
} ShownCrowd;

/* A client with an allocation in some months of the year. */
typedef struct ShownClient {
    const char *municipality;
    int64_t client;
    int32_t first_month;
    int32_t last_month;
} ShownClient;

/* Always of the whole region, whatever is asked. */
typedef struct ShownFound {
    const char *const *municipalities; /* in order of code */
    size_t municipality_count;
    const ShownMoney *money;
    size_t money_count;
    const ShownCrowd *crowds;
    size_t crowd_count;
    const ShownClient *clients;
    size_t client_count;
    JoinedClients joined;
    const bool *nothing; /* municipalities and the region × months and the year: no figure stands there */
} ShownFound;

/* municipalities × 1 × months: only whether a cell is hidden. False when a sum does not fit, or clients are cut off. */
[[nodiscard]] bool shown_make(Arena *arena, const ShownFound *found, Cube *shown_out);
