#include "process/moment.h"
#include "support/unit.h"

static void a_moment_is_written_and_read_again(void **state)
{
    (void)state;
    static const struct {
        int64_t us;
        const char *text;
    } CASES[] = {
        {0, "1970-01-01T00:00:00.000000Z"},
        {1591606800000123, "2020-06-08T09:00:00.000123Z"},
        {1582934399999999, "2020-02-28T23:59:59.999999Z"},
        {-1, "1969-12-31T23:59:59.999999Z"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char text[MOMENT_TEXT_SIZE];
        assert_string_equal(moment_write(CASES[i].us, text), CASES[i].text);
        int64_t us = 7;
        assert_true(moment_read(text, &us));
        assert_int_equal(us, CASES[i].us);
    }
}

static void what_is_no_moment_is_not_read(void **state)
{
    (void)state;
    static const char *const CASES[] = {
        "",
        "2020-06-08",
        "2020-06-08T09:00:00Z",
        "2020-06-08T09:00:00.123Z",
        "2020-06-08T09:00:00.000123",
        "2020-06-08T09:00:00.000123Z ",
        "2020-13-08T09:00:00.000123Z",
        "2020-06-08T09:00:00.-00123Z",
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int64_t us = 7;
        if (moment_read(CASES[i], &us))
            fail_msg("%s is read as %lld", CASES[i], (long long)us);
        assert_int_equal(us, 7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_is_written_and_read_again),
        cmocka_unit_test(what_is_no_moment_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
