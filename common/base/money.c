#include "base/money.h"

#include <stdio.h>

bool money_add(Money a, Money b, Money *sum_out)
{
    Money sum;
    if (__builtin_add_overflow(a.cents, b.cents, &sum.cents))
        return false;
    *sum_out = sum;
    return true;
}

bool money_times(Money price, int64_t quantity, Money *product_out)
{
    Money product;
    if (__builtin_mul_overflow(price.cents, quantity, &product.cents))
        return false;
    *product_out = product;
    return true;
}

bool money_share_half_up(Money amount, int64_t numerator, int64_t denominator, Money *share_out)
{
    if (denominator < 1)
        return false;

    __int128 product = (__int128)amount.cents * numerator;
    __int128 size = product < 0 ? -product : product;
    __int128 rounded = (size * 2 + denominator) / ((__int128)denominator * 2);
    if (product < 0)
        rounded = -rounded;
    if (rounded > INT64_MAX || rounded < INT64_MIN)
        return false;

    *share_out = (Money){(int64_t)rounded};
    return true;
}

char *money_write_dutch(Money amount, char *text)
{
    uint64_t size = amount.cents < 0 ? 0 - (uint64_t)amount.cents : (uint64_t)amount.cents;
    char digits[24];
    int count = snprintf(digits, sizeof digits, "%llu", (unsigned long long)(size / 100));

    char *end = text;
    end += sprintf(end, "€ %s", amount.cents < 0 ? "-" : "");
    for (int i = 0; i < count; i++) {
        if (i > 0 && (count - i) % 3 == 0)
            *end++ = '.';
        *end++ = digits[i];
    }
    sprintf(end, ",%02d", (int)(size % 100));
    return text;
}
