#include "billing/turn.h"

#include "billing/core/corrected.h"
#include "billing/core/decide.h"
#include "billing/hear.h"
#include "billing/hear_cursor.h"
#include "billing/house.h"
#include "billing/keep.h"
#include "billing/keep_close.h"
#include "billing/keep_corrected.h"
#include "billing/load.h"
#include "billing/load_close.h"
#include "billing/load_open.h"
#include "billing/load_years.h"
#include "billing/say.h"
#include "billing/say_close.h"
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
    ClosedYears closed;
    TRY(billing_load_years(turn, heard, &closed));
    OpenLines open;
    TRY(billing_load_open(turn->arena, turn->database, heard->partition, heard->position, &prices, cursor.after,
                          house_piece(house), &open));
    const CorrectionWork work = {
        .partition = heard->partition,
        .book = book_number(book),
        .known = heard->known,
        .closed = closed,
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

/* A year is closed once, and what is open is not opened again. */
static Status begin_year(Turn *turn, Library *library, const HeardFact *fact, ClosedYears *closed_out)
{
    TRY(library_load(library, turn, (Batch){fact->heard, 1}));
    TRY(billing_load_years(turn, fact->heard, closed_out));
    bool is_closed = false;
    for (size_t i = 0; i < closed_out->count; i++)
        is_closed = is_closed || closed_out->years[i] == fact->decided.year;
    if (is_closed == fact->decided.closed)
        return FAULT(STATUS_SET_ASIDE, "year %d is %s already", fact->decided.year, is_closed ? "closed" : "open");
    if (turn->cursor.size == 0)
        billing_say_year(turn, fact->heard);
    return STATUS_OK;
}

static ClosedStatement *post_all(Arena *arena, const Statements *statements, const HeardFact *fact, ClosedYears closed)
{
    ClosedStatement *list = ARENA_MANY(arena, ClosedStatement, statements->count);
    for (size_t i = 0; i < statements->count; i++) {
        const Statement *statement = &statements->list[i];
        list[i] = (ClosedStatement){
            .statement = statement,
            .postings = fact->decided.closed ? statement_post(arena, statement, closed, fact->heard->known)
                                             : statement_post_back(arena, statement, closed, fact->heard->known),
        };
    }
    return list;
}

/* A year that is closed, or opened again: some conversations of it, and whether there are more. */
static Status decide_year(Turn *turn, House *house, const HeardFact *fact)
{
    const Heard *heard = fact->heard;
    Library *library = house_library(house);
    ClosedYears closed;
    TRY(begin_year(turn, library, fact, &closed));
    int64_t after;
    TRY(billing_hear_close_cursor(turn, &after));
    ConversationPiece piece;
    TRY(billing_load_piece(turn->arena, turn->database, heard->partition, after, house_piece(house), &piece));
    const StatementScope scope = {heard->partition, piece.first, piece.last, fact->decided.year, heard->known};
    Statements statements = {0};
    if (fact->decided.closed)
        TRY(billing_load_statements(turn->arena, turn->database, library, &scope, &statements));
    else
        TRY(billing_load_frozen(turn->arena, turn->database, &scope, &statements));
    const ClosedStatement *list = post_all(turn->arena, &statements, fact, closed);

    if (fact->decided.closed)
        TRY(billing_keep_frozen(turn, heard, list, statements.count));
    TRY(billing_keep_close_postings(turn, heard, list, statements.count));
    billing_say_statements(turn, fact, list, statements.count);
    if (piece.all)
        return billing_keep_year(turn, fact);
    turn->more = billing_say_close_cursor(turn->arena, piece.last);
    turn->taken = 0;
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

    if (facts.count > 0 && facts.list[0].decided.year)
        return decide_year(turn, house, &facts.list[0]);

    Library *library = house_library(house);
    TRY(billing_load(turn, library, batch, &facts));
    Decisions decisions = decide_all(turn, library, &facts);
    TRY(billing_keep(turn, &decisions));
    billing_say(turn, &decisions);
    house_end(house, batch, turn->taken);
    return STATUS_OK;
}
