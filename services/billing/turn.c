#include "billing/turn.h"

#include "billing/core/decide.h"
#include "billing/hear.h"
#include "billing/house.h"
#include "billing/keep.h"
#include "billing/load.h"
#include "billing/say.h"

/* One fact after another: a book is known to those that follow it. */
static Status decide_all(Turn *turn, Library *library, const Facts *facts, Decisions *decisions_out)
{
    *decisions_out = (Decisions){facts, ARENA_MANY(turn->arena, BillingDecision, facts->count)};
    for (size_t i = 0; i < facts->count; i++) {
        const HeardFact *heard = &facts->list[i];
        if (heard->book)
            TRY(library_hear(library, turn, heard->heard, heard->book));
        const Books *books = library_books(library, heard->heard->partition);
        decisions_out->list[i] = billing_decide(turn->arena, facts->standing, &heard->fact, books);
    }
    return STATUS_OK;
}

/* hear -> load -> decide -> keep -> say */
Status billing_turn(Turn *turn, Batch batch)
{
    House *house = turn->house;
    Library *library = house_library(house);
    Facts facts;
    TRY(billing_hear(turn, batch, house_begin(house, batch), &facts));
    turn->taken = facts.count;
    turn->waits = facts.waits;

    TRY(billing_load(turn, library, batch, &facts));

    Decisions decisions;
    TRY(decide_all(turn, library, &facts, &decisions));

    TRY(billing_keep(turn, &decisions));
    billing_say(turn, &decisions);
    house_end(house, batch, turn->taken);
    return STATUS_OK;
}
