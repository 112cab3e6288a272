#include "billing/keep.h"

#include "billing/keep_rows.h"

/* allocations, starts and stops */

static Status keep_allocated(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision)
{
    (void)decision;
    if (heard->fact.kind != FACT_ALLOCATED)
        return STATUS_OK;
    for (size_t i = 0; i < heard->fact.allocated.count; i++) {
        const Allocation *allocation = heard->fact.allocated.rows[i].allocation;
        const Allocated *granted = &heard->fact.allocated.rows[i].granted;
        TRY(sheet_row(sheet));
        put_conversation(sheet->copy, allocation->conversation);
        copy_text(sheet->copy, allocation->number);
        copy_int8(sheet->copy, heard->heard->position);
        copy_text(sheet->copy, granted->trajectory);
        copy_text(sheet->copy, granted->client);
        copy_text(sheet->copy, granted->segment);
        copy_text(sheet->copy, granted->contract);
        copy_text(sheet->copy, granted->pic.profile);
        copy_text(sheet->copy, granted->pic.intensity);
        copy_int2(sheet->copy, (int16_t)granted->funding);
        copy_text(sheet->copy, granted->category);
        copy_text(sheet->copy, granted->code);
        copy_int8(sheet->copy, granted->volume);
        copy_int2(sheet->copy, (int16_t)granted->unit);
        copy_int2(sheet->copy, (int16_t)granted->frequency);
        copy_day(sheet->copy, granted->period.first);
        copy_day(sheet->copy, granted->period.last);
        copy_int4(sheet->copy, granted->book);
        copy_bool(sheet->copy, granted->removed);
        copy_day(sheet->copy, heard->fact.known);
        copy_int2(sheet->copy, (int16_t)granted->goes_on_by);
    }
    return STATUS_OK;
}

static Status keep_notice(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision)
{
    (void)decision;
    const Fact *fact = &heard->fact;
    if (fact->kind != FACT_STARTED && fact->kind != FACT_STOPPED)
        return STATUS_OK;
    TRY(sheet_row(sheet));
    put_conversation(sheet->copy, fact->conversation);
    copy_text(sheet->copy, fact->notice.allocation->number);
    copy_int8(sheet->copy, heard->heard->position);
    copy_day(sheet->copy, fact->notice.day);
    if (fact->kind == FACT_STOPPED)
        copy_int2(sheet->copy, (int16_t)fact->notice.reason);
    else
        copy_null(sheet->copy);
    copy_day(sheet->copy, fact->known);
    return STATUS_OK;
}

/* The care that a death stopped. */
static Status keep_deaths(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision)
{
    for (size_t i = 0; i < decision->stopped_count; i++) {
        TRY(sheet_row(sheet));
        put_conversation(sheet->copy, heard->fact.conversation);
        copy_text(sheet->copy, decision->stopped[i]->number);
        copy_int8(sheet->copy, heard->heard->position);
        copy_day(sheet->copy, heard->fact.allocated.died);
        copy_int2(sheet->copy, STOP_DEATH);
        copy_day(sheet->copy, heard->fact.known);
    }
    return STATUS_OK;
}

/* declarations and their lines */

static bool was_judged(const HeardFact *heard, const BillingDecision *decision)
{
    return heard->fact.kind == FACT_DECLARED && decision->judgement.reason == BILLING_APPROVED;
}

static Status keep_declaration(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision)
{
    if (!was_judged(heard, decision))
        return STATUS_OK;
    const Judgement *judgement = &decision->judgement;
    TRY(sheet_row(sheet));
    put_conversation(sheet->copy, heard->fact.conversation);
    copy_text(sheet->copy, judgement->declaration->number->text);
    copy_int8(sheet->copy, heard->heard->position);
    copy_day(sheet->copy, judgement->declaration->month);
    copy_text(sheet->copy, judgement->code);
    copy_int8(sheet->copy, judgement->submitted.cents);
    copy_int8(sheet->copy, judgement->approved.cents);
    copy_day(sheet->copy, heard->fact.known);
    return STATUS_OK;
}

static Booking booking_of(const Fact *fact)
{
    return (Booking){fact->known, fact->closed};
}

static Status keep_lines(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision)
{
    if (!was_judged(heard, decision))
        return STATUS_OK;
    const Judgement *judgement = &decision->judgement;
    for (size_t i = 0; i < judgement->line_count; i++)
        if (judgement->lines[i].kept)
            TRY(sheet_line(sheet, heard->heard->position, judgement->declaration->number->text, &judgement->lines[i],
                           booking_of(&heard->fact)));
    return STATUS_OK;
}

/* A credit takes back what corrections had added to its debet line. */
static Status keep_taken_back(Sheet *sheet, const HeardFact *heard, const JudgedLine *debet)
{
    for (size_t i = 0; i < debet->adjusted_count; i++) {
        Adjusted back = debet->adjusted[i];
        back.amount = money_negated(back.amount);
        back.counted = -back.counted;
        TRY(sheet_adjustment(sheet, heard->heard->position, debet->line, &back, NULL, booking_of(&heard->fact)));
    }
    return STATUS_OK;
}

static Status keep_adjustments(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision)
{
    if (!was_judged(heard, decision))
        return STATUS_OK;
    const Judgement *judgement = &decision->judgement;
    for (size_t i = 0; i < judgement->line_count; i++)
        if (judgement->lines[i].debet)
            TRY(keep_taken_back(sheet, heard, judgement->lines[i].debet));
    return STATUS_OK;
}

/* money */

static const DeclarationNumber *number_of(const Fact *fact)
{
    return fact->kind == FACT_PAID ? fact->payment.number : fact->declaration.number;
}

static Status keep_postings(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision)
{
    for (size_t i = 0; i < decision->postings.count; i++)
        TRY(sheet_posting(sheet, heard->heard->position, heard->fact.conversation, number_of(&heard->fact)->text,
                          &decision->postings.postings[i], heard->fact.known));
    return STATUS_OK;
}

static Status keep_payment(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision)
{
    if (heard->fact.kind != FACT_PAID)
        return STATUS_OK;
    const Payment *payment = &heard->fact.payment;
    TRY(sheet_row(sheet));
    put_conversation(sheet->copy, heard->fact.conversation);
    copy_text(sheet->copy, payment->number->text);
    copy_int8(sheet->copy, heard->heard->position);
    copy_int8(sheet->copy, payment->amount.cents);
    copy_day(sheet->copy, payment->day);
    copy_text(sheet->copy, billing_reason_name(decision->payment));
    copy_day(sheet->copy, heard->fact.known);
    return STATUS_OK;
}

/* Table by table, since a connection carries one COPY at a time. */

typedef Status KeepFact(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision);

static Sheet sheet_of(Turn *turn, int16_t columns, const char *table_and_columns)
{
    return (Sheet){turn, table_and_columns, columns, NULL};
}

static Status keep_all(Sheet sheet, KeepFact *keep, const Decisions *decisions)
{
    for (size_t i = 0; i < decisions->facts->count; i++)
        TRY(keep(&sheet, &decisions->facts->list[i], &decisions->list[i]));
    return sheet_close(&sheet);
}

Status billing_keep(Turn *turn, const Decisions *decisions)
{
    TRY(keep_all(sheet_of(turn, 22,
                          "allocation(partition, conversation, number, position, trajectory, client, segment, contract,"
                          " profile, intensity, funding, category, code, volume, unit, frequency, first_day, last_day,"
                          " book, removed, known_day, goes_on_by)"),
                 keep_allocated, decisions));
    TRY(keep_all(sheet_of(turn, 7, "care(partition, conversation, allocation, position, day, reason, known_day)"),
                 keep_notice, decisions));
    TRY(keep_all(sheet_of(turn, 7, "care(partition, conversation, allocation, position, day, reason, known_day)"),
                 keep_deaths, decisions));
    TRY(keep_all(sheet_of_declarations(turn), keep_declaration, decisions));
    TRY(keep_all(sheet_of_lines(turn), keep_lines, decisions));
    TRY(keep_all(sheet_of_adjustments(turn), keep_adjustments, decisions));
    TRY(keep_all(sheet_of_postings(turn), keep_postings, decisions));
    return keep_all(
        sheet_of(turn, 8,
                 "payment(partition, conversation, declaration, position, amount_cents, day, reason, known_day)"),
        keep_payment, decisions);
}
