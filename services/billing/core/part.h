/*
 * Part: what falls due of a trajectory that is paid as a PIC, in one product period.
 *
 * The terms of its contract say in which parts it is paid and which fact makes a part fall
 * due: a start or stop that was heard, or the declaration itself. Where it is the
 * declaration, the provider chooses the period, and the amount it gives tells which part it
 * means; where the amount is left to us, the start is paid first and the end in the period in
 * which the care ends.
 *
 * An amount cap is counted as if every part were declared: so what a part comes to does not
 * hang on the order in which parts are declared, and their sum stays under the cap whatever
 * becomes of the tariff.
 */
#pragma once

#include "billing/core/billing.h"
#include "book/books.h"

/* What may be declared: the first choice is taken when the amount is left to us. */
enum { PART_CHOICES_MAX = 3 };

typedef struct DueParts {
    BillingReason reason; /* APPROVED, or why nothing falls due */
    RatingInputs choices[PART_CHOICES_MAX];
    size_t count;
    bool capped; /* less than the tariff's share, by the amount cap */
} DueParts;

/* What the parts are shares of: the price of the trajectory on its first day, or of its year where it is paid by the month. */
typedef struct PartPrice {
    Money price;        /* of start and end together at most the amount cap */
    bool capped;        /* by it */
    Money before;       /* the years before, where a cap counts them */
    const Entry *entry; /* where the price stands: a tariff, or the terms where it is their cap */
} PartPrice;

/* APPROVED, or why there is no price; price_out is set only when there is. */
BillingReason part_price(const Allocation *allocation, const PaymentTerms *terms, const Books *books,
                         Period product_period, Day known, PartPrice *price_out);

/*
 * The inputs of a part that was paid before, as price and terms are now: the same part, whatever else would fall due
 * today. False when the terms pay in other parts.
 */
[[nodiscard]] bool part_anew(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price,
                             Period product_period, BillingFormula formula, RatingInputs *inputs_out);

/* What was approved of the trajectory, under all its numbers. */
Money part_paid_before(const Allocation *allocation);

/* The first and last day of care, within the days granted: those of start and stop where they were heard. */
Day part_first_care_day(const Allocation *allocation);
Day part_last_care_day(const Allocation *allocation);

/* A stop ends the care, and so does a conversion where the terms say what that pays. */
bool part_has_ended(const Allocation *allocation, const PaymentTerms *terms);

/*
 * Whether this is a relapse: care under the same PIC that ended shortly before it was paid already. Care that was
 * resumed is paid once, in whatever order it is declared: the earlier that is declared after the later was paid gets
 * nothing either.
 */
bool part_resumes(const Allocation *allocation, const PaymentTerms *terms);

/* What the start comes to, and what start and end do, as the care stands: all of it while it has not ended. */
RatingInputs part_start(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price);
RatingInputs part_whole(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price);

/* Paid by the month: the first day of a year of the trajectory (0: its first), and how many parts fall up to a day. */
Day part_year_begins(const Allocation *allocation, int32_t year);
int32_t part_months_until(const Allocation *allocation, Day day);

DueParts part_due(const Allocation *allocation, const PaymentTerms *terms, const PartPrice *price,
                  Period product_period);
