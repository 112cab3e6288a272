#include "allocation/turn.h"

#include "allocation/core/decide.h"
#include "allocation/core/reprice.h"
#include "allocation/core/tell.h"
#include "allocation/hear.h"
#include "allocation/house.h"
#include "allocation/keep.h"
#include "allocation/load.h"
#include "allocation/say.h"

/* One after another: the second message sees what the first decided. */
static AllocationDecision *decide_all(Turn *turn, const HeardFacts *facts, Standing *standing)
{
    AllocationDecision *decisions = ARENA_MANY(turn->arena, AllocationDecision, facts->count);
    for (size_t i = 0; i < facts->count; i++) {
        const CareFact *fact = &facts->list[i].said.fact;
        decisions[i] = allocation_decide(turn->arena, fact, standing);
        standing_take(standing, fact->conversation, &decisions[i]);
    }
    return decisions;
}

/* Who is repriced is told of all else that the client has. */
static Status complete(Turn *turn, const HeardFact *fact, AllocationDecision *decision)
{
    int16_t partition = fact->heard->partition;
    Standing *clients;
    if (decision->ended.count == 0)
        return STATUS_OK;
    TRY(allocation_load_clients(turn, partition, decision->ended, &clients));
    decision->unchanged = tell_unchanged(turn->arena, decision->ended, partition, fact->said.fact.known, clients);
    return STATUS_OK;
}

/* A book goes on as it came, and reprices what it gives another amount, piece by piece. */
static Status take_book(Turn *turn, const AllocationHouse *house, const HeardFacts *facts, const Standing *standing)
{
    const HeardFact *fact = facts->list;
    if (!turn->cursor.size)
        TRY(allocation_hear_book(turn, house->library, fact));

    PicPiece piece;
    TRY(allocation_load_pics(turn, fact->heard->partition, turn->cursor, house->piece_max, &piece));
    AllocationDecision decision = reprice_allocations(turn->arena, piece.allocations, fact->said.fact.conversation,
                                                      fact->said.fact.known, standing);
    TRY(complete(turn, fact, &decision));

    TRY(allocation_keep(turn, facts, &decision, standing));
    allocation_say_book(turn, fact, &decision);
    memory_end(house->memory, facts, &decision);
    turn->more = piece.cursor;
    turn->taken = piece.cursor.size ? 0 : 1;
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
    if (facts.count && facts.list[0].said.book)
        return take_book(turn, house, &facts, standing);

    AllocationDecision *decisions = decide_all(turn, &facts, standing);

    TRY(allocation_keep(turn, &facts, decisions, standing));
    allocation_say(turn, &facts, decisions);
    memory_end(house->memory, &facts, decisions);
    return STATUS_OK;
}
