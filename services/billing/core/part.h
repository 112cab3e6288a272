/*
 * Part: what falls due of a trajectory that is paid as a PIC, in one product period.
 *
 * The terms of its contract say in which parts it is paid and which fact makes a part fall
 * due: a start or stop that was heard, or the declaration itself. Where it is the
 * declaration, the provider chooses the period, and the amount it gives tells which part it
 * means; where the amount is left to us, the start is paid first and the end in the period in
 * which the care ends.
 */
#pragma once

#include "billing/core/billing.h"

/* What may be declared: the first choice is taken when the amount is left to us. */
enum { PART_CHOICES_MAX = 3 };

typedef struct DueParts {
    BillingReason reason; /* APPROVED, or why nothing falls due */
    RatingInputs choices[PART_CHOICES_MAX];
    size_t count;
} DueParts;

/* The day whose tariff pays what falls due: the trajectory's first, or the first of its year when it is paid by the month. */
Day part_price_day(const Allocation *allocation, const PaymentTerms *terms, Period product_period);

/*
 * The inputs of a part that was paid before, as price and terms are now: the same part, whatever else would fall due
 * today. False when the terms pay in other parts.
 */
[[nodiscard]] bool part_anew(const Allocation *allocation, const PaymentTerms *terms, Money price,
                             Period product_period, BillingFormula formula, RatingInputs *inputs_out);

DueParts part_due(const Allocation *allocation, const PaymentTerms *terms, Money price, Period product_period);
