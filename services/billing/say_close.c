#include "billing/say_close.h"

#include "billing/say_wire.h"

static Billing__Statement__Row *row(Arena *arena, const StatementRow *of)
{
    Billing__Statement__Row *wire = ARENA_NEW(arena, Billing__Statement__Row);
    billing__statement__row__init(wire);
    wire->service_year = of->kind.service_year;
    wire->pic = wire_pic(arena, of->kind.pic);
    wire->category = wire_text(of->kind.category);
    wire->code = wire_text(of->kind.code);
    wire->lines = of->lines;
    wire->declared = wire_money(arena, of->declared);
    wire->approved = wire_money(arena, of->approved);
    wire->rejected_lines = of->rejected_lines;
    wire->rejected = wire_money(arena, of->rejected);
    wire->credited_lines = of->credited_lines;
    wire->credited = wire_money(arena, of->credited);
    wire->corrected = wire_money(arena, of->corrected);
    wire->in_progress = wire_money(arena, of->in_progress);
    wire->ahead = wire_money(arena, of->ahead);
    wire->obligation = wire_money(arena, of->obligation);
    wire->undeclared = of->undeclared;
    return wire;
}

static Billing__Statement *statement(Arena *arena, const Statement *of, bool withdrawn)
{
    Billing__Statement *wire = ARENA_NEW(arena, Billing__Statement);
    billing__statement__init(wire);
    wire->year = of->year;
    wire->digest = digest_write(&of->digest, arena_take(arena, DIGEST_TEXT_SIZE));
    wire->withdrawn = withdrawn;
    wire->n_rows = of->count;
    wire->rows = ARENA_MANY(arena, Billing__Statement__Row *, of->count);
    for (size_t i = 0; i < of->count; i++)
        wire->rows[i] = row(arena, &of->rows[i]);
    return wire;
}

/* The fact that it stands on has no more than the conversation: what was decided of the year has been said. */
static void say_one(Turn *turn, const HeardFact *heard, const ClosedStatement *closed)
{
    const Conversation *conversation = closed->statement->conversation;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.id = wire_text(heard->heard->id);
    fact.municipality = wire_text(conversation->municipality);
    fact.provider = wire_text(conversation->provider);
    Allocation__Judged about = ALLOCATION__JUDGED__INIT;
    about.fact = &fact;
    Billing__Judged judged = BILLING__JUDGED__INIT;
    judged.heard = &about;
    judged.judgement_case = BILLING__JUDGED__JUDGEMENT_STATEMENT;
    judged.statement = statement(turn->arena, closed->statement, !heard->decided.closed);
    wire_postings(turn->arena, &closed->postings, &judged);
    const char *subject = arena_format(turn->arena, "%s/%s", fact.municipality, fact.provider);
    turn_say_about(turn, heard->heard, subject, "billing.Judged", message_pack(turn->arena, &judged.base));
}

void billing_say_statements(Turn *turn, const HeardFact *fact, const ClosedStatement *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        say_one(turn, fact, &list[i]);
}

void billing_say_year(Turn *turn, const Heard *heard)
{
    Billing__Judged nothing = BILLING__JUDGED__INIT;
    turn_say_bytes(turn, heard, "billing.Judged", wire_packed(turn->arena, &nothing, heard->data));
}

Bytes billing_say_close_cursor(Arena *arena, int64_t conversation)
{
    Billing__CloseCursor cursor = BILLING__CLOSE_CURSOR__INIT;
    cursor.conversation = conversation;
    return message_pack(arena, &cursor.base);
}
