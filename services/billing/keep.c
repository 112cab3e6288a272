#include "billing/keep.h"

#include "billing/core/rate.h"
#include "db/copy.h"

/* Rows of one table of one batch; the COPY begins with the first of them. */
typedef struct Sheet {
    Turn *turn;
    const char *table_and_columns;
    int16_t columns;
    Copy *copy;
} Sheet;

static Status sheet_row(Sheet *sheet)
{
    if (!sheet->copy)
        TRY(copy_open(sheet->turn->database, sheet->turn->arena, sheet->table_and_columns, &sheet->copy));
    copy_row(sheet->copy, sheet->columns);
    return STATUS_OK;
}

static Status sheet_close(Sheet *sheet)
{
    return sheet->copy ? copy_close(sheet->copy) : STATUS_OK;
}

static void put_conversation(Copy *copy, const Conversation *conversation)
{
    copy_int2(copy, conversation->partition);
    copy_int8(copy, conversation->number);
}

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

static int16_t parts_of(const JudgedLine *judged)
{
    switch (judged->inputs.formula) {
    case BILLING_FORMULA_START_PART:
        return 1;
    case BILLING_FORMULA_END_PART:
        return 2;
    case BILLING_FORMULA_WHOLE:
        return 3;
    case BILLING_FORMULA_CREDIT:
        return judged->debet ? parts_of(judged->debet) : 0;
    case BILLING_FORMULA_NONE:
    case BILLING_FORMULA_VOLUME_TIMES_TARIFF:
    case BILLING_FORMULA_MINUTES_AT_HOUR_TARIFF:
    case BILLING_FORMULA_VOLUME_IN_CENTS:
    case BILLING_FORMULA_MONTH_PART:
    case BILLING_FORMULA_COUNT:
        break;
    }
    return 0;
}

static void put_nulls(Copy *copy, int count)
{
    for (int i = 0; i < count; i++)
        copy_null(copy);
}

static void put_fraction(Copy *copy, Fraction fraction)
{
    if (fraction.denominator == 0) {
        put_nulls(copy, 2);
        return;
    }
    copy_int8(copy, fraction.numerator);
    copy_int8(copy, fraction.denominator);
}

static void put_source(Copy *copy, const char *source, int32_t book, int32_t line)
{
    if (book == 0) {
        put_nulls(copy, 3);
        return;
    }
    copy_text(copy, source);
    copy_int4(copy, book);
    copy_int4(copy, line);
}

enum { PROVENANCE_COLUMNS = 16 };

static void put_provenance(Copy *copy, const JudgedLine *judged)
{
    Provenance provenance = billing_provenance(judged);
    Digest digest = billing_digest(&provenance);
    copy_int2(copy, (int16_t)provenance.inputs.formula);
    copy_int8(copy, provenance.inputs.volume);
    copy_int8(copy, provenance.inputs.price.cents);
    if (provenance.inputs.month)
        copy_int2(copy, (int16_t)provenance.inputs.month);
    else
        copy_null(copy);
    put_fraction(copy, provenance.inputs.share);
    put_fraction(copy, provenance.inputs.part);
    copy_int4(copy, provenance.rated_book);
    put_source(copy, provenance.price_source, provenance.price_book, provenance.price_line);
    put_source(copy, provenance.terms_source, provenance.terms_book, provenance.terms_line);
    copy_bytes(copy, (Bytes){digest.bytes, sizeof digest.bytes});
}

static int64_t counted_of(const JudgedLine *judged)
{
    if (judged->reason != BILLING_APPROVED)
        return 0;
    return judged->debet ? -standing_counted(judged->debet) : standing_counted(judged);
}

static Status keep_line(Sheet *sheet, const HeardFact *heard, const Declaration *declaration, const JudgedLine *judged)
{
    const Line *line = judged->line;
    bool approved = judged->reason == BILLING_APPROVED;
    TRY(sheet_row(sheet));
    Copy *copy = sheet->copy;
    put_conversation(copy, line->reference->conversation);
    copy_text(copy, line->reference->text);
    copy_int8(copy, heard->heard->position);
    copy_text(copy, declaration->number->text);
    copy_text(copy, line->allocation->number);
    copy_text(copy, line->client);
    copy_text(copy, line->category);
    copy_text(copy, line->code);
    copy_day(copy, line->period.first);
    copy_day(copy, line->period.last);
    copy_int8(copy, line->volume);
    copy_int2(copy, (int16_t)line->unit);
    if (line->tariff_given)
        copy_int8(copy, line->tariff.cents);
    else
        copy_null(copy);
    copy_int8(copy, judged->debet ? -judged->amount.cents : judged->amount.cents);
    copy_int8(copy, counted_of(judged));
    copy_int2(copy, parts_of(judged));
    copy_text(copy, line->credits ? line->credits->text : NULL);
    if (approved) {
        put_nulls(copy, 2);
        put_provenance(copy, judged);
    } else {
        copy_text(copy,
                  judged->reason == BILLING_MISMATCHED ? line->match_reason : billing_reason_name(judged->reason));
        copy_text(copy, judged->reason == BILLING_MISMATCHED ? line->match_code : billing_reason_code(judged->reason));
        put_nulls(copy, PROVENANCE_COLUMNS);
    }
    copy_day(copy, heard->fact.known);
    return STATUS_OK;
}

static Status keep_lines(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision)
{
    if (!was_judged(heard, decision))
        return STATUS_OK;
    const Judgement *judgement = &decision->judgement;
    for (size_t i = 0; i < judgement->line_count; i++)
        if (judgement->lines[i].kept)
            TRY(keep_line(sheet, heard, judgement->declaration, &judgement->lines[i]));
    return STATUS_OK;
}

/* money */

static const DeclarationNumber *number_of(const Fact *fact)
{
    return fact->kind == FACT_PAID ? fact->payment.number : fact->declaration.number;
}

static Status keep_postings(Sheet *sheet, const HeardFact *heard, const BillingDecision *decision)
{
    for (size_t i = 0; i < decision->postings.count; i++) {
        const Posting *posting = &decision->postings.postings[i];
        TRY(sheet_row(sheet));
        put_conversation(sheet->copy, heard->fact.conversation);
        copy_text(sheet->copy, number_of(&heard->fact)->text);
        copy_int8(sheet->copy, heard->heard->position);
        copy_int2(sheet->copy, (int16_t)posting->service_year);
        copy_text(sheet->copy, account_name(posting->account));
        copy_int2(sheet->copy, (int16_t)posting->booked_year);
        copy_int8(sheet->copy, posting->amount.cents);
        copy_day(sheet->copy, heard->fact.known);
    }
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

static const struct {
    KeepFact *keep;
    int16_t columns;
    const char *table_and_columns;
} SHEETS[] = {
    {keep_allocated, 21,
     "allocation(partition, conversation, number, position, trajectory, client, segment, contract, profile,"
     " intensity, funding, category, code, volume, unit, frequency, first_day, last_day, book, removed, known_day)"},
    {keep_notice, 7, "care(partition, conversation, allocation, position, day, reason, known_day)"},
    {keep_declaration, 9,
     "declaration(partition, conversation, number, position, month_day, code, submitted_cents,"
     " approved_cents, known_day)"},
    {keep_lines, 37,
     "line(partition, conversation, reference, position, declaration, allocation, client, category, code,"
     " first_day, last_day, volume, unit, tariff_cents, amount_cents, counted, parts, credits, reason, return_code,"
     " formula, rated_volume, price_cents, month, share_numerator, share_denominator, part_numerator,"
     " part_denominator, rated_book, price_source, price_book, price_line, terms_source, terms_book, terms_line,"
     " digest, known_day)"},
    {keep_postings, 9,
     "posting(partition, conversation, declaration, position, service_year, account, booked_year,"
     " amount_cents, known_day)"},
    {keep_payment, 8, "payment(partition, conversation, declaration, position, amount_cents, day, reason, known_day)"},
};

Status billing_keep(Turn *turn, const Decisions *decisions)
{
    for (size_t i = 0; i < sizeof SHEETS / sizeof SHEETS[0]; i++) {
        Sheet sheet = {turn, SHEETS[i].table_and_columns, SHEETS[i].columns, NULL};
        for (size_t fact = 0; fact < decisions->facts->count; fact++)
            TRY(SHEETS[i].keep(&sheet, &decisions->facts->list[fact], &decisions->list[fact]));
        TRY(sheet_close(&sheet));
    }
    return STATUS_OK;
}
