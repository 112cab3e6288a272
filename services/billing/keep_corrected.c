#include "billing/keep_corrected.h"

#include "billing/core/rate.h"
#include "billing/keep_rows.h"

/* Table by table, since a connection carries one COPY at a time. */
typedef Status KeepPart(Sheet *sheet, const Heard *heard, const Book *book, const CorrectedPart *part);

static const char *document_of(const CorrectedPart *part, Corrections way)
{
    for (size_t i = 0; i < part->totals.count; i++)
        if (part->totals.list[i].made && part->totals.list[i].way == way)
            return part->totals.list[i].document;
    return "";
}

static Status keep_lines(Sheet *sheet, const Heard *heard, const Book *book, const CorrectedPart *part)
{
    (void)book;
    const char *note = document_of(part, CORRECTIONS_SELF_BILLED);
    const Booking booking = {heard->known, part->closed};
    for (size_t i = 0; i < part->count; i++) {
        const Correction *correction = &part->corrections[i];
        if (!correction->credit)
            continue;
        TRY(sheet_line(sheet, heard->position, note, correction->credit, booking));
        TRY(sheet_line(sheet, heard->position, note, correction->debet, booking));
    }
    return STATUS_OK;
}

/* The line with its new rating, as an adjustment explains itself. */
static JudgedLine rated_anew(const Correction *correction, const Book *book)
{
    const Rated *rated = &correction->assessed.rated;
    JudgedLine judged = {
        .line = correction->open->judged.line,
        .amount = rated->amount,
        .inputs = rated->inputs,
        .price = rated->price,
        .terms = rated->terms,
        .book = book_number(book),
    };
    billing_note_granted(&judged);
    return judged;
}

static Status keep_adjustments(Sheet *sheet, const Heard *heard, const Book *book, const CorrectedPart *part)
{
    for (size_t i = 0; i < part->count; i++) {
        const Correction *correction = &part->corrections[i];
        const JudgedLine rated = rated_anew(correction, book);
        for (size_t j = 0; j < correction->adjusted_count; j++) {
            bool rates = correction->rates && j + 1 == correction->adjusted_count;
            TRY(sheet_adjustment(sheet, heard->position, correction->open->judged.line, &correction->adjusted[j],
                                 rates ? &rated : NULL, (Booking){heard->known, part->closed}));
        }
    }
    return STATUS_OK;
}

static Status keep_documents(Sheet *sheet, const Heard *heard, const Book *book, const CorrectedPart *part)
{
    for (size_t i = 0; i < part->document_count; i++) {
        const CorrectionDocument *document = &part->documents[i];
        TRY(sheet_row(sheet));
        put_conversation(sheet->copy, part->conversation);
        copy_text(sheet->copy, document->number);
        copy_int8(sheet->copy, heard->position);
        copy_int4(sheet->copy, book_number(book));
        copy_int2(sheet->copy, (int16_t)document->way);
        if (document->service_year)
            copy_int2(sheet->copy, (int16_t)document->service_year);
        else
            copy_null(sheet->copy);
        copy_int8(sheet->copy, document->lines);
        copy_int8(sheet->copy, document->before.cents);
        copy_int8(sheet->copy, document->after.cents);
        copy_day(sheet->copy, heard->known);
    }
    return STATUS_OK;
}

/* A note and a settlement are paid like a declaration; what is asked of the provider comes as one. */
static Status keep_declarations(Sheet *sheet, const Heard *heard, const Book *book, const CorrectedPart *part)
{
    (void)book;
    for (size_t i = 0; i < part->document_count; i++) {
        const CorrectionDocument *document = &part->documents[i];
        if (document->way == CORRECTIONS_DECLARED)
            continue;
        int64_t difference = document->after.cents - document->before.cents;
        TRY(sheet_row(sheet));
        put_conversation(sheet->copy, part->conversation);
        copy_text(sheet->copy, document->number);
        copy_int8(sheet->copy, heard->position);
        copy_day(sheet->copy, period_month(heard->known).first);
        copy_text(sheet->copy, BILLING_CODE_ALL_APPROVED);
        copy_int8(sheet->copy, difference);
        copy_int8(sheet->copy, difference);
        copy_day(sheet->copy, heard->known);
    }
    return STATUS_OK;
}

static Status keep_postings(Sheet *sheet, const Heard *heard, const Book *book, const CorrectedPart *part)
{
    (void)book;
    for (size_t i = 0; i < part->postings.count; i++)
        TRY(sheet_posting(sheet, heard->position, part->conversation, "", &part->postings.postings[i], heard->known));
    return STATUS_OK;
}

static Status keep_all(Sheet sheet, KeepPart *keep, const Heard *heard, const Book *book, const CorrectedParts *parts)
{
    for (size_t i = 0; i < parts->count; i++)
        TRY(keep(&sheet, heard, book, &parts->list[i]));
    return sheet_close(&sheet);
}

Status billing_keep_corrected(Turn *turn, const Heard *heard, const Book *book, const CorrectedParts *parts)
{
    const Sheet documents = {turn,
                             "correction(partition, conversation, document, position, book, way, service_year, lines,"
                             " before_cents, after_cents, known_day)",
                             11, NULL};
    TRY(keep_all(sheet_of_lines(turn), keep_lines, heard, book, parts));
    TRY(keep_all(sheet_of_adjustments(turn), keep_adjustments, heard, book, parts));
    TRY(keep_all(documents, keep_documents, heard, book, parts));
    TRY(keep_all(sheet_of_declarations(turn), keep_declarations, heard, book, parts));
    return keep_all(sheet_of_postings(turn), keep_postings, heard, book, parts);
}
