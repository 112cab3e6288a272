/*
 * Keep rows: what one row of the tables of lines and money holds, whoever decided it.
 */
#pragma once

#include "billing/core/billing.h"
#include "billing/core/decide.h"
#include "db/copy.h"
#include "service/turn.h"

/* Rows of one table of one turn; the COPY begins with the first of them. */
typedef struct Sheet {
    Turn *turn;
    const char *table_and_columns;
    int16_t columns;
    Copy *copy;
} Sheet;

Sheet sheet_of_declarations(Turn *turn);
Sheet sheet_of_lines(Turn *turn);
Sheet sheet_of_adjustments(Turn *turn);
Sheet sheet_of_postings(Turn *turn);

Status sheet_row(Sheet *sheet);
Status sheet_close(Sheet *sheet);

void put_conversation(Copy *copy, const Conversation *conversation);

/* When something becomes known, and the years that it can't be booked in any more. */
typedef struct Booking {
    Day known;
    ClosedYears closed;
} Booking;

/* A judged line of the declaration or document of that number. */
Status sheet_line(Sheet *sheet, int64_t position, const char *declaration, const JudgedLine *judged, Booking booking);

/* What is added to the line; `rated` is the line as it is rated now, NULL when something is taken back. */
Status sheet_adjustment(Sheet *sheet, int64_t position, const Line *line, const Adjusted *adjusted,
                        const JudgedLine *rated, Booking booking);

/* `declaration` is the number of the declaration where the posting names no document. */
Status sheet_posting(Sheet *sheet, int64_t position, const Conversation *conversation, const char *declaration,
                     const Posting *posting, Day known);
