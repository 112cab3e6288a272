#include "base/day.h"

#include "support/unit.h"

static Period period(const char *first, const char *last)
{
    Period read;
    assert_true(day_read(first, &read.first));
    assert_true(day_read(last, &read.last));
    return read;
}

static void every_day_of_four_centuries_is_read_back(void **state)
{
    (void)state;
    Day day = day_of(1900, 1, 1);
    DayParts expected = {1900, 1, 1};
    while (day.number < DAY_LAST.number) {
        DayParts parts = day_parts(day);
        assert_int_equal(parts.year * 10000 + parts.month * 100 + parts.day,
                         expected.year * 10000 + expected.month * 100 + expected.day);
        char text[DAY_TEXT_SIZE];
        Day read;
        assert_true(day_read(day_write(day, text), &read));
        assert_int_equal(read.number, day.number);

        bool leap = (expected.year % 4 == 0 && expected.year % 100 != 0) || expected.year % 400 == 0;
        int32_t lengths[] = {31, 28 + leap, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        if (++expected.day > lengths[expected.month - 1]) {
            expected.day = 1;
            if (++expected.month > 12) {
                expected.month = 1;
                expected.year++;
            }
        }
        day = day_plus(day, 1);
    }
}

static void what_is_no_day_is_not_read(void **state)
{
    (void)state;
    const char *wrong[] = {"2021-02-29", "2020-13-01", "2020-00-10", "2020-1-01",  "20200101",  "2020-01-01 ",
                           "",           "1899-12-31", "2190-01-01", "2020/01/01", "2o20-01-01"};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        Day untouched = {42};
        assert_false(day_read(wrong[i], &untouched));
        assert_int_equal(untouched.number, 42);
    }
}

static void a_week_begins_on_monday(void **state)
{
    (void)state;
    assert_int_equal(day_weekday(day_of(1970, 1, 1)), 4);
    assert_int_equal(day_weekday(day_of(2025, 7, 7)), 1);
    assert_int_equal(day_weekday(day_of(2025, 9, 7)), 7);
    assert_int_equal(day_weekday(day_of(1969, 12, 28)), 7);
}

/* IV076 to IV081: three a week over these product periods makes 12, 15 and 3, and 12, 15 and 15. */
static void the_weeks_of_a_period_are_the_checked_ones(void **state)
{
    (void)state;
    static const struct {
        const char *first, *last;
        int weeks, sundays;
    } CASES[] = {
        {"2025-07-07", "2025-07-31", 4, 3}, {"2025-08-01", "2025-08-31", 5, 5}, {"2025-09-01", "2025-09-07", 1, 1},
        {"2025-10-07", "2025-10-31", 4, 3}, {"2025-11-01", "2025-11-30", 5, 5}, {"2025-12-01", "2025-12-30", 5, 4},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        assert_int_equal(period_weeks_touched(period(CASES[i].first, CASES[i].last)), CASES[i].weeks);
        assert_int_equal(period_sundays(period(CASES[i].first, CASES[i].last)), CASES[i].sundays);
    }
    assert_int_equal(period_weeks_touched((Period){{5}, {4}}), 0);
    assert_int_equal(period_sundays((Period){{5}, {4}}), 0);
}

static void an_age_counts_whole_years(void **state)
{
    (void)state;
    assert_int_equal(day_age(day_of(2002, 6, 15), day_of(2020, 6, 14)), 17);
    assert_int_equal(day_age(day_of(2002, 6, 15), day_of(2020, 6, 15)), 18);
    assert_int_equal(day_age(day_of(2004, 2, 29), day_of(2021, 2, 28)), 16);
    assert_int_equal(day_age(day_of(2004, 2, 29), day_of(2021, 3, 1)), 17);
}

static void periods_meet_cover_and_overlap(void **state)
{
    (void)state;
    Period year = period("2020-01-01", "2020-12-31");
    Period february = period("2020-02-01", "2020-02-29");
    assert_true(period_covers(year, february));
    assert_false(period_covers(february, year));
    assert_true(period_is_month(february));
    assert_false(period_is_month(year));
    assert_int_equal(period_days(year), 366);
    assert_int_equal(period_days(period_month(day_of(2021, 12, 5))), 31);
    assert_false(period_overlaps(february, period("2020-03-01", "2020-03-31")));
    assert_true(period_overlaps(february, period("2020-02-29", "2020-03-31")));
    assert_int_equal(period_days(period_meet(february, period("2020-02-10", "2020-03-31"))), 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_four_centuries_is_read_back),
        cmocka_unit_test(what_is_no_day_is_not_read),
        cmocka_unit_test(a_week_begins_on_monday),
        cmocka_unit_test(the_weeks_of_a_period_are_the_checked_ones),
        cmocka_unit_test(an_age_counts_whole_years),
        cmocka_unit_test(periods_meet_cover_and_overlap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
