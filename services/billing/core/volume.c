#include "billing/core/volume.h"

enum { MINUTES_PER_HOUR = 60, MONTHS_PER_YEAR = 12, DAYS_PER_WEEK = 7 };

static int64_t times(int64_t volume, int64_t count)
{
    int64_t product;
    return __builtin_mul_overflow(volume, count, &product) ? VOLUME_NO_LIMIT : product;
}

static bool is_output(Unit unit)
{
    return unit == UNIT_OUTPUT || unit == UNIT_EURO;
}

static bool has_end(const Allocated *granted)
{
    return day_compare(granted->period.last, DAY_LAST) < 0;
}

bool volume_is_budget(const Allocated *granted)
{
    return granted->code[0] == '\0' && granted->unit == UNIT_EURO && granted->volume > 0;
}

static bool has_limit(const Allocated *granted)
{
    return granted->volume > 0 && !volume_is_budget(granted);
}

bool volume_fits_unit(const Allocated *granted, Unit unit)
{
    if (!has_limit(granted))
        return true;
    return unit == granted->unit || (granted->unit == UNIT_HOUR && unit == UNIT_MINUTE);
}

bool volume_counted(const Allocated *granted, int64_t volume, Unit unit, int64_t *counted_out)
{
    if (granted->unit != UNIT_HOUR || unit != UNIT_HOUR) {
        *counted_out = volume;
        return true;
    }
    int64_t minutes;
    if (__builtin_mul_overflow(volume, MINUTES_PER_HOUR, &minutes))
        return false;
    *counted_out = minutes;
    return true;
}

int32_t weeks_of_effort(Period product_period)
{
    return period_weeks_touched(product_period);
}

/* A week that the allocation breaks off counts where its last Sunday lies, or with its last day when it has no Sunday. */
static Day day_of_broken_week(Period allocated)
{
    Day sunday = day_plus(allocated.last, -(day_weekday(allocated.last) % DAYS_PER_WEEK));
    return period_has(allocated, sunday) ? sunday : allocated.last;
}

int32_t weeks_of_output(Period allocated, Period product_period)
{
    Period counted = period_meet(allocated, product_period);
    int32_t sundays = period_sundays(counted);
    bool ends_on_sunday = day_weekday(allocated.last) == DAYS_PER_WEEK;
    if (ends_on_sunday || day_compare(allocated.last, DAY_LAST) >= 0)
        return sundays;
    return sundays + (period_has(counted, day_of_broken_week(allocated)) ? 1 : 0);
}

static int32_t months_touched(Period period)
{
    DayParts first = day_parts(period.first);
    DayParts last = day_parts(period.last);
    return (last.year - first.year) * MONTHS_PER_YEAR + last.month - first.month + 1;
}

/* How often the frequency comes round in the period. */
static int64_t rounds(const Allocated *granted, Period period)
{
    switch (granted->frequency) {
    case FREQUENCY_PER_DAY:
        return period_days(period);
    case FREQUENCY_PER_WEEK:
        return is_output(granted->unit) ? weeks_of_output(granted->period, period) : weeks_of_effort(period);
    case FREQUENCY_PER_MONTH:
        return months_touched(period);
    case FREQUENCY_IN_TOTAL:
        return 1;
    }
    return 0;
}

/* Counted in minutes where hours are allocated. */
static int64_t limit(const Allocated *granted, int64_t count)
{
    int64_t volume = granted->unit == UNIT_HOUR ? times(granted->volume, MINUTES_PER_HOUR) : granted->volume;
    return times(volume, count);
}

int64_t volume_in_period(const Allocated *granted, Period product_period)
{
    if (!has_limit(granted))
        return VOLUME_NO_LIMIT;
    return limit(granted, rounds(granted, product_period));
}

int64_t volume_in_all(const Allocated *granted)
{
    if (!has_limit(granted))
        return VOLUME_NO_LIMIT;
    if (granted->frequency != FREQUENCY_IN_TOTAL && !has_end(granted))
        return VOLUME_NO_LIMIT;
    return limit(granted, rounds(granted, granted->period));
}
