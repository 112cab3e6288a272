/* Planted: a share of an amount is rounded down, where it is to be rounded half up. */
#include "base/money.h"

bool __wrap_money_share_half_up(Money amount, int64_t numerator, int64_t denominator, Money *share_out);

bool __wrap_money_share_half_up(Money amount, int64_t numerator, int64_t denominator, Money *share_out)
{
    if (denominator < 1)
        return false;
    *share_out = (Money){(int64_t)((__int128)amount.cents * numerator / denominator)};
    return true;
}
