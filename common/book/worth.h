/*
 * Worth: what care comes to in euros, by what was granted of it.
 *
 * Exact for a PIC, whose amount is granted. Care by product is worth what will be delivered,
 * which nobody knows yet: its granted volume over its days, at the tariff of their first, is an
 * estimate, and says so.
 */
#pragma once

#include "base/money.h"
#include "book/books.h"

/* What was granted, of one product or one PIC. */
typedef struct Grant {
    const char *municipality;
    const char *provider;
    const char *product; /* its code */
    Funding funding;
    int64_t volume; /* in `unit`, for each `frequency`; for UNIT_EURO in cents */
    Unit unit;
    Frequency frequency;
    Period period;
} Grant;

typedef struct Worth {
    Money amount;
    bool estimate; /* by volume; also where the book has no price, and it is worth nothing */
} Worth;

/* Of the days of the period; a PIC's amount is that of the whole, whatever the period. */
Worth worth_of(const Grant *grant, Period period, const Books *books, Day known);
