/*
 * Day: a calendar day, and the periods made of them. No clock and no time zone.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Days since 1970-01-01. */
typedef struct Day {
    int32_t number;
} Day;

/* First and last day both belong to it; empty when last < first. */
typedef struct Period {
    Day first;
    Day last;
} Period;

typedef struct DayParts {
    int32_t year;
    int32_t month; /* 1 to 12 */
    int32_t day;   /* 1 to 31 */
} DayParts;

enum { DAY_TEXT_SIZE = sizeof "2020-01-01" };

/* No care lies before or after these: the open ends of a period. */
#define DAY_FIRST ((Day){-25567}) /* 1900-01-01 */
#define DAY_LAST ((Day){80353})   /* 2189-12-31 */

Day day_of(int32_t year, int32_t month, int32_t day);
DayParts day_parts(Day day);

/* Reads "2020-02-29" and nothing else; false, and day_out untouched, when it is no day between DAY_FIRST and DAY_LAST. */
bool day_read(const char *text, Day *day_out);

/* Writes "2020-02-29" into text, which has room for DAY_TEXT_SIZE; returns text. */
char *day_write(Day day, char *text);

static inline Day day_plus(Day day, int32_t days)
{
    return (Day){day.number + days};
}

static inline int day_compare(Day a, Day b)
{
    return (a.number > b.number) - (a.number < b.number);
}

static inline Day day_earliest(Day a, Day b)
{
    return a.number < b.number ? a : b;
}

static inline Day day_latest(Day a, Day b)
{
    return a.number > b.number ? a : b;
}

/* 1 is Monday, 7 is Sunday. */
int day_weekday(Day day);

/* Whole years from birth to day: on 28 February of a common year, who was born on 29 February has not had a birthday yet. */
int32_t day_age(Day birth, Day day);

/* Number of days, 0 when empty. */
int32_t period_days(Period period);

bool period_has(Period period, Day day);
bool period_covers(Period outer, Period inner);
bool period_overlaps(Period a, Period b);

/* The days that both have; empty when there are none. */
Period period_meet(Period a, Period b);

/* The calendar month or year that the day lies in. */
Period period_month(Day day);
Period period_year(Day day);
bool period_is_month(Period period);

/* Distinct ISO weeks (Monday to Sunday) that the period touches. */
int32_t period_weeks_touched(Period period);

/* Days of the period that are a Sunday. */
int32_t period_sundays(Period period);
