#include "billing/say.h"

#include "proto/billing.pb-c.h"

#include <string.h>

/* The structs of the wire have no const; what they point to is only read. */
static char *said(const char *text)
{
    return (char *)(uintptr_t)text;
}

static Care__Money *money(Arena *arena, Money amount)
{
    Care__Money *wire = ARENA_NEW(arena, Care__Money);
    care__money__init(wire);
    wire->cents = amount.cents;
    return wire;
}

static Care__Period *period(Arena *arena, Period days)
{
    Care__Period *wire = ARENA_NEW(arena, Care__Period);
    care__period__init(wire);
    wire->first_day = days.first.number;
    wire->last_day = days.last.number;
    return wire;
}

static Care__Pic *pic(Arena *arena, Pic of)
{
    if (!of.profile[0])
        return NULL;
    Care__Pic *wire = ARENA_NEW(arena, Care__Pic);
    care__pic__init(wire);
    wire->profile = said(of.profile);
    wire->intensity = said(of.intensity);
    return wire;
}

static void say_reason(Billing__DeclarationAnswered__Line *wire, const JudgedLine *judged)
{
    if (judged->reason == BILLING_APPROVED) {
        wire->approved = true;
    } else if (judged->reason == BILLING_MISMATCHED) {
        wire->code = said(judged->line->match_code);
        wire->reason = said(judged->line->match_reason);
        wire->sentence = said(judged->line->match_sentence);
    } else {
        wire->code = said(billing_reason_code(judged->reason));
        wire->reason = said(billing_reason_name(judged->reason));
        wire->sentence = said(billing_reason_dutch(judged->reason));
    }
}

static Billing__DeclarationAnswered__Line *line(Arena *arena, const JudgedLine *judged)
{
    const Line *declared = judged->line;
    Billing__DeclarationAnswered__Line *wire = ARENA_NEW(arena, Billing__DeclarationAnswered__Line);
    billing__declaration_answered__line__init(wire);
    wire->reference = said(declared->reference->text);
    say_reason(wire, judged);
    wire->amount = money(arena, judged->amount);
    wire->client = said(declared->client);
    wire->period = period(arena, declared->period);
    wire->allocation = said(declared->allocation->number);
    if (declared->credits) {
        wire->credit = true;
        wire->credits = said(declared->credits->text);
    }
    if (declared->allocation->known) {
        const Allocated *granted = &declared->allocation->granted;
        wire->funding = (Care__Funding__Value)granted->funding;
        wire->segment = said(granted->segment);
        wire->pic = pic(arena, granted->pic);
        wire->trajectory = said(granted->trajectory);
    }
    return wire;
}

static Billing__DeclarationAnswered *answer(Arena *arena, const Judgement *judgement)
{
    Billing__DeclarationAnswered *wire = ARENA_NEW(arena, Billing__DeclarationAnswered);
    billing__declaration_answered__init(wire);
    wire->number = said(judgement->declaration->number->text);
    wire->code = said(judgement->code);
    if (judgement->reason != BILLING_APPROVED) {
        wire->reason = said(billing_reason_name(judgement->reason));
        wire->sentence = said(billing_reason_dutch(judgement->reason));
    }
    wire->submitted = money(arena, judgement->submitted);
    wire->approved = money(arena, judgement->approved);
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
    wire->declaration = said(decision->fact->payment.number->text);
    if (decision->payment != BILLING_PAYMENT_BOOKED) {
        wire->reason = said(billing_reason_name(decision->payment));
        wire->sentence = said(billing_reason_dutch(decision->payment));
    }
    return wire;
}

static Billing__Posting *posting(Arena *arena, const Posting *of)
{
    Billing__Posting *wire = ARENA_NEW(arena, Billing__Posting);
    billing__posting__init(wire);
    wire->account = said(account_name(of->account));
    wire->year = of->service_year;
    wire->booked_year = of->booked_year;
    wire->amount = money(arena, of->amount);
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
    wire.n_postings = decision->postings.count;
    wire.postings = ARENA_MANY(arena, Billing__Posting *, decision->postings.count);
    for (size_t i = 0; i < decision->postings.count; i++)
        wire.postings[i] = posting(arena, &decision->postings.postings[i]);
    return wire;
}

/* Field number 1, a message: its tag, its length, its bytes. What was heard goes on without being packed anew. */
static size_t put_heard(uint8_t *bytes, Bytes heard)
{
    enum { TAG = 1 << 3 | 2, SEVEN_BITS = 0x7f, MORE_FOLLOWS = 0x80 };
    size_t size = 0;
    bytes[size++] = TAG;
    size_t length = heard.size;
    for (; length > SEVEN_BITS; length >>= 7)
        bytes[size++] = (uint8_t)(length | MORE_FOLLOWS);
    bytes[size++] = (uint8_t)length;
    if (heard.size)
        memcpy(bytes + size, heard.data, heard.size);
    return size + heard.size;
}

static Bytes packed(Arena *arena, const Billing__Judged *added, Bytes heard)
{
    enum { TAG_AND_LENGTH_MAX = 12 };
    size_t added_size = protobuf_c_message_get_packed_size(&added->base);
    uint8_t *bytes = arena_take(arena, TAG_AND_LENGTH_MAX + heard.size + added_size);
    size_t size = put_heard(bytes, heard);
    size += protobuf_c_message_pack(&added->base, bytes + size);
    return (Bytes){bytes, size};
}

void billing_say(Turn *turn, const Decisions *decisions)
{
    for (size_t i = 0; i < decisions->facts->count; i++) {
        const Heard *heard = decisions->facts->list[i].heard;
        Billing__Judged added = judged(turn->arena, &decisions->list[i]);
        turn_say_bytes(turn, heard, "billing.Judged", packed(turn->arena, &added, heard->data));
    }
}
