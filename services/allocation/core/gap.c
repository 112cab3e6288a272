#include "allocation/core/gap.h"

static bool covers(const Contract *contract, const Allocation *allocation, const Books *books, Day day, Day known)
{
    if (!contract)
        return false;
    if (allocation->funding == FUNDING_PIC)
        return contract_covers_pic(contract, allocation->pic);
    const Product *product = books_product(books, allocation->product.code, day, known);
    return product && contract_covers_product(contract, product);
}

Gaps gap_find(Arena *arena, const Allocation *allocation, const Books *books, Day known)
{
    if (allocation->removed || day_compare(allocation->period.last, known) < 0)
        return (Gaps){0};
    Pieces pieces = books_pieces(arena, books, allocation->provider, allocation->municipality, allocation->segment,
                                 allocation->cohort, allocation->period, known);
    Period *list = ARENA_MANY(arena, Period, pieces.count);
    size_t count = 0;
    for (size_t i = 0; i < pieces.count; i++) {
        const Piece *piece = &pieces.pieces[i];
        if (covers(piece->contract, allocation, books, piece->period.first, known))
            continue;
        if (count && day_compare(day_plus(list[count - 1].last, 1), piece->period.first) == 0)
            list[count - 1].last = piece->period.last;
        else
            list[count++] = piece->period;
    }
    return (Gaps){list, count};
}
