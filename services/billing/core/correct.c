#include "billing/core/correct.h"

#include "billing/core/part.h"
#include "billing/core/rate.h"

#include <string.h>

static const char *const STATES[][2] = {
#define CORRECTION_STATE_WORDS(name, english) [CORRECTION_##name] = {#name, english},
    BILLING_CORRECTIONS(CORRECTION_STATE_WORDS)
#undef CORRECTION_STATE_WORDS
};

const char *correction_state_name(CorrectionState state)
{
    return STATES[state][0];
}

const char *correction_state_english(CorrectionState state)
{
    return STATES[state][1];
}

/* how a line is rated now */

static bool is_part(BillingFormula formula)
{
    return formula == BILLING_FORMULA_START_PART || formula == BILLING_FORMULA_END_PART ||
           formula == BILLING_FORMULA_WHOLE || formula == BILLING_FORMULA_MONTH_PART ||
           formula == BILLING_FORMULA_PRO_RATA_END || formula == BILLING_FORMULA_PRO_RATA_WHOLE;
}

static bool stands_at(const Entry *entry, const Source *source)
{
    return source->book == book_number(entry->book) && source->line == entry->line &&
           strcmp(source->file, entry->file) == 0;
}

/*
 * Under the terms it was rated by, a part stays what it was but for the price: what became known of the care since
 * changes nothing. How much of a month a cap leaves follows from the price, too.
 */
static bool part_inputs(const OpenLine *open, const PaymentTerms *terms, const PartPrice *price,
                        RatingInputs *inputs_out)
{
    const JudgedLine *judged = &open->judged;
    bool cuts_months = terms->shape == PAYMENT_MONTHLY && terms->amount_cap.cents > 0;
    if (cuts_months || !stands_at(&terms->entry, &open->terms))
        return part_anew(judged->line->allocation, terms, price, judged->line->period, judged->inputs.formula,
                         inputs_out);
    *inputs_out = open->rated;
    inputs_out->price = price->price;
    return true;
}

static CorrectionState rate_part(const OpenLine *open, const Books *books, Day known, Rated *rated_out)
{
    const Line *line = open->judged.line;
    const Allocated *granted = &line->allocation->granted;
    const Conversation *conversation = line->allocation->conversation;
    const PaymentTerms *terms = books_payment_terms(books, granted->segment, granted->pic, conversation->provider,
                                                    granted->period.first, known);
    if (!terms)
        return CORRECTION_PRICE_GONE;
    PartPrice price;
    BillingReason reason = part_price(line->allocation, terms, books, line->period, known, &price);
    if (reason != BILLING_APPROVED)
        return reason == BILLING_AMOUNT_TOO_LARGE ? CORRECTION_TOO_LARGE : CORRECTION_PRICE_GONE;

    *rated_out = (Rated){.reason = BILLING_APPROVED, .price = price.entry, .terms = &terms->entry};
    if (!part_inputs(open, terms, &price, &rated_out->inputs))
        return CORRECTION_PARTS_DIFFER;
    if (!billing_rate(&rated_out->inputs, &rated_out->amount))
        return CORRECTION_TOO_LARGE;
    rated_out->inputs.volume = rated_out->amount.cents;
    return CORRECTION_CORRECTED;
}

static CorrectionState rate_product(const OpenLine *open, const Books *books, Day known, Rated *rated_out)
{
    *rated_out = billing_rate_pxq(open->judged.line, books, known);
    if (rated_out->reason == BILLING_AMOUNT_TOO_LARGE)
        return CORRECTION_TOO_LARGE;
    return rated_out->reason == BILLING_APPROVED ? CORRECTION_CORRECTED : CORRECTION_PRICE_GONE;
}

static Corrections way_of(const Line *line, const Books *books, Day known)
{
    const Conversation *conversation = line->allocation->conversation;
    const Contract *contract = books_contract(books, conversation->provider, line->allocation->granted.segment,
                                              conversation->municipality, line->period.first, known);
    /* Where no contract says it, the provider is asked. */
    return contract ? contract->corrections : CORRECTIONS_DECLARED;
}

static Money adjusted_in_all(const JudgedLine *judged)
{
    Money sum = {0};
    for (size_t i = 0; i < judged->adjusted_count; i++)
        sum.cents += judged->adjusted[i].amount.cents;
    return sum;
}

Assessment billing_assess(const OpenLine *open, const Books *books, Day known)
{
    const JudgedLine *judged = &open->judged;
    Money before = {judged->amount.cents + adjusted_in_all(judged).cents};
    Assessment assessed = {.before = before, .after = before};
    assessed.state = is_part(judged->inputs.formula) ? rate_part(open, books, known, &assessed.rated)
                                                     : rate_product(open, books, known, &assessed.rated);
    if (assessed.state != CORRECTION_CORRECTED)
        return assessed;
    if (assessed.rated.amount.cents == before.cents) {
        assessed.state = CORRECTION_UNTOUCHED;
        return assessed;
    }
    assessed.after = assessed.rated.amount;
    assessed.way = way_of(judged->line, books, known);
    return assessed;
}

/* what is made of it */

const char *correction_dutch(Corrections way)
{
    switch (way) {
    case CORRECTIONS_SELF_BILLED:
        return "De prestaties zijn voor u gecrediteerd en opnieuw gedeclareerd; u hoeft niets te doen.";
    case CORRECTIONS_DECLARED:
        return "Crediteer deze prestaties en declareer ze opnieuw tegen het gewijzigde bedrag.";
    case CORRECTIONS_SETTLED:
        break;
    }
    return "Het verschil wordt in één bedrag voor het jaar verrekend; u hoeft niets te doen.";
}

const char *correction_document(Arena *arena, Corrections way, int32_t book, int32_t service_year)
{
    switch (way) {
    case CORRECTIONS_SELF_BILLED:
        return arena_format(arena, "nota~%d", book);
    case CORRECTIONS_DECLARED:
        return arena_format(arena, "verzoek~%d", book);
    case CORRECTIONS_SETTLED:
        break;
    }
    return arena_format(arena, "verrekening~%d~%d", book, service_year);
}

static int32_t year_of(const OpenLine *open)
{
    return day_parts(open->judged.line->period.first).year;
}

static const char *origin_of(const Line *line)
{
    return line->origin ? line->origin : line->reference->text;
}

static Reference *reference_new(Arena *arena, const Conversation *conversation, const char *text)
{
    Reference *reference = ARENA_NEW(arena, Reference);
    reference->conversation = conversation;
    reference->text = text;
    return reference;
}

/* A line as the one that stands, under a reference of its own. */
static Line *line_like(Arena *arena, const Line *like, const char *reference)
{
    Line *line = ARENA_NEW(arena, Line);
    *line = *like;
    line->origin = origin_of(like);
    line->replaces = NULL;
    line->reference = reference_new(arena, like->reference->conversation, reference);
    return line;
}

static const JudgedLine *credit_of(Arena *arena, const OpenLine *open, int32_t book)
{
    const JudgedLine *debet = &open->judged;
    Line *line = line_like(arena, debet->line, arena_format(arena, "%s~%dc", origin_of(debet->line), book));
    line->credits = debet->line->reference;

    JudgedLine *credit = ARENA_NEW(arena, JudgedLine);
    *credit = (JudgedLine){
        .line = line,
        .reason = BILLING_APPROVED,
        .kept = true,
        .amount = debet->amount,
        .inputs = {.formula = BILLING_FORMULA_CREDIT, .price = debet->amount},
        .book = book,
        .debet = debet,
    };
    billing_note_granted(credit);
    return credit;
}

static const JudgedLine *debet_of(Arena *arena, const OpenLine *open, const Rated *rated, int32_t book)
{
    const Line *before = open->judged.line;
    Line *line = line_like(arena, before, arena_format(arena, "%s~%d", origin_of(before), book));
    line->replaces = before->reference->text;
    line->tariff_given = before->tariff_given;
    line->tariff = rated->tariff;
    if (is_part(rated->inputs.formula))
        line->volume = rated->amount.cents;

    JudgedLine *debet = ARENA_NEW(arena, JudgedLine);
    *debet = (JudgedLine){
        .line = line,
        .reason = BILLING_APPROVED,
        .kept = true,
        .amount = rated->amount,
        .inputs = rated->inputs,
        .price = rated->price,
        .terms = rated->terms,
        .book = book,
    };
    billing_note_granted(debet);
    return debet;
}

/* Whether an earlier adjustment stays beside what is made now. */
static bool stays(const Adjusted *adjusted, Corrections way)
{
    return way == CORRECTIONS_DECLARED || (way == CORRECTIONS_SETTLED && adjusted->way == CORRECTIONS_SETTLED);
}

static int64_t counted_as(const JudgedLine *judged, const RatingInputs *inputs)
{
    JudgedLine rated = *judged;
    rated.inputs = *inputs;
    return standing_counted(&rated);
}

/* All that is taken back; the difference to what then stands is the last of them, where no line is made. */
static void adjust(Arena *arena, Correction *correction, int32_t book)
{
    const JudgedLine *judged = &correction->open->judged;
    const Assessment *assessed = &correction->assessed;
    Adjusted *list = ARENA_MANY(arena, Adjusted, judged->adjusted_count + 1);
    Money left = judged->amount;
    int64_t counted = standing_counted(judged);
    for (size_t i = 0; i < judged->adjusted_count; i++) {
        const Adjusted *earlier = &judged->adjusted[i];
        if (stays(earlier, assessed->way)) {
            left.cents += earlier->amount.cents;
            counted += earlier->counted;
            continue;
        }
        list[correction->adjusted_count++] =
            (Adjusted){earlier->way, earlier->document, money_negated(earlier->amount), -earlier->counted};
    }
    if (assessed->way != CORRECTIONS_SELF_BILLED) {
        list[correction->adjusted_count++] = (Adjusted){
            .way = assessed->way,
            .document = correction_document(arena, assessed->way, book, year_of(correction->open)),
            .amount = {assessed->after.cents - left.cents},
            .counted = counted_as(judged, &assessed->rated.inputs) - counted,
        };
        correction->rates = true;
    }
    correction->adjusted = list;
}

Correction billing_correct(Arena *arena, const OpenLine *open, const Assessment *assessed, int32_t book)
{
    Correction correction = {.open = open, .assessed = *assessed};
    if (assessed->way == CORRECTIONS_SELF_BILLED) {
        correction.credit = credit_of(arena, open, book);
        correction.debet = debet_of(arena, open, &assessed->rated, book);
    }
    if (assessed->way != CORRECTIONS_SELF_BILLED || open->judged.adjusted_count > 0)
        adjust(arena, &correction, book);
    return correction;
}
