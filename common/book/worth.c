#include "book/worth.h"

#include "book/monthly.h"

enum { MINUTES_PER_HOUR = 60 };

/* How often the volume may be delivered in the days, as a fraction: only a total is shared out. */
typedef struct Times {
    int64_t numerator;
    int64_t denominator;
} Times;

static Times times_in(const Grant *grant, Period period)
{
    switch (grant->frequency) {
    case FREQUENCY_PER_DAY:
        return (Times){period_days(period), 1};
    case FREQUENCY_PER_WEEK:
        return (Times){period_weeks_touched(period), 1};
    case FREQUENCY_PER_MONTH:
        return (Times){months_between(period.first, period.last) + 1, 1};
    case FREQUENCY_IN_TOTAL:
        break;
    }
    return (Times){period_days(period), period_days(grant->period)};
}

/* The price of one unit as a fraction of the tariff: a minute is a sixtieth of the hour. */
static Money price_of(const Grant *grant, Period period, const Books *books, Day known, int64_t *parts_out)
{
    *parts_out = 1;
    if (grant->unit == UNIT_EURO)
        return (Money){1};
    const PxqTariff *tariff =
        books_pxq_tariff(books, grant->product, grant->municipality, grant->provider, period.first, known);
    if (!tariff)
        return (Money){0};
    if (tariff->unit == UNIT_HOUR && grant->unit == UNIT_MINUTE)
        *parts_out = MINUTES_PER_HOUR;
    else if (tariff->unit != grant->unit)
        return (Money){0};
    return tariff->price;
}

Worth worth_of(const Grant *grant, Period period, const Books *books, Day known)
{
    if (grant->funding == FUNDING_PIC)
        return (Worth){.amount = {grant->volume}};

    period = period_meet(period, grant->period);
    Worth worth = {.estimate = true};
    if (period_days(period) < 1 || period_days(grant->period) < 1)
        return worth;
    int64_t parts;
    Money price = price_of(grant, period, books, known, &parts);
    Times times = times_in(grant, period);
    Money one;
    if (!money_times(price, grant->volume, &one) ||
        !money_share_half_up(one, times.numerator, times.denominator * parts, &worth.amount))
        worth.amount = (Money){0};
    return worth;
}
