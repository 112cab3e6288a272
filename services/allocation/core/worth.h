/*
 * Worth: what care comes to in euros, by what was allocated of it.
 *
 * Exact for a PIC, whose amount is allocated. Care by product is worth what will be delivered,
 * which nobody knows yet: its allocated volume over its days, at the tariff of their first, is an
 * estimate, and says so.
 */
#pragma once

#include "allocation/core/allocation.h"
#include "base/money.h"
#include "book/books.h"

typedef struct Worth {
    Money amount;
    bool estimate; /* by volume; also where the book has no price, and it is worth nothing */
} Worth;

/* Of the days of the period; a PIC's amount is that of the whole, whatever the period. */
Worth worth_of(const Allocation *allocation, Period period, const Books *books, Day known);
