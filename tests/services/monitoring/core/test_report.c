#include "monitoring/core/report.h"

#include "support/unit.h"

static const Label PXQ = {{"SPECIALIST", "NONE", "PXQ"}};
static const Label PIC = {{"SPECIALIST", "PIC", "PIC"}};

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

static Day day(const char *text)
{
    Day read = {0};
    assert_true(day_read(text, &read));
    return read;
}

static void a_wide_audience_sees_whole_months_only(void **state)
{
    (void)state;
    static const struct {
        const char *story, *asked, *newest;
        bool exact;
        const char *known_on;
    } CASES[] = {
        {"an operator sees the day that was asked", "2020-06-08", "2020-09-17", true, "2020-06-08"},
        {"nobody sees a day that is still to come", "2021-01-01", "2020-09-17", true, "2020-09-17"},
        {"others see the last whole month before it", "2020-06-08", "2020-09-17", false, "2020-05-31"},
        {"the last day of a month is a whole month", "2020-06-30", "2020-09-17", false, "2020-06-30"},
        {"the newest month is not whole before its end", "2020-12-31", "2020-09-17", false, "2020-08-31"},
        {"the month before January is December", "2020-01-05", "2020-09-17", false, "2019-12-31"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char text[DAY_TEXT_SIZE];
        day_write(report_known_on(day(CASES[i].asked), day(CASES[i].newest), CASES[i].exact), text);
        if (strcmp(text, CASES[i].known_on) != 0)
            fail_msg("%s: %s, not %s", CASES[i].story, text, CASES[i].known_on);
    }
}

static Report make(Arena *arena, const char *municipality, bool exact, const Found *found)
{
    static const FoundPosting POSTINGS[] = {{"0503", "COST", 100}};
    const ReportQuestion question = {municipality, 2020, day("2020-12-31"), exact};
    Report report;
    assert_true(report_make(arena, &question, found, POSTINGS, COUNT(POSTINGS), &report));
    return report;
}

static int64_t clients_of(const Report *report, size_t municipality, size_t label, size_t month)
{
    return cube_at(&report->sections[SUBJECT_CLIENTS].cube, municipality, label, month)->count;
}

static void a_client_is_counted_once_in_every_total(void **state)
{
    /* Client 1 moves from PxQ to PIC in July; client 2 has two providers, and moves to The Hague. */
    const FoundClient CLIENTS[] = {
        {"0503", PXQ, 1, 6, 1, 1}, {"0503", PIC, 7, 12, 1, 1}, {"0503", PXQ, 1, 12, 2, 1},
        {"0503", PXQ, 3, 3, 2, 1}, {"0518", PXQ, 6, 12, 2, 1}, {"0518", PIC, 6, 6, 3, 1},
    };
    const Found found[SUBJECT_COUNT] = {[SUBJECT_CLIENTS] = {NULL, 0, CLIENTS, COUNT(CLIENTS)}};
    Report report = make(*state, "", true, found);
    enum { DELFT, THE_HAGUE, REGION };
    enum { ON_PXQ, ON_PIC, ALL };
    static const struct {
        const char *story;
        size_t municipality, label, month;
        int64_t clients;
    } EXPECTED[] = {
        {"Delft on PxQ in March", DELFT, ON_PXQ, 2, 2},
        {"Delft on PxQ in July", DELFT, ON_PXQ, 6, 1},
        {"Delft on PIC in July", DELFT, ON_PIC, 6, 1},
        {"Delft on PxQ in the year", DELFT, ON_PXQ, MONTHS, 2},
        {"Delft in the year", DELFT, ALL, MONTHS, 2},
        {"The Hague in June", THE_HAGUE, ALL, 5, 2},
        {"the region in June", REGION, ALL, 5, 3},
        {"the region on PxQ in June", REGION, ON_PXQ, 5, 2},
        {"the region in the year", REGION, ALL, MONTHS, 3},
        {"the region on PIC in the year", REGION, ON_PIC, MONTHS, 2},
    };
    assert_int_equal(report.municipality_count, 2);
    assert_int_equal(report.sections[SUBJECT_CLIENTS].label_count, 2);
    for (size_t i = 0; i < COUNT(EXPECTED); i++) {
        int64_t clients = clients_of(&report, EXPECTED[i].municipality, EXPECTED[i].label, EXPECTED[i].month);
        if (clients != EXPECTED[i].clients)
            fail_msg("%s: %lld, not %lld", EXPECTED[i].story, (long long)clients, (long long)EXPECTED[i].clients);
    }
}

static void a_client_whose_lines_were_credited_elsewhere_is_not_behind_the_money(void **state)
{
    const FoundSum SUMS[] = {{"0503", PXQ, 3, 0, 4, 2000}};
    const FoundClient CLIENTS[] = {
        {"0503", PXQ, 3, 3, 1, 2},
        {"0503", PXQ, 3, 3, 1, -2}, /* another declaration took both back */
        {"0503", PXQ, 3, 3, 2, 1},
    };
    const Found found[SUBJECT_COUNT] = {[SUBJECT_MONEY] = {SUMS, COUNT(SUMS), CLIENTS, COUNT(CLIENTS)}};
    Report report = make(*state, "0503", true, found);
    const Cell *march = cube_at(&report.sections[SUBJECT_MONEY].cube, 0, 0, 2);
    assert_int_equal(march->count, 1);
    assert_int_equal(march->lines, 4);
    assert_int_equal(march->cents, 2000);
    assert_int_equal(cube_at(&report.sections[SUBJECT_MONEY].cube, 1, 1, MONTHS)->cents, 2000);
}

/* Ten municipalities with forty clients each, but one with four. */
static void what_is_hidden_in_one_municipality_does_not_follow_from_the_region(void **state)
{
    static const char *const CODES[] = {"0503", "0518", "0603", "0626", "0629", "0637", "1783", "1842", "1916", "1926"};
    FoundSum sums[COUNT(CODES)];
    FoundClient clients[400];
    size_t count = 0;
    for (size_t i = 0; i < COUNT(CODES); i++) {
        sums[i] = (FoundSum){CODES[i], PXQ, 3, 0, 40, 4000};
        for (int64_t client = 0; client < (i == 4 ? 4 : 40); client++)
            clients[count++] = (FoundClient){CODES[i], PXQ, 3, 3, (int64_t)i * 100 + client, 1};
    }
    const Found found[SUBJECT_COUNT] = {[SUBJECT_MONEY] = {sums, COUNT(sums), clients, count}};
    Report report = make(*state, "0629", false, found);
    size_t hidden = 0;
    for (size_t i = 0; i < COUNT(CODES); i++) {
        const Cell *cell = cube_at(&report.sections[SUBJECT_MONEY].cube, i, 0, 2);
        hidden += cell->hidden;
        assert_int_equal(cell->cents, cell->hidden ? 0 : 4000);
    }
    assert_int_equal(hidden, 2);
    assert_true(cube_at(&report.sections[SUBJECT_MONEY].cube, 4, 0, 2)->hidden);
    assert_int_equal(cube_at(&report.sections[SUBJECT_MONEY].cube, COUNT(CODES), 0, 2)->cents, 40000);
    assert_int_equal(cube_at(&report.sections[SUBJECT_MONEY].cube, COUNT(CODES), 0, 2)->count, 365);
    assert_int_equal(report.posting_count, 0);

    size_t shown = 0;
    for (size_t i = 0; i <= report.municipality_count; i++)
        shown += report_shows(&report, i);
    assert_int_equal(shown, 1);
    assert_true(report_shows(&report, 4));
}

static void a_year_of_nothing_is_an_empty_report(void **state)
{
    const Found found[SUBJECT_COUNT] = {0};
    Report report = make(*state, "", false, found);
    assert_int_equal(report.municipality_count, 0);
    for (int i = 0; i < SUBJECT_COUNT; i++)
        assert_int_equal(report.sections[i].label_count, 0);

    report = make(*state, "0503", true, found);
    assert_int_equal(report.municipality_count, 1);
    assert_true(report_shows(&report, 0));
    assert_int_equal(cube_at(&report.sections[SUBJECT_MONEY].cube, 0, 0, MONTHS)->cents, 0);
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, setup, teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_wide_audience_sees_whole_months_only),
        STORY(a_client_is_counted_once_in_every_total),
        STORY(a_client_whose_lines_were_credited_elsewhere_is_not_behind_the_money),
        STORY(what_is_hidden_in_one_municipality_does_not_follow_from_the_region),
        STORY(a_year_of_nothing_is_an_empty_report),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
