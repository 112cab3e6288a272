#include "billing/core/decide.h"

#include "billing/core/ledger.h"
#include "billing/core/part.h"
#include "billing/core/rate.h"
#include "billing/core/table.h"
#include "billing/core/volume.h"

#include <string.h>

/* the declaration as a whole */

static bool negative(const Line *line)
{
    return line->volume < 0 || line->tariff.cents < 0 || line->amount.cents < 0;
}

/* Two debet lines of one message are the same when even their product periods are. */
static bool same_debet(const void *value, const void *key)
{
    const Line *a = value;
    const Line *b = key;
    return a->month == b->month && a->period.last.number == b->period.last.number;
}

static uint64_t hash_debet(const Line *line)
{
    return hash_number(hash_number(HASH_SEED, (uintptr_t)line->month), (uint32_t)line->period.last.number);
}

/* Debet less credit; a line whose amount is left to us has none yet. */
static bool sum_given(const Declaration *declaration, Money *sum_out, bool *all_given_out)
{
    Money sum = {0};
    bool all_given = true;
    for (size_t i = 0; i < declaration->line_count; i++) {
        const Line *line = &declaration->lines[i];
        all_given = all_given && line->amount_given;
        if (!money_add(sum, line->credits ? money_negated(line->amount) : line->amount, &sum))
            return false;
    }
    *sum_out = sum;
    *all_given_out = all_given;
    return true;
}

/* The lines one by one: references, credits and debets that stand in the message twice. */
static BillingReason judge_message(Arena *arena, const Declaration *declaration)
{
    Table debets = table_new(arena, declaration->line_count);
    for (size_t i = 0; i < declaration->line_count; i++) {
        const Line *line = &declaration->lines[i];
        if (negative(line))
            return BILLING_QUANTITY_NEGATIVE;
        if (line->reference->named_in == declaration)
            return BILLING_REFERENCE_TWICE_IN_MESSAGE;
        line->reference->named_in = declaration;

        if (line->credits) {
            if (line->credits->credited_in == declaration)
                return BILLING_CREDITED_TWICE_IN_MESSAGE;
            line->credits->credited_in = declaration;
            continue;
        }
        uint64_t hash = hash_debet(line);
        if (table_find(&debets, hash, same_debet, line))
            return BILLING_DEBET_TWICE_IN_MESSAGE;
        table_add(&debets, hash, (void *)(uintptr_t)line);
    }
    for (size_t i = 0; i < declaration->line_count; i++) {
        const Reference *credited = declaration->lines[i].credits;
        if (credited && credited->named_in == declaration)
            return BILLING_CREDITED_IN_SAME_MESSAGE;
    }
    return BILLING_APPROVED;
}

static BillingReason judge_whole(Arena *arena, const Declaration *declaration)
{
    if (day_compare(declaration->month, period_month(declaration->month).first) != 0)
        return BILLING_MONTH_NOT_WHOLE;

    BillingReason reason = judge_message(arena, declaration);
    if (reason != BILLING_APPROVED)
        return reason;

    Money sum;
    bool all_given;
    if (!sum_given(declaration, &sum, &all_given))
        return BILLING_TOTAL_TOO_LARGE;
    if (declaration->total_given && all_given && declaration->total.cents != sum.cents)
        return BILLING_TOTAL_DIFFERS;

    if (declaration->number->used)
        return BILLING_NUMBER_NOT_UNIQUE;

    return BILLING_APPROVED;
}

/* credit lines */

static bool same_amounts(const Line *credit, const JudgedLine *debet)
{
    if (credit->volume != debet->line->volume)
        return false;
    if (credit->amount_given && credit->amount.cents != debet->amount.cents)
        return false;
    if (!credit->tariff_given)
        return true;
    return debet->line->tariff_given && credit->tariff.cents == debet->line->tariff.cents;
}

/* Who is known by another reference since is the client whose allocation it is now. */
static bool same_client(const char *client, const Line *debet)
{
    const Allocation *allocation = debet->allocation;
    return strcmp(client, debet->client) == 0 || (allocation->known && strcmp(client, allocation->granted.client) == 0);
}

/* Where billing put another line in the place of the declared one, the credit may copy either. */
static bool copies(const Line *credit, const JudgedLine *debet)
{
    const Line *line = debet->line;
    return credit->allocation == line->allocation && same_client(credit->client, line) &&
           strcmp(credit->category, line->category) == 0 && strcmp(credit->code, line->code) == 0 &&
           credit->period.first.number == line->period.first.number &&
           credit->period.last.number == line->period.last.number && credit->unit == line->unit &&
           (same_amounts(credit, debet) || (debet->declared && same_amounts(credit, debet->declared)));
}

/* A credit is judged against its debet only, and takes its amount from it. */
static void judge_credit(JudgedLine *judged)
{
    const Line *line = judged->line;
    const JudgedLine *debet = line->credits->line;

    if (line->client[0] == '\0')
        judged->reason = BILLING_CLIENT_UNKNOWN;
    else if (line->reference->state != LINE_UNKNOWN)
        judged->reason = BILLING_REFERENCE_NOT_UNIQUE;
    else if (line->credits->state != LINE_APPROVED || !debet || debet->debet)
        judged->reason = BILLING_DEBET_UNKNOWN;
    else if (line->credits->credited)
        judged->reason = BILLING_CREDITED_BEFORE;
    else if (!copies(line, debet))
        judged->reason = BILLING_CREDIT_DIFFERS;
    else {
        judged->reason = BILLING_APPROVED;
        judged->debet = debet;
        judged->inputs = (RatingInputs){.formula = BILLING_FORMULA_CREDIT, .price = debet->amount};
        judged->amount = debet->amount;
    }
}

/* debet lines */

/* What holds however the line is paid. */
static BillingReason judge_place(const Line *line, const Declaration *declaration)
{
    if (line->client[0] == '\0')
        return BILLING_CLIENT_UNKNOWN;
    if (line->match_code[0] != '\0')
        return BILLING_MISMATCHED;
    if (line->reference->state != LINE_UNKNOWN)
        return BILLING_REFERENCE_NOT_UNIQUE;
    if (!line->allocation->known)
        return BILLING_ALLOCATION_UNKNOWN;
    if (!volume_fits_unit(&line->allocation->granted, line->unit))
        return BILLING_UNIT_DIFFERS;
    if (day_compare(line->period.last, period_month(declaration->month).last) > 0)
        return BILLING_MONTH_TOO_LATE;
    if (line->month->debets_open > 0)
        return BILLING_DEBET_STANDS;
    return BILLING_APPROVED;
}

static BillingReason judge_volume(const Line *line, int64_t volume)
{
    const Allocation *allocation = line->allocation;
    int64_t counted;
    if (!volume_counted(&allocation->granted, volume, line->unit, &counted))
        return BILLING_VOLUME_EXCEEDED;
    if (counted > volume_in_period(&allocation->granted, line->period) &&
        allocation->granted.frequency != FREQUENCY_IN_TOTAL)
        return BILLING_VOLUME_EXCEEDED;

    int64_t in_all;
    if (__builtin_add_overflow(allocation->volume_open, counted, &in_all))
        return BILLING_TOTAL_EXCEEDED;
    return in_all > volume_in_all(&allocation->granted) ? BILLING_TOTAL_EXCEEDED : BILLING_APPROVED;
}

static BillingReason judge_budget(const Allocation *allocation, Money amount)
{
    Money in_all;
    if (!money_add(allocation->amount_open, amount, &in_all))
        return BILLING_AMOUNT_TOO_LARGE;
    if (volume_is_budget(&allocation->granted) && in_all.cents > allocation->granted.volume)
        return BILLING_BUDGET_EXCEEDED;
    return BILLING_APPROVED;
}

static Rated unpriced(BillingReason reason)
{
    return (Rated){.reason = reason};
}

static Rated rated(Rated so_far)
{
    so_far.reason = billing_rate(&so_far.inputs, &so_far.amount) ? BILLING_APPROVED : BILLING_AMOUNT_TOO_LARGE;
    return so_far;
}

Rated billing_rate_pxq(const Line *line, const Books *books, Day known)
{
    if (line->unit == UNIT_EURO)
        return rated((Rated){.inputs = {.formula = BILLING_FORMULA_VOLUME_IN_CENTS, .volume = line->volume}});

    const Conversation *conversation = line->allocation->conversation;
    const PxqTariff *tariff = books_pxq_tariff(books, line->code, conversation->municipality, conversation->provider,
                                               line->period.first, known);
    if (!tariff)
        return unpriced(BILLING_TARIFF_ABSENT);

    Rated so_far = {
        .inputs = {.formula = BILLING_FORMULA_VOLUME_TIMES_TARIFF, .price = tariff->price, .volume = line->volume},
        .tariff = tariff->price,
        .price = &tariff->entry,
    };
    if (tariff->unit == line->unit)
        return rated(so_far);
    if (tariff->unit != UNIT_HOUR || line->unit != UNIT_MINUTE || !billing_minute_tariff(tariff->price, &so_far.tariff))
        return unpriced(BILLING_TARIFF_ABSENT);
    so_far.inputs.formula = BILLING_FORMULA_MINUTES_AT_HOUR_TARIFF;
    return rated(so_far);
}

static void take_rating(JudgedLine *judged, const Rated *rating)
{
    judged->inputs = rating->inputs;
    judged->amount = rating->amount;
    judged->price = rating->price;
    judged->terms = rating->terms;
}

static BillingReason judge_pxq(JudgedLine *judged, const Books *books, Day known)
{
    const Line *line = judged->line;
    BillingReason reason = judge_volume(line, line->volume);
    if (reason != BILLING_APPROVED)
        return reason;

    Rated rating = billing_rate_pxq(line, books, known);
    if (line->unit == UNIT_EURO && line->tariff_given)
        return BILLING_TARIFF_NOT_ASKED;
    if (rating.reason != BILLING_APPROVED)
        return rating.reason;
    if (line->tariff_given && line->tariff.cents != rating.tariff.cents)
        return BILLING_TARIFF_DIFFERS;
    if (line->amount_given && line->amount.cents != rating.amount.cents)
        return BILLING_AMOUNT_DIFFERS;

    take_rating(judged, &rating);
    return judge_budget(line->allocation, rating.amount);
}

/* The choice that the given amount means; the first one when the amount is left to us. */
static BillingReason choose(const DueParts *due, bool given, Money amount, Rated *rating_out)
{
    bool too_much = true;
    for (size_t i = 0; i < due->count; i++) {
        Rated rating = *rating_out;
        rating.inputs = due->choices[i];
        rating = rated(rating);
        if (rating.reason != BILLING_APPROVED)
            return rating.reason;
        if (!given || rating.amount.cents == amount.cents) {
            *rating_out = rating;
            return BILLING_APPROVED;
        }
        too_much = too_much && amount.cents > rating.amount.cents;
    }
    if (too_much && due->capped)
        return BILLING_CAP_EXCEEDED;
    return too_much ? BILLING_PART_EXCEEDED : BILLING_PART_DIFFERS;
}

/* The volume of a trajectory's line is its amount in cents; either may stand for both. */
static bool amount_of_trajectory(const Line *line, Money *amount_out)
{
    if (line->amount_given)
        *amount_out = line->amount;
    else
        *amount_out = (Money){line->volume};
    return line->amount_given || line->volume > 0;
}

/* All that the trajectory is paid stays under the cap of its terms. */
static BillingReason judge_cap(const Allocation *allocation, const PaymentTerms *terms, Money amount)
{
    Money in_all;
    if (!money_add(part_paid_before(allocation), amount, &in_all))
        return BILLING_AMOUNT_TOO_LARGE;
    return terms->amount_cap.cents > 0 && in_all.cents > terms->amount_cap.cents ? BILLING_CAP_EXCEEDED
                                                                                 : BILLING_APPROVED;
}

static BillingReason judge_pic(JudgedLine *judged, const Books *books, Day known)
{
    const Line *line = judged->line;
    const Allocated *granted = &line->allocation->granted;
    const Conversation *conversation = line->allocation->conversation;

    if (line->tariff_given)
        return BILLING_TARIFF_NOT_ASKED;
    if (line->amount_given && line->volume != line->amount.cents)
        return BILLING_AMOUNT_DIFFERS;

    const PaymentTerms *terms = books_payment_terms(books, granted->segment, granted->pic, conversation->provider,
                                                    granted->period.first, known);
    if (!terms)
        return BILLING_TERMS_ABSENT;
    PartPrice price;
    BillingReason reason = part_price(line->allocation, terms, books, line->period, known, &price);
    if (reason != BILLING_APPROVED)
        return reason;

    DueParts due = part_due(line->allocation, terms, &price, line->period);
    if (due.reason != BILLING_APPROVED)
        return due.reason;

    Rated rating = {.price = price.entry, .terms = &terms->entry};
    Money asked;
    bool given = amount_of_trajectory(line, &asked);
    reason = choose(&due, given, asked, &rating);
    if (reason == BILLING_APPROVED)
        reason = judge_cap(line->allocation, terms, rating.amount);
    if (reason != BILLING_APPROVED)
        return reason;

    take_rating(judged, &rating);
    judged->inputs.volume = rating.amount.cents;
    return judge_volume(line, rating.amount.cents);
}

static void judge_debet(JudgedLine *judged, const Declaration *declaration, const Books *books, Day known)
{
    const Line *line = judged->line;
    judged->reason = judge_place(line, declaration);
    if (judged->reason != BILLING_APPROVED)
        return;
    judged->reason = line->allocation->granted.funding == FUNDING_PIC ? judge_pic(judged, books, known)
                                                                      : judge_pxq(judged, books, known);
}

/* the fold over a declaration's lines */

static Money given_or_rated(const JudgedLine *judged)
{
    Money amount = judged->line->amount_given ? judged->line->amount : judged->amount;
    return judged->line->credits ? money_negated(amount) : amount;
}

/* Refuses the line that would make the sum too large, counted without taking credits off: so no sum of some overflows. */
static void add_approved(JudgedLine *judged, Money *approved, Money *moved)
{
    if (judged->reason != BILLING_APPROVED)
        return;
    if (!money_add(*moved, judged->amount, moved))
        judged->reason = BILLING_AMOUNT_TOO_LARGE;
    else
        approved->cents += judged->debet ? -judged->amount.cents : judged->amount.cents;
}

/* From here on the line counts for what is judged after it. */
static void settle(JudgedLine *judged)
{
    Reference *reference = judged->line->reference;
    bool approved = judged->reason == BILLING_APPROVED;

    judged->kept = reference->state == LINE_UNKNOWN;
    if (judged->kept)
        reference->state = approved ? LINE_APPROVED : LINE_REJECTED;
    if (approved) {
        standing_approve(judged);
    } else {
        judged->amount = (Money){0};
        judged->inputs = (RatingInputs){0};
        judged->debet = NULL;
    }
}

static Judgement not_judged(const Declaration *declaration, BillingReason reason)
{
    Judgement judgement = {.declaration = declaration, .reason = reason, .code = billing_reason_code(reason)};
    bool all_given;
    if (!sum_given(declaration, &judgement.submitted, &all_given))
        judgement.submitted = declaration->total;
    return judgement;
}

static void judge_lines(Judgement *judgement, const Books *books, Day known)
{
    const Book *newest = books_newest(books, known);
    int32_t book = newest ? book_number(newest) : 0;
    Money moved = {0};
    for (int credits = 1; credits >= 0; credits--) {
        for (size_t i = 0; i < judgement->line_count; i++) {
            JudgedLine *judged = &judgement->lines[i];
            judged->line = &judgement->declaration->lines[i];
            if ((judged->line->credits != NULL) != credits)
                continue;
            judged->book = book;
            billing_note_granted(judged);
            if (credits)
                judge_credit(judged);
            else
                judge_debet(judged, judgement->declaration, books, known);
            add_approved(judged, &judgement->approved, &moved);
            settle(judged);
        }
    }
}

static const char *answer_code(const Judgement *judgement)
{
    for (size_t i = 0; i < judgement->line_count; i++)
        if (judgement->lines[i].reason != BILLING_APPROVED)
            return BILLING_CODE_NO_REMARK;
    return BILLING_CODE_ALL_APPROVED;
}

Judgement billing_judge(Arena *arena, const Declaration *declaration, const Books *books, Day known)
{
    BillingReason reason = judge_whole(arena, declaration);
    if (reason != BILLING_APPROVED)
        return not_judged(declaration, reason);

    Judgement judgement = {
        .declaration = declaration,
        .reason = BILLING_APPROVED,
        .lines = ARENA_MANY(arena, JudgedLine, declaration->line_count),
        .line_count = declaration->line_count,
    };
    judge_lines(&judgement, books, known);
    for (size_t i = 0; i < judgement.line_count; i++)
        if (!money_add(judgement.submitted, given_or_rated(&judgement.lines[i]), &judgement.submitted))
            break;
    judgement.code = answer_code(&judgement);

    declaration->number->used = true;
    judgement.postings = ledger_post_lines(arena, judgement.lines, judgement.line_count, known);
    judgement.taken_back = ledger_post_taken_back(arena, judgement.lines, judgement.line_count, known);
    ledger_note_payable(arena, declaration->number, &judgement.postings);
    return judgement;
}

/* facts */

/* What changes an allocation that was converted, and leaves its end, says nothing of what goes on: it still does. */
static void keep_what_goes_on(AllocatedRow *row)
{
    const Allocated *before = &row->allocation->granted;
    if (!row->granted.goes_on_by && row->allocation->known &&
        day_compare(before->period.last, row->granted.period.last) == 0)
        row->granted.goes_on_by = before->goes_on_by;
}

/* A death stops the care of what it ends, unless that had stopped before. */
static bool dies_with(const AllocatedRow *row, Day died)
{
    const Allocation *allocation = row->allocation;
    return row->granted.funding == FUNDING_PIC && !row->granted.removed &&
           !(allocation->stopped && day_compare(allocation->stop, died) <= 0);
}

static void hear_allocated(Arena *arena, Standing *standing, const Allocatings *allocated, BillingDecision *decision)
{
    decision->stopped = ARENA_MANY(arena, const Allocation *, allocated->count);
    for (size_t i = 0; i < allocated->count; i++) {
        AllocatedRow *row = &allocated->rows[i];
        keep_what_goes_on(row);
        standing_grant(standing, row->allocation, &row->granted);
        if (allocated->by_death && dies_with(row, allocated->died)) {
            standing_stop(row->allocation, allocated->died, STOP_DEATH);
            decision->stopped[decision->stopped_count++] = row->allocation;
        }
    }
}

static void book_payment(Arena *arena, BillingDecision *decision)
{
    const Payment *payment = &decision->fact->payment;
    decision->payment =
        ledger_post_payment(arena, payment->number, payment->amount, decision->fact->known, &decision->postings);
    ledger_note_payable(arena, payment->number, &decision->postings);
}

/* What a document of corrections leaves to be paid is less by what is taken back. */
static void note_taken_back(Arena *arena, Standing *standing, const Fact *fact, const Postings *taken_back)
{
    for (size_t i = 0; i < taken_back->count; i++) {
        Posting posting = taken_back->postings[i];
        DeclarationNumber *number = standing_number(standing, fact->conversation, posting.document);
        posting.document = NULL;
        ledger_note_payable(arena, number, &(Postings){&posting, 1});
    }
}

static void judge_declared(Arena *arena, Standing *standing, const Books *books, BillingDecision *decision)
{
    const Fact *fact = decision->fact;
    decision->judgement = billing_judge(arena, &fact->declaration, books, fact->known);
    const Judgement *judgement = &decision->judgement;
    note_taken_back(arena, standing, fact, &judgement->taken_back);
    decision->postings = ledger_join(arena, judgement->postings, judgement->taken_back);
    ledger_book(&decision->postings, fact->closed, fact->known);
}

BillingDecision billing_decide(Arena *arena, Standing *standing, const Fact *fact, const Books *books)
{
    BillingDecision decision = {.fact = fact};
    switch (fact->kind) {
    case FACT_PASSED_ON:
        break;
    case FACT_ALLOCATED:
        hear_allocated(arena, standing, &fact->allocated, &decision);
        break;
    case FACT_STARTED:
        standing_start(fact->notice.allocation, fact->notice.day);
        break;
    case FACT_STOPPED:
        standing_stop(fact->notice.allocation, fact->notice.day, fact->notice.reason);
        break;
    case FACT_DECLARED:
        judge_declared(arena, standing, books, &decision);
        break;
    case FACT_PAID:
        book_payment(arena, &decision);
        break;
    }
    return decision;
}
