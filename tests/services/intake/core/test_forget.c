#include "intake/core/forget.h"

#include "support/unit.h"

static Day day(const char *text)
{
    Day read;
    if (!day_read(text, &read))
        fail_msg("%s is no day", text);
    return read;
}

static Period period(const char *first, const char *last)
{
    return (Period){day(first), day(last)};
}

#define OPEN "2189-12-31"
#define NO_MORE \
    {           \
        0       \
    }

enum { SAID_MAX = 4 };

/* What is known of one client. An allocation without number is none. */
static const struct {
    const char *story;
    const char *named;
    struct {
        const char *number, *first, *last;
        bool removed;
    } allocations[SAID_MAX];
    struct {
        CareSaidKind kind;
        const char *allocation, *first, *last;
    } said[SAID_MAX];
    const char *last; /* day of care */
} LASTS[] = {
    {"nobody but a request that was refused", "2020-03-01", {NO_MORE}, {NO_MORE}, "2020-03-01"},
    {"care that ended", "2020-03-01", {{"1", "2020-03-02", "2020-12-31", false}}, {NO_MORE}, "2020-12-31"},
    {"the later of two",
     "2020-03-01",
     {{"1", "2020-03-02", "2021-12-31", false}, {"2", "2020-03-02", "2020-12-31", false}},
     {NO_MORE},
     "2021-12-31"},
    {"asked again later, and refused",
     "2025-03-01",
     {{"1", "2020-03-02", "2020-12-31", false}},
     {NO_MORE},
     "2025-03-01"},
    {"an allocation that was taken back",
     "2020-03-01",
     {{"1", "2020-06-01", "2030-12-31", true}},
     {NO_MORE},
     "2020-03-01"},
    {"care without an end", "2020-03-01", {{"1", "2020-03-02", OPEN, false}}, {NO_MORE}, OPEN},
    {"begun and never stopped, while the allocation ended",
     "2020-03-01",
     {{"1", "2020-03-02", "2020-12-31", false}},
     {{CARE_SAID_START, "1", "2020-03-05", OPEN}},
     "2020-12-31"},
    {"begun under a number that nobody answered runs",
     "2020-03-01",
     {{"1", "2020-03-02", "2020-12-31", false}},
     {{CARE_SAID_START, "2", "2020-03-05", OPEN}},
     OPEN},
    {"begun and stopped under such a number",
     "2020-03-01",
     {NO_MORE},
     {{CARE_SAID_START, "2", "2020-03-05", OPEN}, {CARE_SAID_STOP, "2", "1900-01-01", "2022-02-01"}},
     "2022-02-01"},
    {"begun anew after the stop runs",
     "2020-03-01",
     {NO_MORE},
     {{CARE_SAID_START, "2", "2020-03-05", OPEN},
      {CARE_SAID_STOP, "2", "1900-01-01", "2022-02-01"},
      {CARE_SAID_START, "2", "2022-03-05", OPEN}},
     OPEN},
    {"begun under what was taken back",
     "2020-03-01",
     {{"1", "2020-06-01", "2030-12-31", true}},
     {{CARE_SAID_START, "1", "2020-06-02", OPEN}},
     "2020-06-02"},
    {"taken over without an end, and ended since",
     "2020-03-01",
     {{"1", "2019-01-01", "2020-12-31", false}},
     {{CARE_SAID_PERIOD, "1", "2019-01-01", OPEN}},
     "2020-12-31"},
    {"earlier care that is named with a take-over",
     "2020-03-01",
     {NO_MORE},
     {{CARE_SAID_PERIOD, "", "2018-01-01", "2020-05-01"}},
     "2020-05-01"},
};

static void the_last_day_is_that_of_the_last_care(void **)
{
    for (size_t i = 0; i < COUNT(LASTS); i++) {
        RememberedCare allocations[SAID_MAX];
        CareSaid said[SAID_MAX];
        Remembered remembered = {
            .reference = "c", .named = day(LASTS[i].named), .allocations = allocations, .care = said};
        for (size_t j = 0; j < SAID_MAX && LASTS[i].allocations[j].number; j++)
            allocations[remembered.allocation_count++] = (RememberedCare){
                "0503/90000001", LASTS[i].allocations[j].number,
                period(LASTS[i].allocations[j].first, LASTS[i].allocations[j].last), LASTS[i].allocations[j].removed};
        for (size_t j = 0; j < SAID_MAX && LASTS[i].said[j].kind; j++)
            said[remembered.care_count++] = (CareSaid){.kind = LASTS[i].said[j].kind,
                                                       .conversation = "0503/90000001",
                                                       .allocation = LASTS[i].said[j].allocation,
                                                       .period = period(LASTS[i].said[j].first, LASTS[i].said[j].last)};
        char text[DAY_TEXT_SIZE];
        if (strcmp(day_write(forget_last_day(&remembered), text), LASTS[i].last) != 0)
            fail_msg("%s: %s, not %s", LASTS[i].story, text, LASTS[i].last);
    }
}

static const struct {
    const char *story, *last;
    int32_t years;
    const char *due;
} DUES[] = {
    {"a year", "2020-12-31", 1, "2022-01-01"},
    {"twenty years", "2020-06-30", 20, "2040-07-01"},
    {"the day after falls on a leap day", "2020-02-28", 20, "2040-02-29"},
    {"on a leap day that is not there", "2020-02-28", 7, "2027-03-01"},
    {"ended on a leap day", "2020-02-29", 7, "2027-03-01"},
    {"care that runs", OPEN, 20, OPEN},
    {"beyond the calendar", "2180-01-01", 20, OPEN},
};

static void a_person_is_known_for_whole_years_after_it(void **)
{
    for (size_t i = 0; i < COUNT(DUES); i++) {
        char text[DAY_TEXT_SIZE];
        Day due = forget_due_day(day(DUES[i].last), DUES[i].years);
        if (strcmp(day_write(due, text), DUES[i].due) != 0)
            fail_msg("%s: %s, not %s", DUES[i].story, text, DUES[i].due);
    }
}

/* Both ways of asking are one rule, for every day of five years. */
static void what_is_due_today_is_what_has_its_day_today_or_earlier(void **)
{
    for (int32_t years = 1; years <= 20; years++)
        for (Day today = day("2039-01-01"); day_compare(today, day("2044-01-01")) < 0; today = day_plus(today, 1)) {
            Day last = forget_last_day_due(today, years);
            assert_true(day_compare(forget_due_day(last, years), today) <= 0);
            assert_true(day_compare(forget_due_day(day_plus(last, 1), years), today) > 0);
        }
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test(the_last_day_is_that_of_the_last_care),
        cmocka_unit_test(a_person_is_known_for_whole_years_after_it),
        cmocka_unit_test(what_is_due_today_is_what_has_its_day_today_or_earlier),
    };
    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
