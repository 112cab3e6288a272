#include "intake/core/forget.h"

#include <string.h>

static bool is_of(const CareSaid *said, const char *conversation, const char *allocation)
{
    return strcmp(said->conversation, conversation) == 0 && strcmp(said->allocation, allocation) == 0;
}

static const RememberedCare *answered(const Remembered *remembered, const CareSaid *said)
{
    for (size_t i = 0; i < remembered->allocation_count; i++)
        if (is_of(said, remembered->allocations[i].conversation, remembered->allocations[i].allocation))
            return &remembered->allocations[i];
    return NULL;
}

/* The first stop of the same care that was said after it; NULL when nobody said any. */
static const CareSaid *stopped(const Remembered *remembered, size_t number)
{
    const CareSaid *said = &remembered->care[number];
    for (size_t i = number + 1; i < remembered->care_count; i++) {
        const CareSaid *later = &remembered->care[i];
        if (later->kind == CARE_SAID_STOP && is_of(later, said->conversation, said->allocation))
            return later;
    }
    return NULL;
}

/* An allocation ends what was begun under it, whether a stop was said or not. */
static Day last_day_said(const Remembered *remembered, size_t number)
{
    const CareSaid *said = &remembered->care[number];
    if (said->kind == CARE_SAID_STOP)
        return said->period.last;
    const CareSaid *stop = stopped(remembered, number);
    if (stop)
        return stop->period.last;
    const RememberedCare *allocation = answered(remembered, said);
    if (allocation)
        return allocation->removed ? said->period.first : allocation->period.last;
    return said->kind == CARE_SAID_START ? DAY_LAST : said->period.last;
}

Day forget_last_day(const Remembered *remembered)
{
    Day last = remembered->named;
    for (size_t i = 0; i < remembered->allocation_count; i++)
        if (!remembered->allocations[i].removed)
            last = day_latest(last, remembered->allocations[i].period.last);
    for (size_t i = 0; i < remembered->care_count; i++)
        last = day_latest(last, last_day_said(remembered, i));
    return last;
}

/* The day after, as many years on; a 29 February that is not there is 1 March. */
Day forget_due_day(Day last, int32_t years)
{
    enum { YEAR_LAST = 2189 };
    DayParts after = day_parts(day_plus(last, 1));
    if (day_compare(last, DAY_LAST) >= 0 || after.year + years > YEAR_LAST)
        return DAY_LAST;
    bool is_leap_day = after.month == 2 && after.day == 29;
    return is_leap_day ? day_plus(day_of(after.year + years, 2, 28), 1)
                       : day_of(after.year + years, after.month, after.day);
}

Day forget_last_day_due(Day today, int32_t years)
{
    DayParts parts = day_parts(today);
    bool is_leap_day = parts.month == 2 && parts.day == 29;
    Day last = day_plus(day_of(parts.year - years, parts.month, is_leap_day ? 28 : parts.day), is_leap_day);
    while (day_compare(forget_due_day(last, years), today) > 0)
        last = day_plus(last, -1);
    return last;
}

size_t forget_decide(Arena *arena, const Remembered *remembered, size_t count, Day today, int32_t years,
                     const Forgotten **forgotten_out)
{
    Forgotten *forgotten = ARENA_MANY(arena, Forgotten, count);
    size_t due = 0;
    for (size_t i = 0; i < count; i++) {
        Day last = forget_last_day(&remembered[i]);
        if (day_compare(forget_due_day(last, years), today) <= 0)
            forgotten[due++] = (Forgotten){remembered[i].reference, last};
    }
    *forgotten_out = forgotten;
    return due;
}
