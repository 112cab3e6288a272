#include "monitoring/core/costs.h"

#include "services/monitoring/core/courses.h"

/* Known on the last day of 2021: costs are those of care up to 30 September 2021. */
static const char KNOWN_ON[] = "2021-12-31";

static Table tell(Courses *here, Trajectory *list, size_t count, const Question *question)
{
    Table table = table_new(here->arena, &pic_costs_card);
    Trajectories all = {list, count};
    trajectories_follow(all, question->known_on);
    costs_tell(&here->books, question, all, &table);
    return table;
}

static void a_month_has_three_whole_months_to_be_declared_in(void **state)
{
    (void)state;
    static const struct {
        const char *known_on, *horizon;
    } CASES[] = {
        {"2020-12-31", "2020-09-30"}, {"2020-12-30", "2020-08-31"}, {"2021-01-01", "2020-09-30"},
        {"2020-03-31", "2019-12-31"}, {"2020-05-31", "2020-02-29"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_int_equal(costs_horizon(day_at(CASES[i].known_on)).number, day_at(CASES[i].horizon).number);
}

/* Six that ended: without anyone cut off the mean is the plain mean. */
static void without_open_care_the_mean_is_the_plain_mean(void **state)
{
    Courses *here = *state;
    static const int64_t CENTS[] = {40000, 10000, 60000, 20000, 50000, 30000};
    Trajectory list[6];
    for (int i = 0; i < 6; i++)
        list[i] = course(i, "WHOLE", "2020-01-01", "2020-06-30", CENTS[i]);
    Question question = courses_question(2021, KNOWN_ON);
    Table table = tell(here, list, 6, &question);
    const Value *row = courses_row(&table, "", "", "WHOLE");
    assert_int_equal(table.row_count, 3); /* all, 0503, 90000001 */
    assert_string_equal(row[card_column(table.card, "basis")].text, "TRAJECTORY");
    ASSERT_FIGURE(&table, row, "trajectories", 6);
    ASSERT_FIGURE(&table, row, "ended", 6);
    ASSERT_FIGURE(&table, row, "open", 0);
    ASSERT_FIGURE(&table, row, "seen", 10000);
    ASSERT_FIGURE(&table, row, "first_quartile_cents", 20000); /* a quarter of six is one and a half: the second */
    ASSERT_FIGURE(&table, row, "median_cents", 30000);         /* half of six is three: the third */
    ASSERT_FIGURE(&table, row, "third_quartile_cents", 50000); /* four and a half: the fifth */
    ASSERT_FIGURE(&table, row, "spread_cents", 30000);
    ASSERT_FIGURE(&table, row, "mean_cents", 35000);    /* (10 + 20 + 30 + 40 + 50 + 60) / 6 */
    ASSERT_FIGURE(&table, row, "tariff_cents", 100000); /* of the region */
    ASSERT_FIGURE(&table, row, "needed", 3500);         /* 35,000 / 100,000 */
}

/*
 * Ten short ones of 60 days and € 100, begun on 1 January 2021. Of the long ones, 240 days and € 1,000, half began
 * that day and ended on 28 August; half began on 2 May and on 30 September are 152 days old.
 *
 *   weights     short: 1. After 152 days 10 of 20 are cut off: each long one that ended counts for two.
 *   seen        (10 × 1 + 10 × 2) / 30 = 1
 *   mean        (10 × 10,000 + 20 × 100,000) / 30 = 70,000; of those that ended alone (100,000 + 1,000,000) / 20 = 55,000
 */
static void who_is_still_in_care_does_not_pull_the_mean_down(void **state)
{
    Courses *here = *state;
    Trajectory list[30];
    for (int i = 0; i < 30; i++)
        list[i] = i < 10   ? course(i, "WHOLE", "2021-01-01", "2021-03-01", 10000)
                  : i < 20 ? course(i, "WHOLE", "2021-01-01", "2021-08-28", 100000)
                           : course(i, "WHOLE", "2021-05-02", NULL, 40000);
    Question question = courses_question(2021, KNOWN_ON);
    Table table = tell(here, list, 30, &question);
    const Value *row = courses_row(&table, "", "", "WHOLE");
    ASSERT_FIGURE(&table, row, "trajectories", 30);
    ASSERT_FIGURE(&table, row, "ended", 20);
    ASSERT_FIGURE(&table, row, "open", 10);
    ASSERT_FIGURE(&table, row, "seen", 10000);
    ASSERT_FIGURE(&table, row, "mean_cents", 70000);
    ASSERT_FIGURE(&table, row, "needed", 7000);
    ASSERT_FIGURE(&table, row, "first_quartile_cents", 10000); /* 10 of 30 */
    ASSERT_FIGURE(&table, row, "median_cents", 100000);
    assert_true(courses_figure(&table, row, "mean_cents") > 55000);
}

/* The same, and nobody was watched for as long as the long ones last: nothing is said of more than was seen. */
static void what_nobody_has_seen_the_end_of_has_no_mean(void **state)
{
    Courses *here = *state;
    Trajectory list[30];
    for (int i = 0; i < 30; i++)
        list[i] = i < 20 ? course(i, "WHOLE", "2021-01-01", "2021-03-01", 10000)
                         : course(i, "WHOLE", "2021-01-01", NULL, 90000);
    Question question = courses_question(2021, KNOWN_ON);
    Table table = tell(here, list, 30, &question);
    const Value *row = courses_row(&table, "", "", "WHOLE");
    ASSERT_FIGURE(&table, row, "seen", 6667);          /* 20 / 30 */
    ASSERT_FIGURE(&table, row, "median_cents", 10000); /* two thirds are no dearer */
    ASSERT_FIGURE(&table, row, "third_quartile_cents", MISSING);
    ASSERT_FIGURE(&table, row, "spread_cents", MISSING);
    ASSERT_FIGURE(&table, row, "mean_cents", MISSING);
    ASSERT_FIGURE(&table, row, "needed", MISSING);
    ASSERT_FIGURE(&table, row, "tariff_cents", 100000);
}

static const struct {
    const char *story;
    const char *first, *end, *paid_as_pic; /* NULL: open, or never */
    bool started;
    int64_t cents;
    int ended, open; /* as it is counted */
} COUNTED[] = {
    {"ended in time to be declared", "2021-01-01", "2021-09-30", NULL, true, 100, 1, 0},
    {"ended, and may not be declared yet", "2021-01-01", "2021-10-01", NULL, true, 100, 0, 1},
    {"it runs", "2021-01-01", NULL, NULL, true, 100, 0, 1},
    {"begun too late to have costs", "2021-10-01", NULL, NULL, true, 0, 0, 0},
    {"paid as a PIC from the first day", "2021-01-01", "2021-03-31", "2021-01-01", true, 100, 0, 0},
    {"paid as a PIC later: cut off there", "2021-01-01", "2021-08-31", "2021-07-01", true, 100, 0, 1},
    {"never given", "2021-01-01", "2021-03-31", NULL, false, 0, 0, 0},
    {"nobody told that it started, and it costs", "2021-01-01", "2021-03-31", NULL, false, 100, 1, 0},
};

static void costs_count_where_they_are_known_and_of_products_alone(void **state)
{
    Courses *here = *state;
    for (size_t i = 0; i < COUNT(COUNTED); i++) {
        Trajectory one = course(1, "WHOLE", COUNTED[i].first, COUNTED[i].end, COUNTED[i].cents);
        if (COUNTED[i].paid_as_pic)
            one.paid_as_pic = day_at(COUNTED[i].paid_as_pic);
        if (!COUNTED[i].started) {
            one.started = DAY_LAST;
            one.not_used = one.ends;
        }
        Question question = courses_question(2021, KNOWN_ON);
        Table table = tell(here, &one, 1, &question);
        if (COUNTED[i].ended + COUNTED[i].open == 0) {
            if (table.row_count > 0)
                fail_msg("%s: it counts", COUNTED[i].story);
            continue;
        }
        const Value *row = courses_row(&table, "", "", "WHOLE");
        if (courses_figure(&table, row, "ended") != COUNTED[i].ended ||
            courses_figure(&table, row, "open") != COUNTED[i].open)
            fail_msg("%s", COUNTED[i].story);
        ASSERT_FIGURE(&table, row, "mean_cents", MISSING); /* one is too few */
    }
}

/*
 * Three years of 365 days and one of 366 at € 10,000, a year of 365 at € 6,000, and one that runs and has come to
 * € 7,000 in 184 days, 31 March to the horizon.
 *
 *   mean    (4 × 1,000,000 + 600,000 + 700,000) × 365.25 / 2,010 = 963,097
 *   each    600,411 (365 days); 997,951 (366); three of 1,000,685 (365); 1,389,538 (184)
 *   median  half of the 2,010 days are 1,005: the third of these
 */
static void lasting_care_costs_by_the_year_of_care(void **state)
{
    Courses *here = *state;
    Trajectory list[] = {
        course(1, "YEARLY", "2017-10-01", "2018-09-30", 1000000),
        course(2, "YEARLY", "2017-10-01", "2018-09-30", 1000000),
        course(3, "YEARLY", "2017-10-01", "2018-09-30", 1000000),
        course(4, "YEARLY", "2017-10-01", "2018-10-01", 1000000),
        course(5, "YEARLY", "2020-10-01", "2021-09-30", 600000),
        course(6, "YEARLY", "2021-03-31", NULL, 700000),
        course(7, "YEARLY", "2021-01-01", NULL, 99999),
    };
    list[6].paid_as_pic = day_at("2021-06-01"); /* its cents are of both: it is left out */
    Question question = courses_question(2021, KNOWN_ON);
    Table table = tell(here, list, COUNT(list), &question);
    const Value *row = courses_row(&table, "", "", "YEARLY");
    assert_string_equal(row[card_column(table.card, "basis")].text, "YEAR");
    ASSERT_FIGURE(&table, row, "trajectories", 6);
    ASSERT_FIGURE(&table, row, "ended", 5);
    ASSERT_FIGURE(&table, row, "open", 1);
    ASSERT_FIGURE(&table, row, "mean_cents", 963097);
    ASSERT_FIGURE(&table, row, "tariff_cents", 1200000);
    ASSERT_FIGURE(&table, row, "needed", 8026);          /* 963,097 / 1,200,000 */
    ASSERT_FIGURE(&table, row, "median_cents", 1000685); /* of 365 days: 1,000,000 / 365 × 365.25 */
}

/* Six of each provider at € 1,000: the one has the region's tariff of € 1,000 and the other € 2,000 of its own. */
static void a_providers_own_tariff_is_what_its_costs_stand_beside(void **state)
{
    Courses *here = *state;
    Trajectory list[12];
    for (int i = 0; i < 12; i++) {
        list[i] = course(i, "WHOLE", "2020-01-01", "2020-06-30", 100000);
        list[i].provider = i % 2 ? "90000002" : "90000001";
        list[i].municipality = i < 6 ? "0503" : "0518";
    }
    Question question = courses_question(2021, KNOWN_ON);
    Table table = tell(here, list, 12, &question);
    ASSERT_FIGURE(&table, courses_row(&table, "", "", "WHOLE"), "needed", 10000);
    ASSERT_FIGURE(&table, courses_row(&table, "0503", "", "WHOLE"), "trajectories", 6);
    ASSERT_FIGURE(&table, courses_row(&table, "", "90000001", "WHOLE"), "needed", 10000);
    ASSERT_FIGURE(&table, courses_row(&table, "", "90000002", "WHOLE"), "needed", 5000);
    ASSERT_FIGURE(&table, courses_row(&table, "", "90000002", "WHOLE"), "tariff_cents", 200000);

    Table even = table_new(here->arena, &break_even_card);
    static const char *const LARGEST[] = {"90000002", "90000001"};
    costs_break_even(&here->books, &question, (Trajectories){list, 12}, LARGEST, 2, &even);
    assert_int_equal(even.row_count, 3);
    const Value *all = table_row(&even, 0), *second = table_row(&even, 1);
    assert_int_equal(all[0].state, VALUE_MISSING);
    ASSERT_FIGURE(&even, all, "trajectories", 12);
    ASSERT_FIGURE(&even, all, "cost_cents", 1200000);
    ASSERT_FIGURE(&even, all, "tariff_cents", 6 * 100000 + 6 * 200000);
    ASSERT_FIGURE(&even, all, "needed", 6667); /* 1,200,000 / 1,800,000 */
    assert_string_equal(second[0].text, "90000002");
    ASSERT_FIGURE(&even, second, "needed", 5000);
    ASSERT_FIGURE(&even, table_row(&even, 2), "needed", 10000);
}

/*
 * Lasting care beside the other: 365 days at € 6,000, for which the tariff pays 12,000 × 365 / 365.25 = € 11,991.79,
 * and five trajectories at € 1,500, for which it pays € 1,000 each.
 *
 *   (600,000 + 5 × 150,000) / (1,199,178.6 + 500,000) = 0.7945
 */
static void what_is_paid_by_the_year_breaks_even_by_its_days(void **state)
{
    Courses *here = *state;
    Trajectory list[6];
    for (int i = 0; i < 5; i++)
        list[i] = course(i, "WHOLE", "2020-01-01", "2020-06-30", 150000);
    list[5] = course(5, "YEARLY", "2020-10-01", "2021-09-30", 600000);
    Question question = courses_question(2021, KNOWN_ON);
    Trajectories all = {list, 6};
    trajectories_follow(all, question.known_on);
    Table even = table_new(here->arena, &break_even_card);
    costs_break_even(&here->books, &question, all, NULL, 0, &even);
    const Value *row = table_row(&even, 0);
    ASSERT_FIGURE(&even, row, "trajectories", 6);
    ASSERT_FIGURE(&even, row, "cost_cents", 1350000);
    ASSERT_FIGURE(&even, row, "tariff_cents", 1699179);
    ASSERT_FIGURE(&even, row, "needed", 7945);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, courses_setup, courses_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_month_has_three_whole_months_to_be_declared_in),
        STORY(without_open_care_the_mean_is_the_plain_mean),
        STORY(who_is_still_in_care_does_not_pull_the_mean_down),
        STORY(what_nobody_has_seen_the_end_of_has_no_mean),
        STORY(costs_count_where_they_are_known_and_of_products_alone),
        STORY(lasting_care_costs_by_the_year_of_care),
        STORY(a_providers_own_tariff_is_what_its_costs_stand_beside),
        STORY(what_is_paid_by_the_year_breaks_even_by_its_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
