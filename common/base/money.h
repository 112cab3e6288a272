/*
 * Money: whole eurocents in 64 bits. Overflow is refused, never wrapped, and every
 * division names its rounding.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct Money {
    int64_t cents;
} Money;

/* False, and sum_out untouched, when the result does not fit. */
[[nodiscard]] bool money_add(Money a, Money b, Money *sum_out);
[[nodiscard]] bool money_times(Money price, int64_t quantity, Money *product_out);

/*
 * amount × numerator / denominator, rounded half up to the cent (half away from zero for a
 * negative amount). The product is taken in 128 bits. False when denominator < 1 or the
 * result does not fit.
 */
[[nodiscard]] bool money_share_half_up(Money amount, int64_t numerator, int64_t denominator, Money *share_out);

static inline Money money_negated(Money amount)
{
    return (Money){-amount.cents};
}

enum { MONEY_TEXT_SIZE = 40 };

/* Writes Dutch euros, "€ 1.234,56", into text, which has room for MONEY_TEXT_SIZE; returns text. */
char *money_write_dutch(Money amount, char *text);
