/*
 * Survival: what is known of care that has not ended yet.
 *
 * Whoever is still in care on the day that it is asked will last longer than it has so far:
 * it is *censored*, neither short nor left out.
 *
 * How long: the product-limit estimate, with those who were in care already when the window
 * opened counted from the days that they had behind them (Kaplan and Meier 1958; Lynden-Bell 1971).
 *
 * How much: an amount is not censored at random, though the days are. Of two whose care is cut off
 * on the same day, the dear one has come to more by then, so that the product-limit estimate over
 * amounts is wrong (Lin e.a., Biometrics 53, 1997). Each that ended counts instead for all who
 * might have been seen to its end and were not: for one over the probability of being watched that
 * long (Bang and Tsiatis, Biometrika 87, 2000). That probability is the product-limit estimate over
 * the days in which being cut off is the event.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Watched {
    int32_t entry; /* days of care behind it when the watching began; 0: watched from the first day */
    int32_t exit;  /* days of care when it ended or was last seen; more than entry */
    bool ended;
} Watched;

enum { ENDED_LEAST = 5, AT_RISK_LEAST = 5 }; /* what a figure must rest on */

/*
 * The days after which half have ended. False where it is not reached, where fewer than ENDED_LEAST
 * ended, or where a step on the way rests on fewer than AT_RISK_LEAST.
 */
[[nodiscard]] bool survival_median(Arena *arena, const Watched *watched, size_t count, int32_t *median_out);

/* For how many each counts; 0 where it has not ended. All are watched from their first day. */
double *survival_weights(Arena *arena, const Watched *watched, size_t count);

/* Half up. */
int64_t survival_whole(double value);
