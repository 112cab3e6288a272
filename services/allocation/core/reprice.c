#include "allocation/core/reprice.h"

#include "allocation/core/change.h"
#include "allocation/core/plan.h"

static bool is_paid_as_pic(const Allocation *allocation)
{
    return !allocation->removed && allocation->funding == FUNDING_PIC && allocation->product.unit == UNIT_EURO;
}

static bool amount_of(const Allocation *allocation, Conversation conversation, const Books *books, Day known,
                      int64_t *cents_out)
{
    return plan_pic_amount(books, allocation->segment, allocation->pic, conversation, allocation->period, known,
                           cents_out);
}

AllocationDecision reprice_allocations(Arena *arena, Allocations now, Conversation conversation, Day known,
                                       const Standing *standing)
{
    const Books *books = standing_partition(standing, conversation)->books;
    Books *before = arena_copy(arena, books, sizeof *books);
    if (before->count > 0)
        before->count--;

    Allocation *repriced = ARENA_MANY(arena, Allocation, now.count);
    size_t count = 0;
    for (size_t i = 0; i < now.count; i++) {
        const Allocation *allocation = &now.list[i];
        Conversation its = {conversation.partition, allocation->municipality, allocation->provider};
        int64_t was, is;
        if (!is_paid_as_pic(allocation) || !amount_of(allocation, its, books, known, &is) ||
            !amount_of(allocation, its, before, known, &was) || was == is || is == allocation->product.volume)
            continue;
        repriced[count] = change_version(allocation, standing, its, known, CHANGE_CONTRACT);
        repriced[count++].product.volume = is;
    }
    return (AllocationDecision){
        .judgement = JUDGEMENT_REPRICED,
        .reference = "",
        .ended = {repriced, count},
    };
}
