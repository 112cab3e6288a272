/*
 * Rate: from inputs to an amount, and nothing else.
 *
 * The same inputs give the same cent for ever: a line is explained, verified and rated anew
 * by this one function.
 */
#pragma once

#include "base/digest.h"
#include "billing/core/billing.h"

/* False when the amount does not fit, or the inputs are no inputs (a share of 0). */
[[nodiscard]] bool billing_rate(const RatingInputs *inputs, Money *amount_out);

/* What a line in minutes shows as its tariff where the hour is contracted; its amount is not made from it. */
[[nodiscard]] bool billing_minute_tariff(Money hour_tariff, Money *minute_tariff_out);

/* The part of the price that is paid at the start. */
[[nodiscard]] bool billing_start_part(Money price, Fraction share, Money *part_out);

/* Where an amount came from: what is stored with a line, and what its digest is taken of. */
typedef struct Provenance {
    const char *municipality;
    const char *provider;
    const char *reference;
    const char *allocation;
    const char *contract;
    int32_t granted_book;     /* whose funding rule it was granted under */
    int32_t rated_book;       /* the newest known when it was rated */
    const char *price_source; /* file of the tariff, its book and line; "" and 0 when none was used */
    int32_t price_book;
    int32_t price_line;
    const char *terms_source;
    int32_t terms_book;
    int32_t terms_line;
    const char *credits; /* the reference of the debet line that a credit copies */
    RatingInputs inputs;
    Money amount;
} Provenance;

/* What its allocation says is noted when the line is judged: facts that follow in the same turn may change it. */
void billing_note_granted(JudgedLine *judged);

Provenance billing_provenance(const JudgedLine *judged);

Digest billing_digest(const Provenance *provenance);
