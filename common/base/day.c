#include "base/day.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* Years run from March in here, so that the leap day is the last day of a year. An era is 400 years. */
enum { DAYS_PER_ERA = 146097, DAYS_TO_1970 = 719468 };

static int32_t floor_divide(int32_t number, int32_t by)
{
    return number / by - (number % by < 0);
}

Day day_of(int32_t year, int32_t month, int32_t day)
{
    int32_t march_year = month <= 2 ? year - 1 : year;
    int32_t era = floor_divide(march_year, 400);
    int32_t year_of_era = march_year - era * 400;
    int32_t month_from_march = (month + 9) % 12;
    int32_t day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (Day){era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970};
}

DayParts day_parts(Day day)
{
    int32_t number = day.number + DAYS_TO_1970;
    int32_t era = floor_divide(number, DAYS_PER_ERA);
    int32_t day_of_era = number - era * DAYS_PER_ERA;
    int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t month_from_march = (5 * day_of_year + 2) / 153;
    int32_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (DayParts){
        .year = year_of_era + era * 400 + (month <= 2),
        .month = month,
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
    };
}

static bool digits(const char *text, int count, int32_t *number_out)
{
    int32_t number = 0;
    for (int i = 0; i < count; i++) {
        if (!isdigit((unsigned char)text[i]))
            return false;
        number = number * 10 + (text[i] - '0');
    }
    *number_out = number;
    return true;
}

bool day_read(const char *text, Day *day_out)
{
    if (strlen(text) != DAY_TEXT_SIZE - 1 || text[4] != '-' || text[7] != '-')
        return false;

    DayParts read;
    if (!digits(text, 4, &read.year) || !digits(text + 5, 2, &read.month) || !digits(text + 8, 2, &read.day))
        return false;
    if (read.month < 1 || read.month > 12)
        return false;

    Day day = day_of(read.year, read.month, read.day);
    DayParts back = day_parts(day);
    if (back.month != read.month || back.day != read.day)
        return false;
    if (!period_has((Period){DAY_FIRST, DAY_LAST}, day))
        return false;

    *day_out = day;
    return true;
}

char *day_write(Day day, char *text)
{
    DayParts parts = day_parts(day);
    char wide[40];
    snprintf(wide, sizeof wide, "%04d-%02d-%02d", parts.year, parts.month, parts.day);
    memcpy(text, wide, DAY_TEXT_SIZE - 1);
    text[DAY_TEXT_SIZE - 1] = '\0';
    return text;
}

/* The Monday on or before 1970-01-01, a Thursday, is day -3. */
static int32_t week_of(Day day)
{
    return floor_divide(day.number + 3, 7);
}

int day_weekday(Day day)
{
    return day.number + 3 - week_of(day) * 7 + 1;
}

int32_t day_age(Day birth, Day day)
{
    DayParts born = day_parts(birth);
    DayParts now = day_parts(day);
    bool birthday_to_come = now.month < born.month || (now.month == born.month && now.day < born.day);
    return now.year - born.year - birthday_to_come;
}

int32_t period_days(Period period)
{
    return period.last.number < period.first.number ? 0 : period.last.number - period.first.number + 1;
}

bool period_has(Period period, Day day)
{
    return period.first.number <= day.number && day.number <= period.last.number;
}

bool period_covers(Period outer, Period inner)
{
    return outer.first.number <= inner.first.number && inner.last.number <= outer.last.number;
}

bool period_overlaps(Period a, Period b)
{
    return period_days(period_meet(a, b)) > 0;
}

Period period_meet(Period a, Period b)
{
    return (Period){day_latest(a.first, b.first), day_earliest(a.last, b.last)};
}

Period period_month(Day day)
{
    DayParts parts = day_parts(day);
    Day next = parts.month == 12 ? day_of(parts.year + 1, 1, 1) : day_of(parts.year, parts.month + 1, 1);
    return (Period){day_of(parts.year, parts.month, 1), day_plus(next, -1)};
}

Period period_year(Day day)
{
    int32_t year = day_parts(day).year;
    return (Period){day_of(year, 1, 1), day_of(year, 12, 31)};
}

bool period_is_month(Period period)
{
    Period month = period_month(period.first);
    return month.first.number == period.first.number && month.last.number == period.last.number;
}

int32_t period_weeks_touched(Period period)
{
    return period_days(period) ? week_of(period.last) - week_of(period.first) + 1 : 0;
}

int32_t period_sundays(Period period)
{
    return period_days(period) ? week_of(day_plus(period.last, 1)) - week_of(period.first) : 0;
}
