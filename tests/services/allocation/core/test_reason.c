#include "allocation/core/reason.h"

#include "support/unit.h"

#include <ctype.h>

static void every_reason_is_named_and_said_in_two_languages(void **state)
{
    (void)state;
    for (AllocationReason reason = ALLOCATION_FITS + 1; reason < ALLOCATION_REASON_COUNT; reason++) {
        const char *dutch = allocation_reason_dutch(reason);
        assert_int_equal(allocation_reason_named(allocation_reason_name(reason)), reason);
        assert_true(islower((unsigned char)allocation_reason_english(reason)[0]));
        assert_true(isupper((unsigned char)dutch[0]));
        assert_int_equal(dutch[strlen(dutch) - 1], '.');
    }
    assert_int_equal(allocation_reason_named("NO_SUCH_REASON"), ALLOCATION_FITS);
    assert_string_equal(allocation_reason_name(ALLOCATION_FITS), "");
}

static void a_return_code_is_the_national_one_of_four_digits(void **state)
{
    (void)state;
    for (AllocationReason reason = ALLOCATION_FITS; reason < ALLOCATION_REASON_COUNT; reason++) {
        const char *code = allocation_reason_code(reason);
        size_t digits = strspn(code, "0123456789");
        assert_true(code[digits] == '\0' && (digits == 0 || digits == 4));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_reason_is_named_and_said_in_two_languages),
        cmocka_unit_test(a_return_code_is_the_national_one_of_four_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
