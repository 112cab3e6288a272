#include "http/readers.h"

#include "support/unit.h"

static const char FILE_OF_READERS[] = "# who may read\n"
                                      "\n"
                                      "delft 0123456789abcdef-delft 0503\n"
                                      "both  0123456789abcdef-both  0503,0518\r\n"
                                      "region 0123456789abcdef-region *\n"
                                      "council 0123456789abcdef-council public";

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static void an_operator_sees_its_own_municipalities_exactly(void **state)
{
    Readers readers;
    assert_int_equal(readers_read(*state, FILE_OF_READERS, &readers), STATUS_OK);
    assert_int_equal(readers.count, 4);
    static const struct {
        const char *name, *municipality;
        bool sees;
    } CASES[] = {
        {"delft", "0503", true},    {"delft", "0518", false}, {"delft", "", false}, /* the region is a wider audience */
        {"delft", "05", false},     {"both", "0503", true},   {"both", "0518", true},
        {"both", "0603", false},    {"region", "0603", true}, {"region", "", true},
        {"council", "0503", false}, {"council", "", false},   {"nobody", "0503", false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (readers_see(&readers, CASES[i].name, CASES[i].municipality) != CASES[i].sees)
            fail_msg("%s of %s", CASES[i].name, CASES[i].municipality);
}

static void a_file_that_is_wrong_is_refused_by_line_and_without_its_secret(void **state)
{
    static const struct {
        const char *text, *words;
    } CASES[] = {
        {"a 0123456789abcdef", "line 1 of the readers: write name, secret and municipalities"},
        {"\na 0123456789abcdef 0503 0518", "line 2 of the readers: write name, secret and municipalities"},
        {"a short-secret 0503", "line 1 of the readers: a secret has at least 16 characters"},
        {"a 0123456789abcdef 0503\na 0123456789abcdeg 0518\n",
         "line 2 of the readers: there is another reader of this name"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Readers readers;
        assert_int_equal(readers_read(*state, CASES[i].text, &readers), STATUS_STOP);
        assert_string_equal(fault_words(), CASES[i].words);
    }
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, setup, teardown)
    const struct CMUnitTest tests[] = {
        STORY(an_operator_sees_its_own_municipalities_exactly),
        STORY(a_file_that_is_wrong_is_refused_by_line_and_without_its_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
