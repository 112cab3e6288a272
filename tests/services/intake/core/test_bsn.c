#include "intake/core/bsn.h"

#include "support/unit.h"

static void a_citizen_number_passes_the_eleven_test(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        const char *text;
        bool passes;
    } CASES[] = {
        /* story                   text           passes */
        {"first of the test range", "999900006", true},
        {"another", "999990019", true},
        {"last digit one more", "999900007", false},
        {"two digits changed over", "999990109", false},
        {"eight digits", "99990000", false},
        {"ten digits", "9999000060", false},
        {"a letter", "99990000O", false},
        {"a space", "99990 006", false},
        {"all zero", "000000000", false},
        {"nothing", "", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (bsn_passes(CASES[i].text) != CASES[i].passes)
            fail_msg("%s: %s", CASES[i].story, CASES[i].text);
}

static void a_text_hides_a_number_when_nine_digits_stand_alone_and_pass(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        const char *text;
        bool hides;
    } CASES[] = {
        {"alone", "999900006", true},
        {"after letters", "client999900006", true},
        {"between words", "BSN: 999900006, Delft", true},
        {"the second run", "123-999900006", true},
        {"nine digits that fail", "999900007", false},
        {"an AGB code", "90000001", false},
        {"ten digits, of which nine pass", "1999900006", false},
        {"broken up", "9999-00006", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (text_hides_bsn(CASES[i].text, strlen(CASES[i].text)) != CASES[i].hides)
            fail_msg("%s: %s", CASES[i].story, CASES[i].text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_citizen_number_passes_the_eleven_test),
        cmocka_unit_test(a_text_hides_a_number_when_nine_digits_stand_alone_and_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
