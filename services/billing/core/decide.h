/*
 * Decide: what a declared line is worth, and whether it is owed.
 *
 * A fault in the declaration as a whole means that nothing is judged and that it counts as
 * never sent. Then credits are judged before debets; a line is approved or rejected whole.
 * What is approved counts at once for what is judged after it.
 */
#pragma once

#include "billing/core/standing.h"
#include "book/books.h"

/* One fact after another, in the order in which they were heard: each changes the standing for the next. */
BillingDecision billing_decide(Arena *arena, Standing *standing, const Fact *fact, const Books *books);

/* Same declaration, same standing, same books, same day: same judgement, always. */
Judgement billing_judge(Arena *arena, const Declaration *declaration, const Books *books, Day known);

/*
 * What a PxQ or PIC line amounts to by the books, without asking whether it may be declared.
 * APPROVED, or why it has no price; the amount of a PIC is that of the first choice.
 */
typedef struct Rated {
    BillingReason reason;
    RatingInputs inputs;
    Money amount;
    Money tariff; /* as a line shows it; 0 for a volume in euros */
    const Entry *price;
    const Entry *terms;
} Rated;

Rated billing_rate_pxq(const Line *line, const Books *books, Day known);
