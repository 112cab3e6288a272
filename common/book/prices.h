/*
 * Prices: which prices and terms a book speaks of, so that what they cannot touch is passed over.
 */
#pragma once

#include "base/arena.h"
#include "book/book.h"

typedef struct PricesSaid {
    const char **products; /* whose tariff it names, in alphabetical order, each once */
    size_t product_count;
    Period days; /* all days on which one of these tariffs holds; meaningless without products */
    bool pics;   /* it names tariffs or payment terms of PICs */
} PricesSaid;

/* Texts are borrowed from the book, the list lives in the arena. */
PricesSaid book_prices(Arena *arena, const Book *book);

static inline bool prices_are_said(const PricesSaid *prices)
{
    return prices->product_count > 0 || prices->pics;
}
