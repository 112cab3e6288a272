/*
 * Corrected: what a book comes to, conversation by conversation.
 *
 * The work may be cut anywhere: what a conversation came to so far is handed on, and its
 * documents are made and posted when nothing more of it can come.
 */
#pragma once

#include "billing/core/correct.h"

/* What corrections add under one document in one year of service. */
typedef struct CorrectionTotal {
    const char *document;
    bool made; /* by this book; else something of an earlier one is taken back */
    Corrections way;
    int32_t service_year;
    int64_t lines;
    Money before;
    Money after;
} CorrectionTotal;

/* Of one conversation, in the order in which they were met. */
typedef struct CorrectionTotals {
    Arena *arena;
    CorrectionTotal *list;
    size_t count;
    size_t room;
} CorrectionTotals;

/* False, and nothing added, when a sum would not fit: the line then stays as it is. */
[[nodiscard]] bool totals_add(CorrectionTotals *totals, const Correction *correction, int32_t book);

/* Adds what was summed up before, in an earlier cut of the work. */
void totals_resume(CorrectionTotals *totals, CorrectionTotal total);

Postings totals_post(const CorrectionTotals *totals, Day known);

/* A document that this book made, over its years. */
typedef struct CorrectionDocument {
    const char *number;
    Corrections way;
    int32_t service_year; /* of a settlement; else 0 */
    int64_t lines;
    Money before;
    Money after;
} CorrectionDocument;

size_t totals_documents(const CorrectionTotals *totals, CorrectionDocument **documents_out);

/* What corrections change for one kind of care in one month of service: whole lines where lines were made, else the difference alone. */
typedef struct CorrectionSum {
    const char *segment;
    Funding funding;
    Pic pic;
    Day month;
    int64_t debet_lines;
    Money debet;
    int64_t credit_lines;
    Money credit;
} CorrectionSum;

size_t corrections_sum(Arena *arena, const Correction *corrections, size_t count, CorrectionSum **sums_out);

/* One conversation in one piece of the work. */
typedef struct CorrectedPart {
    const Conversation *conversation;
    ClosedYears closed;
    Correction *corrections; /* of this piece */
    size_t count;
    CorrectionTotals totals;       /* of all pieces so far */
    CorrectionDocument *documents; /* none before the conversation is whole */
    size_t document_count;
    Postings postings;
} CorrectedPart;

typedef struct CorrectedParts {
    CorrectedPart *list; /* in order of conversation */
    size_t count;
} CorrectedParts;

/* One piece of the work: lines in order of conversation, and what was left of the conversation that was cut through. */
typedef struct CorrectionWork {
    int16_t partition;
    int32_t book;
    Day known;
    ClosedYears closed;
    const OpenLine *lines;
    size_t line_count;
    int64_t begun;           /* the conversation that an earlier piece ended in; 0: none */
    CorrectionTotals totals; /* of that conversation */
    int64_t reached;         /* the conversation that this piece ends in; 0: no line was read */
    bool all;                /* nothing comes after this piece */
} CorrectionWork;

CorrectedParts billing_correct_all(Arena *arena, const CorrectionWork *work, const Books *books);

/* What the next piece must know of the conversation that this one ends in. */
CorrectionTotals corrected_so_far(Arena *arena, const CorrectedParts *parts, int64_t reached);
