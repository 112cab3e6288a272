#include "billing/keep_close.h"

#include "billing/keep_rows.h"
#include "billing/sql.h"

static void put_key(Copy *copy, const Heard *heard, const Statement *statement)
{
    copy_int2(copy, statement->conversation->partition);
    copy_int2(copy, (int16_t)statement->year);
    copy_int8(copy, statement->conversation->number);
    copy_int8(copy, heard->position);
}

static Status keep_statement(Sheet *sheet, const Heard *heard, const Statement *statement)
{
    TRY(sheet_row(sheet));
    put_key(sheet->copy, heard, statement);
    copy_bytes(sheet->copy, (Bytes){statement->digest.bytes, DIGEST_SIZE});
    copy_day(sheet->copy, heard->known);
    return STATUS_OK;
}

static Status keep_rows(Sheet *sheet, const Heard *heard, const Statement *statement)
{
    for (size_t i = 0; i < statement->count; i++) {
        const StatementRow *row = &statement->rows[i];
        TRY(sheet_row(sheet));
        put_key(sheet->copy, heard, statement);
        copy_int2(sheet->copy, (int16_t)row->kind.service_year);
        copy_text(sheet->copy, row->kind.pic.profile);
        copy_text(sheet->copy, row->kind.pic.intensity);
        copy_text(sheet->copy, row->kind.category);
        copy_text(sheet->copy, row->kind.code);
        copy_int8(sheet->copy, row->lines);
        copy_int8(sheet->copy, row->declared.cents);
        copy_int8(sheet->copy, row->approved.cents);
        copy_int8(sheet->copy, row->rejected_lines);
        copy_int8(sheet->copy, row->rejected.cents);
        copy_int8(sheet->copy, row->credited_lines);
        copy_int8(sheet->copy, row->credited.cents);
        copy_int8(sheet->copy, row->corrected.cents);
        copy_int8(sheet->copy, row->in_progress.cents);
        copy_int8(sheet->copy, row->ahead.cents);
        copy_int8(sheet->copy, row->obligation.cents);
        copy_int8(sheet->copy, row->undeclared);
    }
    return STATUS_OK;
}

/* Table by table, since a connection carries one COPY at a time. */
Status billing_keep_frozen(Turn *turn, const Heard *heard, const ClosedStatement *list, size_t count)
{
    Sheet statements = {turn, "statement(partition, year, conversation, position, digest, known_day)", 6, NULL};
    for (size_t i = 0; i < count; i++)
        TRY(keep_statement(&statements, heard, list[i].statement));
    TRY(sheet_close(&statements));

    Sheet rows = {turn,
                  "statement_row(partition, year, conversation, position, service_year, profile, intensity, category,"
                  " code, lines, declared_cents, approved_cents, rejected_lines, rejected_cents, credited_lines,"
                  " credited_cents, corrected_cents, in_progress_cents, ahead_cents, obligation_cents, undeclared)",
                  21, NULL};
    for (size_t i = 0; i < count; i++)
        TRY(keep_rows(&rows, heard, list[i].statement));
    return sheet_close(&rows);
}

Status billing_keep_close_postings(Turn *turn, const Heard *heard, const ClosedStatement *list, size_t count)
{
    Sheet postings = sheet_of_postings(turn);
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < list[i].postings.count; j++)
            TRY(sheet_posting(&postings, heard->position, list[i].statement->conversation, "",
                              &list[i].postings.postings[j], heard->known));
    return sheet_close(&postings);
}

Status billing_keep_year(Turn *turn, const HeardFact *fact)
{
    const YearDecision *decided = &fact->decided;
    Params *params = params_new(turn->arena);
    params_int2(params, fact->heard->partition);
    params_int2(params, (int16_t)decided->year);
    params_int8(params, fact->heard->position);
    params_bool(params, decided->closed);
    params_text(params, decided->reason);
    params_text(params, decided->proposed_by);
    params_text(params, decided->approved_by);
    params_day(params, fact->heard->known);
    return database_ask(turn->database, BILLING_KEEP_YEAR, params, NULL);
}
