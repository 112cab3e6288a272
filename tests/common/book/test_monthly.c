#include "book/monthly.h"

#include "support/unit.h"

static Day day(const char *text)
{
    Day found;
    assert_true(day_read(text, &found));
    return found;
}

static Period period(const char *first, const char *last)
{
    return (Period){day(first), day(last)};
}

static void a_part_falls_due_on_the_day_of_the_month_on_which_care_began(void **state)
{
    (void)state;
    static const struct {
        const char *story, *first, *last;
        int32_t parts;
    } CASES[] = {
        {"a whole year", "2020-01-01", "2020-12-31", 12},
        {"one day", "2020-01-15", "2020-01-15", 1},
        {"a month to the day before", "2020-01-15", "2020-02-14", 1},
        {"and to the day itself", "2020-01-15", "2020-02-15", 2},
        {"it touches six months and is due in five", "2020-01-15", "2020-06-10", 5},
        {"from the end of a month, in a shorter one", "2020-01-31", "2020-02-28", 1},
        {"whose last day is that day", "2020-01-31", "2020-02-29", 2},
        {"and the longer one after it", "2020-01-31", "2020-03-30", 2},
        {"over the end of a year", "2020-11-20", "2021-02-19", 3},
        {"more than a year", "2020-03-02", "2021-05-31", 15},
        {"no day at all", "2020-03-02", "2020-03-01", 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof CASES[0]; i++) {
        int32_t parts = monthly_parts(period(CASES[i].first, CASES[i].last));
        if (parts != CASES[i].parts)
            fail_msg("%s: %d parts", CASES[i].story, parts);
    }
}

/* Counted the slow way: day by day, each part on its own day. */
static void parts_are_as_many_as_days_on_which_one_falls_due(void **state)
{
    (void)state;
    for (int32_t from = 0; from < 400; from += 3) {
        Day first = day_plus(day("2019-12-01"), from);
        int32_t due = 0;
        for (int32_t days = 0; days < 800; days++) {
            Day today = day_plus(first, days);
            int32_t month = months_between(first, today);
            due += day_compare(months_later(first, month), today) == 0;
            assert_int_equal(monthly_parts((Period){first, today}), due);
        }
    }
}

static void a_year_of_care_has_the_tariff_of_its_first_day(void **state)
{
    (void)state;
    Day first = day("2020-02-29");
    assert_int_equal(monthly_price_day(first, 0).number, first.number);
    assert_int_equal(monthly_price_day(first, 11).number, first.number);
    assert_int_equal(monthly_price_day(first, 12).number, day("2021-02-28").number);
    assert_int_equal(monthly_price_day(first, 23).number, day("2021-02-28").number);
    assert_int_equal(monthly_price_day(first, 48).number, day("2024-02-29").number);
}

static void parts_sum_to_what_is_granted_for_them(void **state)
{
    (void)state;
    for (int64_t cents = 1; cents < 2000; cents += 7) {
        Money sum = {0}, part, together;
        for (int32_t month = 1; month <= MONTHS_PER_YEAR; month++) {
            assert_true(monthly_part((Money){cents}, month, &part) && money_add(sum, part, &sum));
            assert_true(monthly_parts_amount((Money){cents}, month, &together));
            assert_int_equal(sum.cents, together.cents);
        }
        assert_int_equal(sum.cents, cents);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_falls_due_on_the_day_of_the_month_on_which_care_began),
        cmocka_unit_test(parts_are_as_many_as_days_on_which_one_falls_due),
        cmocka_unit_test(a_year_of_care_has_the_tariff_of_its_first_day),
        cmocka_unit_test(parts_sum_to_what_is_granted_for_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
