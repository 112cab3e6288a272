#include "book/monthly.h"

int32_t months_between(Day first, Day day)
{
    DayParts from = day_parts(first);
    DayParts to = day_parts(day);
    return (to.year - from.year) * MONTHS_PER_YEAR + to.month - from.month;
}

Day months_later(Day first, int32_t months)
{
    DayParts parts = day_parts(first);
    int32_t month = parts.month - 1 + months;
    Period later = period_month(day_of(parts.year + month / MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1));
    return day_earliest(day_plus(later.first, parts.day - 1), later.last);
}

int32_t monthly_parts(Period period)
{
    if (period_days(period) < 1)
        return 0;
    int32_t months = months_between(period.first, period.last);
    return day_compare(months_later(period.first, months), period.last) <= 0 ? months + 1 : months;
}

Day monthly_price_day(Day first, int32_t month)
{
    return months_later(first, month / MONTHS_PER_YEAR * MONTHS_PER_YEAR);
}

bool monthly_parts_amount(Money year_amount, int32_t months, Money *amount_out)
{
    return money_share_half_up(year_amount, months, MONTHS_PER_YEAR, amount_out);
}

bool monthly_part(Money year_amount, int32_t month, Money *part_out)
{
    Money up_to_month;
    Money before;
    return monthly_parts_amount(year_amount, month, &up_to_month) &&
           monthly_parts_amount(year_amount, month - 1, &before) &&
           money_add(up_to_month, money_negated(before), part_out);
}
