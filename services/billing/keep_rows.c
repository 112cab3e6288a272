#include "billing/keep_rows.h"

#include "billing/core/ledger.h"
#include "billing/core/rate.h"
#include "billing/core/standing.h"

Sheet sheet_of_declarations(Turn *turn)
{
    return (Sheet){
        .turn = turn,
        .columns = 9,
        .table_and_columns = "declaration(partition, conversation, number, position, month_day, code, submitted_cents,"
                             " approved_cents, known_day)",
    };
}

Sheet sheet_of_lines(Turn *turn)
{
    return (Sheet){
        .turn = turn,
        .columns = 41,
        .table_and_columns =
            "line(partition, conversation, reference, position, declaration, allocation, client, category, code,"
            " first_day, last_day, volume, unit, tariff_cents, amount_cents, counted, parts, credits, origin, replaces,"
            " reason, return_code, formula, rated_volume, price_cents, month, share_numerator, share_denominator,"
            " part_numerator, part_denominator, rated_book, price_source, price_book, price_line, terms_source,"
            " terms_book, terms_line, digest, known_day, booked_year, declared_cents)",
    };
}

Sheet sheet_of_adjustments(Turn *turn)
{
    return (Sheet){
        .turn = turn,
        .columns = 28,
        .table_and_columns =
            "adjustment(partition, conversation, reference, position, way, document, allocation, first_day,"
            " amount_cents, counted, formula, rated_volume, price_cents, month, share_numerator, share_denominator,"
            " part_numerator, part_denominator, rated_book, price_source, price_book, price_line, terms_source,"
            " terms_book, terms_line, digest, known_day, booked_year)",
    };
}

Sheet sheet_of_postings(Turn *turn)
{
    return (Sheet){
        .turn = turn,
        .columns = 9,
        .table_and_columns =
            "posting(partition, conversation, declaration, position, service_year, account, booked_year,"
            " amount_cents, known_day)",
    };
}

Status sheet_row(Sheet *sheet)
{
    if (!sheet->copy)
        TRY(copy_open(sheet->turn->database, sheet->turn->arena, sheet->table_and_columns, &sheet->copy));
    copy_row(sheet->copy, sheet->columns);
    return STATUS_OK;
}

Status sheet_close(Sheet *sheet)
{
    return sheet->copy ? copy_close(sheet->copy) : STATUS_OK;
}

void put_conversation(Copy *copy, const Conversation *conversation)
{
    copy_int2(copy, conversation->partition);
    copy_int8(copy, conversation->number);
}

/* lines */

static int16_t parts_of(const JudgedLine *judged)
{
    switch (judged->inputs.formula) {
    case BILLING_FORMULA_START_PART:
        return 1;
    case BILLING_FORMULA_END_PART:
    case BILLING_FORMULA_PRO_RATA_END:
        return 2;
    case BILLING_FORMULA_WHOLE:
    case BILLING_FORMULA_PRO_RATA_WHOLE:
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

/* A credit that is approved names the line that it takes back, which may stand in the place of the one that was named. */
static const char *credits_of(const JudgedLine *judged)
{
    if (judged->debet)
        return judged->debet->line->reference->text;
    return judged->line->credits ? judged->line->credits->text : NULL;
}

static void put_booking(Copy *copy, Booking booking, Day service)
{
    copy_day(copy, booking.known);
    copy_int2(copy, (int16_t)ledger_year(booking.closed, day_parts(service).year, booking.known));
}

Status sheet_line(Sheet *sheet, int64_t position, const char *declaration, const JudgedLine *judged, Booking booking)
{
    const Line *line = judged->line;
    bool approved = judged->reason == BILLING_APPROVED;
    TRY(sheet_row(sheet));
    Copy *copy = sheet->copy;
    put_conversation(copy, line->reference->conversation);
    copy_text(copy, line->reference->text);
    copy_int8(copy, position);
    copy_text(copy, declaration);
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
    copy_text(copy, credits_of(judged));
    copy_text(copy, line->origin);
    copy_text(copy, line->replaces);
    if (approved) {
        put_nulls(copy, 2);
        put_provenance(copy, judged);
    } else {
        copy_text(copy,
                  judged->reason == BILLING_MISMATCHED ? line->match_reason : billing_reason_name(judged->reason));
        copy_text(copy, judged->reason == BILLING_MISMATCHED ? line->match_code : billing_reason_code(judged->reason));
        put_nulls(copy, PROVENANCE_COLUMNS);
    }
    put_booking(copy, booking, line->period.first);
    copy_int8(copy, line->amount_given ? line->amount.cents : judged->amount.cents);
    return STATUS_OK;
}

Status sheet_adjustment(Sheet *sheet, int64_t position, const Line *line, const Adjusted *adjusted,
                        const JudgedLine *rated, Booking booking)
{
    TRY(sheet_row(sheet));
    Copy *copy = sheet->copy;
    put_conversation(copy, line->reference->conversation);
    copy_text(copy, line->reference->text);
    copy_int8(copy, position);
    copy_int2(copy, (int16_t)adjusted->way);
    copy_text(copy, adjusted->document);
    copy_text(copy, line->allocation->number);
    copy_day(copy, line->period.first);
    copy_int8(copy, adjusted->amount.cents);
    copy_int8(copy, adjusted->counted);
    if (rated)
        put_provenance(copy, rated);
    else
        put_nulls(copy, PROVENANCE_COLUMNS);
    put_booking(copy, booking, line->period.first);
    return STATUS_OK;
}

/* money */

Status sheet_posting(Sheet *sheet, int64_t position, const Conversation *conversation, const char *declaration,
                     const Posting *posting, Day known)
{
    TRY(sheet_row(sheet));
    put_conversation(sheet->copy, conversation);
    copy_text(sheet->copy, posting->document ? posting->document : declaration);
    copy_int8(sheet->copy, position);
    copy_int2(sheet->copy, (int16_t)posting->service_year);
    copy_text(sheet->copy, account_name(posting->account));
    copy_int2(sheet->copy, (int16_t)posting->booked_year);
    copy_int8(sheet->copy, posting->amount.cents);
    copy_day(sheet->copy, known);
    return STATUS_OK;
}
