/*
 * Drivers: what makes this year's cost differ from that of the year before: volume, price or mix.
 *
 * The price-volume-mix analysis of management accounting, over kinds of care (segment × content
 * × funding). Volume is client-months: a client with approved care of a kind in a month. Price is
 * cost per client-month.
 *
 *     volume = (months after - months before) × price of all care before
 *     price  = Σ over kinds of months after × (price after - price before)
 *     mix    = Σ over kinds of months after × price before - months after × price of all care before
 *
 * The three are the difference, to the cent: volume, and the price of each kind, are rounded half
 * up, and mix takes what is left. A kind that was not there before has no price to compare: it
 * counts as mix. Without any care before there is nothing to compare, and nothing is said.
 *
 * Compared are the months of the year that have ended, with the same months of the year before as
 * they were known one year earlier: equally late. Each total is analysed anew over its own kinds.
 */
#pragma once

#include "monitoring/core/monitoring.h"
#include "monitoring/core/people.h"
#include "monitoring/core/table.h"

extern const TableCard drivers_card;

/* Which months are compared, and as known on which days. */
typedef struct Compared {
    Period before;
    Day before_known_on;
    Period after;
    Day after_known_on;
    int32_t months; /* 0: there is nothing to compare yet */
} Compared;

Compared drivers_compared(int32_t year, Day known_on);

/* Care of one kind, before and after. */
typedef struct Care {
    int64_t client_months;
    int64_t cents;
} Care;

typedef struct Change {
    Care before;
    Care after;
} Change;

typedef struct Drivers {
    int64_t before_cents;
    int64_t after_cents;
    bool known; /* the other three are */
    int64_t volume_cents;
    int64_t price_cents;
    int64_t mix_cents;
} Drivers;

/* False when an amount does not fit. */
[[nodiscard]] bool drivers_of(const Change *kinds, size_t count, Drivers *drivers_out);

/* found */

typedef struct FoundCost {
    const char *municipality;
    Kind kind;
    bool after;
    int64_t cents;
} FoundCost;

/* Who is behind one declaration's lines of one month and kind, packed. */
typedef struct FoundCrowd {
    const char *municipality;
    Kind kind;
    bool after;
    Day month;
    Bytes clients;
} FoundCrowd;

typedef struct DriversFound {
    Arena *arena;
    const Question *question;
    Compared compared;
    const FoundCost *costs;
    size_t cost_count;
    FoundCrowd *crowds; /* are sorted */
    size_t crowd_count;
    JoinedClients joined;
} DriversFound;

/* For each municipality asked and the region, by segment and in all. False when an amount does not fit, or clients are cut off. */
[[nodiscard]] bool drivers_fill(const DriversFound *found, Table *table);
