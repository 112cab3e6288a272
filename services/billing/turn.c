#include "billing/turn.h"

#include "billing/core/corrected.h"
#include "billing/core/decide.h"
#include "billing/hear.h"
#include "billing/hear_cursor.h"
#include "billing/house.h"
#include "billing/keep.h"
#include "billing/keep_corrected.h"
#include "billing/load.h"
#include "billing/load_open.h"
#include "billing/say.h"
#include "billing/say_corrected.h"

/* One fact after another: the second sees what the first decided. */
static Decisions decide_all(Turn *turn, const Library *library, const Facts *facts)
{
    Decisions decisions = {facts, ARENA_MANY(turn->arena, BillingDecision, facts->count)};
    for (size_t i = 0; i < facts->count; i++) {
        const HeardFact *heard = &facts->list[i];
        const Books *books = library_books(library, heard->heard->partition);
        decisions.list[i] = billing_decide(turn->arena, facts->standing, &heard->fact, books);
    }
    return decisions;
}

/* A book is known from its first piece on, and goes on before what it corrects. */
static Status begin_book(Turn *turn, Library *library, const HeardFact *fact)
{
    Batch alone = {fact->heard, 1};
    TRY(library_load(library, turn, alone));
    if (turn->cursor.size > 0)
        return STATUS_OK;
    TRY(library_hear(library, turn, fact->heard, fact->book));
    billing_say_book(turn, fact->heard);
    return STATUS_OK;
}

/* What a book that was published corrects: a piece of it, and whether there is more. */
static Status correct(Turn *turn, House *house, const HeardFact *fact)
{
    const Heard *heard = fact->heard;
    Library *library = house_library(house);
    TRY(begin_book(turn, library, fact));
    const Books *books = library_books(library, heard->partition);
    const Book *book = books_newest(books, heard->known);
    PricesSaid prices = book_prices(turn->arena, book);
    if (!prices_are_said(&prices))
        return STATUS_OK;

    CorrectionCursor cursor;
    TRY(billing_hear_cursor(turn, &cursor));
    OpenLines open;
    TRY(billing_load_open(turn->arena, turn->database, heard->partition, heard->position, &prices, cursor.after,
                          house_piece(house), &open));
    const CorrectionWork work = {
        .partition = heard->partition,
        .book = book_number(book),
        .known = heard->known,
        .lines = open.list,
        .line_count = open.count,
        .begun = cursor.after.conversation,
        .totals = cursor.totals,
        .reached = open.last.conversation,
        .all = open.all,
    };
    CorrectedParts parts = billing_correct_all(turn->arena, &work, books);

    TRY(billing_keep_corrected(turn, heard, book, &parts));
    billing_say_corrected(turn, heard, book, &parts);
    if (!open.all) {
        CorrectionTotals so_far = corrected_so_far(turn->arena, &parts, open.last.conversation);
        turn->more = billing_say_cursor(turn->arena, open.last.conversation, open.last.reference, &so_far);
        turn->taken = 0;
    }
    return STATUS_OK;
}

/* hear -> load -> decide -> keep -> say */
Status billing_turn(Turn *turn, Batch batch)
{
    House *house = turn->house;
    Facts facts;
    TRY(billing_hear(turn, batch, house_begin(house, batch), &facts));
    turn->taken = facts.count;
    turn->waits = facts.waits;
    if (facts.count > 0 && facts.list[0].book)
        return correct(turn, house, &facts.list[0]);

    Library *library = house_library(house);
    TRY(billing_load(turn, library, batch, &facts));
    Decisions decisions = decide_all(turn, library, &facts);
    TRY(billing_keep(turn, &decisions));
    billing_say(turn, &decisions);
    house_end(house, batch, turn->taken);
    return STATUS_OK;
}
