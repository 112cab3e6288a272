/*
 * Keep close: statements that are frozen, what is posted with them, and at the end that a year is closed or open again.
 */
#pragma once

#include "billing/core/statement.h"
#include "billing/facts.h"

/* One conversation in the work on a year. */
typedef struct ClosedStatement {
    const Statement *statement;
    Postings postings;
} ClosedStatement;

Status billing_keep_frozen(Turn *turn, const Heard *heard, const ClosedStatement *list, size_t count);
Status billing_keep_close_postings(Turn *turn, const Heard *heard, const ClosedStatement *list, size_t count);
Status billing_keep_year(Turn *turn, const HeardFact *fact);
