/*
 * Work: what of a running trajectory is delivered and not yet paid, on a day.
 *
 * A trajectory that is paid as a PIC falls due in a few parts, while care goes on day by day.
 * How much of the care is delivered in between is counted by the method of its terms; once
 * the care has ended it is all that falls due. Every amount is rounded half up to the cent,
 * once.
 */
#pragma once

#include "billing/core/billing.h"
#include "book/books.h"

typedef struct Work {
    BillingReason reason; /* APPROVED, or why it has no price, or that nothing is paid of it */
    WorkInProgress method;
    Money delivered;   /* what the care is worth up to the day, the day included */
    Money paid;        /* of that number: approved and not credited */
    Money in_progress; /* delivered and not paid; never below nothing */
    Money ahead;       /* paid and not delivered; never below nothing */
    Money obligation;  /* the end part of what had its start paid */
} Work;

/*
 * The allocation, its starts and stops and what was approved on it are those of the day as it was known: whoever loads
 * them sees to that. Starts and stops that lie after the day count for nothing.
 */
Work work_on(const Allocation *allocation, const Books *books, Day on, Day known);
