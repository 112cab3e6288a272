#include "intake/core/care.h"

#include "support/unit.h"

#include <stdio.h>

enum { SAID_MAX = 6 };

typedef struct Words {
    CareSaidKind kind;
    const char *allocation;
    const char *first;
    const char *last;
} Words;

#define PERIOD CARE_SAID_PERIOD
#define START CARE_SAID_START
#define STOP CARE_SAID_STOP

static const struct {
    const char *story;
    Words said[SAID_MAX];
    const char *periods;
} CASES[] = {
    {"nothing was said", {{0}}, ""},
    {"a start goes on", {{START, "1", "2020-01-06", NULL}}, "2020-01-06/2189-12-31"},
    {"a start and its stop",
     {{START, "1", "2020-01-06", NULL}, {STOP, "1", NULL, "2020-03-31"}},
     "2020-01-06/2020-03-31"},
    {"a stop of other care",
     {{START, "1", "2020-01-06", NULL}, {STOP, "2", NULL, "2020-03-31"}},
     "2020-01-06/2189-12-31"},
    {"a stop that nobody knew to begin", {{STOP, "1", NULL, "2020-03-31"}}, "2020-03-31/2020-03-31"},
    {"taken over", {{PERIOD, "1", "2019-01-01", "2020-06-30"}}, "2019-01-01/2020-06-30"},
    {"taken over and stopped early",
     {{PERIOD, "1", "2019-01-01", "2020-06-30"}, {STOP, "1", NULL, "2020-02-29"}},
     "2019-01-01/2020-02-29"},
    {"taken over, and started once more",
     {{PERIOD, "1", "2019-01-01", "2020-06-30"}, {START, "1", "2019-01-01", NULL}, {STOP, "1", NULL, "2020-02-29"}},
     "2019-01-01/2020-06-30"},
    {"a pause",
     {{START, "1", "2020-01-06", NULL},
      {STOP, "1", NULL, "2020-01-31"},
      {START, "1", "2020-03-02", NULL},
      {STOP, "1", NULL, "2020-04-30"}},
     "2020-01-06/2020-01-31 2020-03-02/2020-04-30"},
    {"a stop is corrected",
     {{START, "1", "2020-01-06", NULL}, {STOP, "1", NULL, "2020-04-30"}, {STOP, "1", NULL, "2020-03-31"}},
     "2020-01-06/2020-03-31"},
    {"two that touch are one",
     {{PERIOD, "", "2018-01-01", "2018-06-30"}, {PERIOD, "", "2018-07-01", "2018-12-31"}},
     "2018-01-01/2018-12-31"},
    {"two with a day between are two",
     {{PERIOD, "", "2018-07-02", "2018-12-31"}, {PERIOD, "", "2018-01-01", "2018-06-30"}},
     "2018-01-01/2018-06-30 2018-07-02/2018-12-31"},
    {"one within another",
     {{PERIOD, "", "2018-01-01", "2018-12-31"}, {PERIOD, "", "2018-03-01", "2018-03-31"}},
     "2018-01-01/2018-12-31"},
};

static Day day(const char *text)
{
    Day read = {0};
    if (text && !day_read(text, &read))
        fail_msg("%s is no day", text);
    return read;
}

static void care_periods_follow_from_what_was_said(void **state)
{
    Arena *arena = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CareSaid said[SAID_MAX];
        size_t count = 0;
        for (const Words *words = CASES[i].said; count < SAID_MAX && words->kind; words++)
            said[count++] = (CareSaid){.kind = words->kind,
                                       .conversation = "0503/90000001",
                                       .allocation = words->allocation,
                                       .period = {day(words->first), day(words->last)}};
        CarePeriods care = care_periods(arena, said, count);
        const char *written = "";
        for (size_t j = 0; j < care.count; j++) {
            char first[DAY_TEXT_SIZE];
            char last[DAY_TEXT_SIZE];
            written = arena_format(arena, "%s%s%s/%s", written, j ? " " : "", day_write(care.periods[j].first, first),
                                   day_write(care.periods[j].last, last));
        }
        if (strcmp(written, CASES[i].periods) != 0)
            fail_msg("%s: %s", CASES[i].story, written);
    }
}

static void the_same_number_of_another_provider_is_other_care(void **state)
{
    CareSaid said[] = {
        {0, CARE_SAID_START, "0503/90000001", "1", {day("2020-01-06"), {0}}},
        {0, CARE_SAID_STOP, "0503/90000002", "1", {{0}, day("2019-11-30")}},
    };
    CarePeriods care = care_periods(*state, said, COUNT(said));
    assert_int_equal(care.count, 2);
}

static int arena_setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(care_periods_follow_from_what_was_said),
        cmocka_unit_test(the_same_number_of_another_provider_is_other_care),
    };
    return cmocka_run_group_tests_name("care", tests, arena_setup, arena_teardown);
}
