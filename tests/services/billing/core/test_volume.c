#include "billing/core/volume.h"

#include "support/unit.h"

static Day day(const char *text)
{
    Day read;
    assert_true(day_read(text, &read));
    return read;
}

static Period period(const char *first, const char *last)
{
    return (Period){day(first), last[0] ? day(last) : DAY_LAST};
}

static Allocated allocated(int64_t volume, Unit unit, Frequency frequency, const char *first, const char *last)
{
    return (Allocated){
        .code = "45A53",
        .volume = volume,
        .unit = unit,
        .frequency = frequency,
        .period = period(first, last),
    };
}

enum { NO_LIMIT = -1 };

static int64_t shown(int64_t limit)
{
    return limit == VOLUME_NO_LIMIT ? NO_LIMIT : limit;
}

/* The values that the region checked by hand with its providers. */
static void a_volume_per_week_gives_the_checked_volumes(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story;
        Unit unit;
        const char *first, *last;
        int64_t a_week;
        struct {
            const char *first, *last;
            int64_t volume;
        } months[3];
        int64_t in_all;
    } CASES[] = {
        {"effort, ends on a Sunday", UNIT_PIECE, "2025-07-07", "2025-09-07", 3,
         {{"2025-07-07", "2025-07-31", 12}, {"2025-08-01", "2025-08-31", 15}, {"2025-09-01", "2025-09-07", 3}}, 27},
        {"effort, over the turn of a year", UNIT_PIECE, "2025-10-07", "2025-12-30", 3,
         {{"2025-10-07", "2025-10-31", 12}, {"2025-11-01", "2025-11-30", 15}, {"2025-12-01", "2025-12-30", 15}}, 39},
        {"output, ends on a Sunday", UNIT_OUTPUT, "2025-07-07", "2025-09-07", 1,
         {{"2025-07-07", "2025-07-31", 3}, {"2025-08-01", "2025-08-31", 5}, {"2025-09-01", "2025-09-07", 1}}, 9},
        {"output, ends on a Friday", UNIT_OUTPUT, "2025-07-07", "2025-09-05", 1,
         {{"2025-07-07", "2025-07-31", 3}, {"2025-08-01", "2025-08-31", 6}, {"2025-09-01", "2025-09-05", 0}}, 9},
        {"output in euros, ends on a Friday", UNIT_EURO, "2025-07-07", "2025-09-05", 30000,
         {{"2025-07-07", "2025-07-31", 90000}, {"2025-08-01", "2025-08-31", 180000}, {"2025-09-01", "2025-09-05", 0}},
         270000},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Allocated granted =
            allocated(CASES[i].a_week, CASES[i].unit, FREQUENCY_PER_WEEK, CASES[i].first, CASES[i].last);
        for (size_t month = 0; month < 3; month++) {
            Period asked = period(CASES[i].months[month].first, CASES[i].months[month].last);
            if (volume_in_period(&granted, asked) != CASES[i].months[month].volume)
                fail_msg("%s, from %s: %ld", CASES[i].story, CASES[i].months[month].first,
                         (long)volume_in_period(&granted, asked));
        }
        assert_int_equal(volume_in_all(&granted), CASES[i].in_all);
    }
}

static void every_frequency_has_its_volume_in_a_month_and_in_all(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story;
        int64_t volume;
        Unit unit;
        Frequency frequency;
        const char *first, *last;
        const char *month_first, *month_last;
        int64_t in_month;
        int64_t in_all;
    } CASES[] = {
        {"30 minutes a day, 30 days", 30, UNIT_MINUTE, FREQUENCY_PER_DAY, "2021-04-01", "2021-05-31",
         "2021-04-01", "2021-04-30", 900, 1830},
        {"two hours a day count in minutes", 2, UNIT_HOUR, FREQUENCY_PER_DAY, "2021-04-01", "2021-04-10",
         "2021-04-01", "2021-04-10", 1200, 1200},
        {"a week broken off twice counts three times", 3, UNIT_HOUR, FREQUENCY_PER_WEEK, "2026-11-12", "2026-12-13",
         "2026-11-12", "2026-11-30", 3 * 4 * 60, 3 * 5 * 60},
        {"15 hours a month, half a month granted", 15, UNIT_HOUR, FREQUENCY_PER_MONTH, "2026-10-14", "2026-12-13",
         "2026-10-14", "2026-10-31", 900, 2700},
        {"20 pieces in all, in one month if need be", 20, UNIT_PIECE, FREQUENCY_IN_TOTAL, "2021-01-01", "2021-12-31",
         "2021-03-01", "2021-03-31", 20, 20},
        {"a day part a month without end", 4, UNIT_DAY_PART, FREQUENCY_PER_MONTH, "2021-01-01", "",
         "2021-03-01", "2021-03-31", 4, NO_LIMIT},
        {"pieces of output a week without end", 1, UNIT_OUTPUT, FREQUENCY_PER_WEEK, "2021-01-01", "",
         "2021-03-01", "2021-03-31", 4, NO_LIMIT},
        {"in all, without end", 20, UNIT_PIECE, FREQUENCY_IN_TOTAL, "2021-01-01", "",
         "2021-03-01", "2021-03-31", 20, 20},
        {"output for less than a week counts as one", 1, UNIT_OUTPUT, FREQUENCY_PER_WEEK, "2021-03-02", "2021-03-05",
         "2021-03-02", "2021-03-05", 1, 1},
        {"output of a broken week without Sunday counts where it ends", 1, UNIT_OUTPUT, FREQUENCY_PER_WEEK,
         "2021-03-30", "2021-04-02", "2021-04-01", "2021-04-02", 1, 1},
        {"no volume granted", 0, UNIT_PIECE, FREQUENCY_IN_TOTAL, "2021-01-01", "2021-12-31",
         "2021-03-01", "2021-03-31", NO_LIMIT, NO_LIMIT},
        {"more than can be counted is no limit", INT64_MAX / 2, UNIT_HOUR, FREQUENCY_PER_DAY, "2021-01-01",
         "2021-12-31", "2021-03-01", "2021-03-31", NO_LIMIT, NO_LIMIT},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Allocated granted =
            allocated(CASES[i].volume, CASES[i].unit, CASES[i].frequency, CASES[i].first, CASES[i].last);
        int64_t in_month = volume_in_period(&granted, period(CASES[i].month_first, CASES[i].month_last));
        if (shown(in_month) != CASES[i].in_month || shown(volume_in_all(&granted)) != CASES[i].in_all)
            fail_msg("%s: %ld in the month, %ld in all", CASES[i].story, (long)in_month, (long)volume_in_all(&granted));
    }
}

static void hours_granted_may_be_declared_in_minutes_and_nothing_else(void **state)
{
    (void)state;
    Allocated hours = allocated(3, UNIT_HOUR, FREQUENCY_PER_WEEK, "2021-01-01", "2021-12-31");
    assert_true(volume_fits_unit(&hours, UNIT_HOUR));
    assert_true(volume_fits_unit(&hours, UNIT_MINUTE));
    assert_false(volume_fits_unit(&hours, UNIT_DAY_PART));

    Allocated minutes = allocated(180, UNIT_MINUTE, FREQUENCY_PER_WEEK, "2021-01-01", "2021-12-31");
    assert_true(volume_fits_unit(&minutes, UNIT_MINUTE));
    assert_false(volume_fits_unit(&minutes, UNIT_HOUR));

    int64_t counted;
    assert_true(volume_counted(&hours, 3, UNIT_HOUR, &counted));
    assert_int_equal(counted, 180);
    assert_true(volume_counted(&hours, 95, UNIT_MINUTE, &counted));
    assert_int_equal(counted, 95);
    assert_false(volume_counted(&hours, INT64_MAX / 2, UNIT_HOUR, &counted));
}

static void a_volume_in_euros_without_a_product_is_a_budget(void **state)
{
    (void)state;
    Allocated budget = allocated(100000, UNIT_EURO, FREQUENCY_IN_TOTAL, "2021-01-01", "2021-12-31");
    assert_false(volume_is_budget(&budget));
    budget.code = "";
    assert_true(volume_is_budget(&budget));
    assert_true(volume_fits_unit(&budget, UNIT_HOUR));
    assert_int_equal(shown(volume_in_all(&budget)), NO_LIMIT);
}

/* Where every day lies in one product period, the months together allow at least what is allowed in all. */
static void the_months_together_allow_what_is_allowed_in_all(void **state)
{
    (void)state;
    static const Unit UNITS[] = {UNIT_PIECE, UNIT_OUTPUT, UNIT_HOUR, UNIT_EURO};
    static const Frequency FREQUENCIES[] = {FREQUENCY_PER_DAY, FREQUENCY_PER_WEEK, FREQUENCY_PER_MONTH};
    Day start = day("2021-01-01");
    for (size_t unit = 0; unit < COUNT(UNITS); unit++) {
        for (size_t frequency = 0; frequency < COUNT(FREQUENCIES); frequency++) {
            for (int32_t length = 1; length < 120; length++) {
                Allocated granted = {
                    .code = "45A53",
                    .volume = 7,
                    .unit = UNITS[unit],
                    .frequency = FREQUENCIES[frequency],
                    .period = {day_plus(start, length * 3), day_plus(start, length * 4)},
                };
                int64_t sum = 0;
                for (Day at = granted.period.first; day_compare(at, granted.period.last) <= 0;) {
                    Period month = period_meet(period_month(at), granted.period);
                    sum += volume_in_period(&granted, month);
                    at = day_plus(month.last, 1);
                }
                bool by_effort = FREQUENCIES[frequency] == FREQUENCY_PER_WEEK && unit != 1 && unit != 3;
                if (by_effort)
                    assert_true(sum >= volume_in_all(&granted));
                else
                    assert_int_equal(sum, volume_in_all(&granted));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_volume_per_week_gives_the_checked_volumes),
        cmocka_unit_test(every_frequency_has_its_volume_in_a_month_and_in_all),
        cmocka_unit_test(hours_granted_may_be_declared_in_minutes_and_nothing_else),
        cmocka_unit_test(a_volume_in_euros_without_a_product_is_a_budget),
        cmocka_unit_test(the_months_together_allow_what_is_allowed_in_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
