#include "billing/say_corrected.h"

#include "billing/say_wire.h"

static Billing__Corrected__Line *line(Arena *arena, const Correction *correction)
{
    const Line *stood = correction->open->judged.line;
    const Rated *rated = &correction->assessed.rated;
    Billing__Corrected__Line *wire = ARENA_NEW(arena, Billing__Corrected__Line);
    billing__corrected__line__init(wire);
    wire->reference = wire_text(stood->reference->text);
    wire->allocation = wire_text(stood->allocation->number);
    wire->client = wire_text(stood->client);
    if (*stood->allocation->granted.pic.profile)
        wire->trajectory = wire_text(stood->allocation->granted.trajectory);
    wire->period = wire_period(arena, stood->period);
    wire->way = (Billing__Corrected__Way__Value)correction->assessed.way;
    wire->before = wire_money(arena, correction->assessed.before);
    wire->after = wire_money(arena, correction->assessed.after);
    if (rated->tariff.cents)
        wire->tariff = wire_money(arena, rated->tariff);
    if (correction->credit) {
        wire->credited_by = wire_text(correction->credit->line->reference->text);
        wire->replaced_by = wire_text(correction->debet->line->reference->text);
    }
    return wire;
}

static Billing__Corrected__Sum *sum(Arena *arena, const CorrectionSum *of)
{
    Billing__Corrected__Sum *wire = ARENA_NEW(arena, Billing__Corrected__Sum);
    billing__corrected__sum__init(wire);
    wire->segment = wire_text(of->segment);
    wire->funding = (Care__Funding__Value)of->funding;
    wire->pic = wire_pic(arena, of->pic);
    wire->month_day = of->month.number;
    wire->debet_lines = of->debet_lines;
    wire->debet = wire_money(arena, of->debet);
    wire->credit_lines = of->credit_lines;
    wire->credit = wire_money(arena, of->credit);
    return wire;
}

static Billing__Corrected__Document *document(Arena *arena, const CorrectionDocument *of)
{
    Billing__Corrected__Document *wire = ARENA_NEW(arena, Billing__Corrected__Document);
    billing__corrected__document__init(wire);
    wire->number = wire_text(of->number);
    wire->way = (Billing__Corrected__Way__Value)of->way;
    wire->service_year = of->service_year;
    wire->lines = of->lines;
    wire->before = wire_money(arena, of->before);
    wire->after = wire_money(arena, of->after);
    wire->sentence = wire_text(correction_dutch(of->way));
    return wire;
}

/* A run of a part's corrections; documents go with the last one. */
static Billing__Corrected *corrected(Arena *arena, const Book *book, const CorrectedPart *part, size_t first,
                                     size_t count)
{
    bool is_last = first + count == part->count;
    Billing__Corrected *wire = ARENA_NEW(arena, Billing__Corrected);
    billing__corrected__init(wire);
    wire->book = book_number(book);
    wire->slug = wire_text(book_slug(book));

    wire->n_lines = count;
    wire->lines = ARENA_MANY(arena, Billing__Corrected__Line *, count);
    for (size_t i = 0; i < count; i++)
        wire->lines[i] = line(arena, &part->corrections[first + i]);

    CorrectionSum *sums;
    wire->n_sums = corrections_sum(arena, part->corrections + first, count, &sums);
    wire->sums = ARENA_MANY(arena, Billing__Corrected__Sum *, wire->n_sums);
    for (size_t i = 0; i < wire->n_sums; i++)
        wire->sums[i] = sum(arena, &sums[i]);

    wire->n_documents = is_last ? part->document_count : 0;
    wire->documents = ARENA_MANY(arena, Billing__Corrected__Document *, wire->n_documents);
    for (size_t i = 0; i < wire->n_documents; i++)
        wire->documents[i] = document(arena, &part->documents[i]);
    return wire;
}

/* The fact that it stands on has no more than the conversation: the book has been said. */
static void say_run(Turn *turn, const Heard *heard, const Book *book, const CorrectedPart *part, size_t first,
                    size_t count)
{
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.id = wire_text(heard->id);
    fact.municipality = wire_text(part->conversation->municipality);
    fact.provider = wire_text(part->conversation->provider);
    Allocation__Judged about = ALLOCATION__JUDGED__INIT;
    about.fact = &fact;
    Billing__Judged judged = BILLING__JUDGED__INIT;
    judged.heard = &about;
    judged.judgement_case = BILLING__JUDGED__JUDGEMENT_CORRECTED;
    judged.corrected = corrected(turn->arena, book, part, first, count);
    if (first + count == part->count)
        wire_postings(turn->arena, &part->postings, &judged);
    const char *subject = arena_format(turn->arena, "%s/%s", fact.municipality, fact.provider);
    turn_say_about(turn, heard, subject, "billing.Judged", message_pack(turn->arena, &judged.base));
}

/* A letter of a few hundred lines is read like any other. */
static void say_part(Turn *turn, const Heard *heard, const Book *book, const CorrectedPart *part)
{
    enum { LINES_OF_ONE_MAX = 500 };
    size_t first = 0;
    do {
        size_t left = part->count - first;
        size_t count = left < LINES_OF_ONE_MAX ? left : LINES_OF_ONE_MAX;
        say_run(turn, heard, book, part, first, count);
        first += count;
    } while (first < part->count);
}

void billing_say_book(Turn *turn, const Heard *heard)
{
    Billing__Judged nothing = BILLING__JUDGED__INIT;
    turn_say_bytes(turn, heard, "billing.Judged", wire_packed(turn->arena, &nothing, heard->data));
}

void billing_say_corrected(Turn *turn, const Heard *heard, const Book *book, const CorrectedParts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        if (parts->list[i].count > 0 || parts->list[i].document_count > 0)
            say_part(turn, heard, book, &parts->list[i]);
}

Bytes billing_say_cursor(Arena *arena, int64_t conversation, const char *reference, const CorrectionTotals *totals)
{
    Billing__CorrectionCursor cursor = BILLING__CORRECTION_CURSOR__INIT;
    cursor.conversation = conversation;
    cursor.reference = wire_text(reference);
    cursor.n_totals = totals->count;
    cursor.totals = ARENA_MANY(arena, Billing__CorrectionCursor__Total *, totals->count);
    for (size_t i = 0; i < totals->count; i++) {
        const CorrectionTotal *total = &totals->list[i];
        Billing__CorrectionCursor__Total *wire = ARENA_NEW(arena, Billing__CorrectionCursor__Total);
        billing__correction_cursor__total__init(wire);
        wire->document = wire_text(total->document);
        wire->made = total->made;
        wire->way = (Billing__Corrected__Way__Value)total->way;
        wire->service_year = total->service_year;
        wire->lines = total->lines;
        wire->before_cents = total->before.cents;
        wire->after_cents = total->after.cents;
        cursor.totals[i] = wire;
    }
    return message_pack(arena, &cursor.base);
}
