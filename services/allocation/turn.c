#include "allocation/turn.h"

#include "allocation/core/decide.h"
#include "allocation/hear.h"
#include "allocation/house.h"
#include "allocation/keep.h"
#include "allocation/load.h"
#include "allocation/say.h"

/* One after another: the second message sees what the first decided. */
static Status decide_all(Turn *turn, Library *library, const HeardFacts *facts, Standing *standing,
                         AllocationDecision *decisions)
{
    for (size_t i = 0; i < facts->count; i++) {
        const HeardFact *fact = &facts->list[i];
        if (fact->said.book)
            TRY(allocation_hear_book(turn, library, fact));
        decisions[i] = allocation_decide(turn->arena, &fact->said.fact, standing);
        standing_take(standing, fact->said.fact.conversation, &decisions[i]);
    }
    return STATUS_OK;
}

/* hear -> load -> decide -> keep -> say */
Status allocation_turn(Turn *turn, Batch batch)
{
    AllocationHouse *house = turn->house;
    HeardFacts facts;
    TRY(allocation_hear(turn, batch, &facts));

    Standing *standing;
    TRY(allocation_load(turn, house, &facts, &standing));

    AllocationDecision *decisions = ARENA_MANY(turn->arena, AllocationDecision, facts.count);
    TRY(decide_all(turn, house->library, &facts, standing, decisions));

    TRY(allocation_keep(turn, &facts, decisions, standing));
    allocation_say(turn, &facts, decisions);
    memory_end(house->memory, &facts, decisions);
    return STATUS_OK;
}
