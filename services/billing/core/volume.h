/*
 * Volume: how much of an allocation may be declared.
 *
 * Volumes are counted in the unit allocated, and in minutes where that is the hour, since
 * hours may be declared in minutes. A limit too large to count is no limit.
 */
#pragma once

#include "billing/core/billing.h"

#define VOLUME_NO_LIMIT INT64_MAX

/* Whether a line in `unit` may be declared on what is allocated. */
bool volume_fits_unit(const Allocated *granted, Unit unit);

/* The line's volume as it is counted; false when it does not fit in a number. */
[[nodiscard]] bool volume_counted(const Allocated *granted, int64_t volume, Unit unit, int64_t *counted_out);

/* At most in one product period. */
int64_t volume_in_period(const Allocated *granted, Period product_period);

/* At most over all product periods together. */
int64_t volume_in_all(const Allocated *granted);

/* A budget is an amount for whatever products: no code, and a volume in euros. */
bool volume_is_budget(const Allocated *granted);

/* Weeks that count for a volume per week, by the delivery (effort) and by the Sundays (output). */
int32_t weeks_of_effort(Period product_period);
int32_t weeks_of_output(Period allocated, Period product_period);
