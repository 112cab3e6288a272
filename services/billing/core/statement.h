/*
 * Statement: what a year comes to in one conversation, kind by kind.
 *
 * A production statement tells of all that is booked in the year: care of the year itself, and care of
 * earlier years that came too late for theirs. Its rows are frozen at a close, under a digest; what they
 * cost is what the ledger has of that year, to the cent.
 */
#pragma once

#include "base/arena.h"
#include "base/digest.h"
#include "billing/core/billing.h"
#include "billing/core/work.h"

/* A year of care, and a PIC that is paid as such or a product. */
typedef struct StatementKind {
    int32_t service_year;
    Pic pic;              /* profile "": a product */
    const char *category; /* "" of a PIC */
    const char *code;
} StatementKind;

typedef struct StatementRow {
    StatementKind kind;
    int64_t lines; /* debet lines that the provider declared, and kept under their references */
    Money declared;
    Money approved;
    int64_t rejected_lines;
    Money rejected;
    int64_t credited_lines;
    Money credited;
    Money corrected;    /* by books: lines made anew, settlements, and what is expected of the provider */
    Money in_progress;  /* on the last day of the year: delivered and not paid */
    Money ahead;        /* paid and not delivered */
    Money obligation;   /* end parts of what had its start paid */
    int64_t undeclared; /* allocations of the year that no line was ever declared on */
} StatementRow;

/* One row's worth of a conversation, before equal kinds are added up. */
typedef struct StatementEntry {
    const Conversation *conversation;
    StatementRow row;
} StatementEntry;

typedef struct Statement {
    const Conversation *conversation;
    int32_t year;
    const StatementRow *rows; /* in order of kind */
    size_t count;
    Digest digest;
} Statement;

typedef struct Statements {
    Statement *list; /* in order of conversation; none for a conversation without anything */
    size_t count;
} Statements;

/* A PIC where the care is paid as such, else the product. Without an allocation, `granted` is NULL. */
StatementKind statement_kind(int32_t service_year, const Allocated *granted, const char *category, const char *code);

/* What is delivered and owed of a trajectory on the last day of the year. */
StatementRow statement_row_of_work(int32_t year, const Allocation *allocation, const Work *work);

/* Adds equal kinds up. False when a sum does not fit in an amount. */
[[nodiscard]] bool statements_add_up(Arena *arena, int32_t year, StatementEntry *entries, size_t count,
                                     Statements *statements_out);

/* Of everything in the rows, in their order. */
Digest statement_digest(Arena *arena, const Conversation *conversation, int32_t year, const StatementRow *rows,
                        size_t count);

/* What the row adds to the ledger's costs of the year: approved, less credited, with what books corrected. */
Money statement_cost(const StatementRow *row);

/* Of all rows, under no kind. Each amount is a sum that fits: the rows were added up before. */
StatementRow statement_sum(const Statement *statement);

/*
 * Posts work in progress and obligations in the year, under afsluiting~2020, and takes them back in the next, under
 * opening~2021. When the year is opened again both go the other way, under heropening~2020~ and the year booked in.
 */
Postings statement_post(Arena *arena, const Statement *statement, ClosedYears closed, Day known);
Postings statement_post_back(Arena *arena, const Statement *statement, ClosedYears closed, Day known);
