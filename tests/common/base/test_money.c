#include "base/money.h"

#include "support/unit.h"

static void half_a_cent_rounds_up(void **state)
{
    (void)state;
    static const struct {
        int64_t cents, numerator, denominator, expected;
    } CASES[] = {
        {7200, 25, 60, 3000},     {10, 1, 4, 3}, {10, 1, 20, 1}, {9, 1, 20, 0}, {-10, 1, 20, -1},
        {100000, 70, 100, 70000}, {0, 5, 7, 0},  {1, 1, 3, 0},   {2, 1, 3, 1},  {INT64_MAX, 1, 1, INT64_MAX},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Money share;
        assert_true(money_share_half_up((Money){CASES[i].cents}, CASES[i].numerator, CASES[i].denominator, &share));
        assert_int_equal(share.cents, CASES[i].expected);
    }
}

static void what_does_not_fit_is_refused_and_touches_nothing(void **state)
{
    (void)state;
    Money untouched = {42};
    assert_false(money_add((Money){INT64_MAX}, (Money){1}, &untouched));
    assert_false(money_times((Money){INT64_MAX}, 2, &untouched));
    assert_false(money_share_half_up((Money){INT64_MAX}, 3, 2, &untouched));
    assert_false(money_share_half_up((Money){100}, 1, 0, &untouched));
    assert_int_equal(untouched.cents, 42);
}

static void euros_are_written_the_dutch_way(void **state)
{
    (void)state;
    char text[MONEY_TEXT_SIZE];
    assert_string_equal(money_write_dutch((Money){123456789}, text), "€ 1.234.567,89");
    assert_string_equal(money_write_dutch((Money){5}, text), "€ 0,05");
    assert_string_equal(money_write_dutch((Money){-100000}, text), "€ -1.000,00");
    assert_string_equal(money_write_dutch((Money){INT64_MIN}, text), "€ -92.233.720.368.547.758,08");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_a_cent_rounds_up),
        cmocka_unit_test(what_does_not_fit_is_refused_and_touches_nothing),
        cmocka_unit_test(euros_are_written_the_dutch_way),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
