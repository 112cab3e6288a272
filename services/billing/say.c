#include "billing/say.h"

#include "billing/say_wire.h"

static void say_reason(Billing__DeclarationAnswered__Line *wire, const JudgedLine *judged)
{
    if (judged->reason == BILLING_APPROVED) {
        wire->approved = true;
    } else if (judged->reason == BILLING_MISMATCHED) {
        wire->code = wire_text(judged->line->match_code);
        wire->reason = wire_text(judged->line->match_reason);
        wire->sentence = wire_text(judged->line->match_sentence);
    } else {
        wire->code = wire_text(billing_reason_code(judged->reason));
        wire->reason = wire_text(billing_reason_name(judged->reason));
        wire->sentence = wire_text(billing_reason_dutch(judged->reason));
    }
}

/* NULL when corrections had added nothing to the debet line. */
static Care__Money *taken_back(Arena *arena, const JudgedLine *credit)
{
    if (!credit->debet || credit->debet->adjusted_count == 0)
        return NULL;
    Money sum = {0};
    for (size_t i = 0; i < credit->debet->adjusted_count; i++)
        sum.cents += credit->debet->adjusted[i].amount.cents;
    return wire_money(arena, sum);
}

static Billing__DeclarationAnswered__Line *line(Arena *arena, const JudgedLine *judged)
{
    const Line *declared = judged->line;
    Billing__DeclarationAnswered__Line *wire = ARENA_NEW(arena, Billing__DeclarationAnswered__Line);
    billing__declaration_answered__line__init(wire);
    wire->reference = wire_text(declared->reference->text);
    say_reason(wire, judged);
    wire->amount = wire_money(arena, judged->amount);
    wire->client = wire_text(declared->client);
    wire->period = wire_period(arena, declared->period);
    wire->allocation = wire_text(declared->allocation->number);
    if (declared->credits) {
        wire->credit = true;
        wire->credits = wire_text(declared->credits->text);
        wire->taken_back = taken_back(arena, judged);
    }
    if (declared->allocation->known) {
        const Allocated *granted = &declared->allocation->granted;
        wire->funding = (Care__Funding__Value)granted->funding;
        wire->segment = wire_text(granted->segment);
        wire->pic = wire_pic(arena, granted->pic);
        wire->trajectory = wire_text(granted->trajectory);
    }
    return wire;
}

static Billing__DeclarationAnswered *answer(Arena *arena, const Judgement *judgement)
{
    Billing__DeclarationAnswered *wire = ARENA_NEW(arena, Billing__DeclarationAnswered);
    billing__declaration_answered__init(wire);
    wire->number = wire_text(judgement->declaration->number->text);
    wire->code = wire_text(judgement->code);
    if (judgement->reason != BILLING_APPROVED) {
        wire->reason = wire_text(billing_reason_name(judgement->reason));
        wire->sentence = wire_text(billing_reason_dutch(judgement->reason));
    }
    wire->submitted = wire_money(arena, judgement->submitted);
    wire->approved = wire_money(arena, judgement->approved);
    wire->n_lines = judgement->line_count;
    wire->lines = ARENA_MANY(arena, Billing__DeclarationAnswered__Line *, judgement->line_count);
    for (size_t i = 0; i < judgement->line_count; i++)
        wire->lines[i] = line(arena, &judgement->lines[i]);
    return wire;
}

static Billing__PaymentBooked *payment_booked(Arena *arena, const BillingDecision *decision)
{
    Billing__PaymentBooked *wire = ARENA_NEW(arena, Billing__PaymentBooked);
    billing__payment_booked__init(wire);
    wire->declaration = wire_text(decision->fact->payment.number->text);
    if (decision->payment != BILLING_PAYMENT_BOOKED) {
        wire->reason = wire_text(billing_reason_name(decision->payment));
        wire->sentence = wire_text(billing_reason_dutch(decision->payment));
    }
    return wire;
}

/* What billing adds to what it heard. */
static Billing__Judged judged(Arena *arena, const BillingDecision *decision)
{
    Billing__Judged wire = BILLING__JUDGED__INIT;
    if (decision->fact->kind == FACT_DECLARED) {
        wire.judgement_case = BILLING__JUDGED__JUDGEMENT_DECLARATION_ANSWERED;
        wire.declaration_answered = answer(arena, &decision->judgement);
    } else if (decision->fact->kind == FACT_PAID) {
        wire.judgement_case = BILLING__JUDGED__JUDGEMENT_PAYMENT_BOOKED;
        wire.payment_booked = payment_booked(arena, decision);
    }
    wire_postings(arena, &decision->postings, &wire);
    return wire;
}

void billing_say(Turn *turn, const Decisions *decisions)
{
    for (size_t i = 0; i < decisions->facts->count; i++) {
        const Heard *heard = decisions->facts->list[i].heard;
        Billing__Judged added = judged(turn->arena, &decisions->list[i]);
        turn_say_bytes(turn, heard, "billing.Judged", wire_packed(turn->arena, &added, heard->data));
    }
}
