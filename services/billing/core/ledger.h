/*
 * Ledger: double entry. What is approved is a cost and payable; what is paid is no longer
 * payable. Every fact's postings sum to zero, for each year of service.
 *
 * The year of service is that of the product period. It is booked in that year too, while that is
 * open: what comes after the close is booked in the year in which it is known.
 */
#pragma once

#include "base/arena.h"
#include "billing/core/billing.h"

/* The year that something of a year of service is booked in when it becomes known. */
int32_t ledger_year(ClosedYears closed, int32_t service_year, Day known);

/* Of a declaration's approved lines, per year of service. */
Postings ledger_post_lines(Arena *arena, const JudgedLine *lines, size_t count, Day known);

/* Of the corrections that go with the approved credit lines, under the documents that brought them. */
Postings ledger_post_taken_back(Arena *arena, const JudgedLine *lines, size_t count, Day known);

/*
 * Of a payment: it settles the years of the declaration that go the other way first, then the
 * oldest. Money that comes back is negative. APPROVED is never the answer: PAYMENT_BOOKED, or
 * why it was not, and then there are no postings.
 */
BillingReason ledger_post_payment(Arena *arena, const DeclarationNumber *number, Money amount, Day known,
                                  Postings *postings_out);

/* Both, one behind the other. */
Postings ledger_join(Arena *arena, Postings first, Postings second);

/* What the postings leave to be paid of the declaration; those of other documents are passed over. */
void ledger_note_payable(Arena *arena, DeclarationNumber *number, const Postings *postings);

/* From cost to another account, where they are not zero. */
void ledger_add_cost(Postings *postings, const char *document, Account against, int32_t service_year, Money amount,
                     Day known);

/* Costs go to the year of service while that is open. Payments are not handed in: they belong to the day they are made. */
void ledger_book(Postings *postings, ClosedYears closed, Day known);

/* True when they sum to zero for each document and year of service. */
bool ledger_balances(const Postings *postings);
