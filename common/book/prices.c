#include "book/prices.h"

#include "book/shelf.h"

#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t each_once(const char **texts, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || strcmp(texts[kept - 1], texts[i]) != 0)
            texts[kept++] = texts[i];
    return kept;
}

PricesSaid book_prices(Arena *arena, const Book *book)
{
    size_t count = book->shelves[KIND_PXQ_TARIFF].count;
    PricesSaid prices = {
        .products = ARENA_MANY(arena, const char *, count),
        .days = {DAY_LAST, DAY_FIRST},
        .pics = book->shelves[KIND_PIC_TARIFF].count > 0 || book->shelves[KIND_TERMS].count > 0,
    };
    for (size_t i = 0; i < count; i++) {
        const PxqTariff *tariff = (const PxqTariff *)shelf_entry(book, KIND_PXQ_TARIFF, i);
        prices.products[i] = tariff->product;
        prices.days.first = day_earliest(prices.days.first, tariff->entry.holds.first);
        prices.days.last = day_latest(prices.days.last, tariff->entry.holds.last);
    }
    if (count > 0)
        qsort(prices.products, count, sizeof *prices.products, by_text);
    prices.product_count = each_once(prices.products, count);
    return prices;
}
