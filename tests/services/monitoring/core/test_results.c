#include "monitoring/core/results.h"

#include "monitoring/core/cube.h"
#include "services/monitoring/core/courses.h"

static Table tell(Courses *here, Trajectory *list, size_t count, const Question *question)
{
    Table table = table_new(here->arena, &results_card);
    Trajectories all = {list, count};
    trajectories_follow(all, question->known_on);
    results_tell(&here->books, question, all, &table);
    return table;
}

static Trajectory with(Trajectory trajectory, Reply goal_reached, Reply dropped_out, int32_t satisfaction)
{
    trajectory.goal_reached = goal_reached;
    trajectory.dropped_out = dropped_out;
    trajectory.satisfaction = satisfaction;
    return trajectory;
}

static Trajectory ended_on(int64_t client, const char *end)
{
    return course(client, "WHOLE", "2020-01-01", end, 100);
}

/* Marks of 8, 7 and 7: 22 / 3 = 7.33. Two gave none, one did not say whether the goal was reached. */
static void what_nobody_answered_is_missing_and_no_no(void **state)
{
    Courses *here = *state;
    Trajectory list[] = {
        with(ended_on(1, "2020-03-01"), REPLY_YES, REPLY_NO, 8),
        with(ended_on(2, "2020-04-01"), REPLY_YES, REPLY_NO, 7),
        with(ended_on(3, "2020-05-01"), REPLY_NO, REPLY_YES, 7),
        with(ended_on(4, "2020-06-01"), REPLY_MISSING, REPLY_NO, 0),
        ended_on(5, "2020-07-01"),
    };
    Question question = courses_question(2020, "2020-12-31");
    Table table = tell(here, list, COUNT(list), &question);
    for (int i = 0; i < 2; i++) {
        const Value *row = courses_row(&table, "", "", i ? "WHOLE" : "");
        ASSERT_FIGURE(&table, row, "ended", 5);
        ASSERT_FIGURE(&table, row, "goal_reached", 2);
        ASSERT_FIGURE(&table, row, "goal_not_reached", 1);
        ASSERT_FIGURE(&table, row, "goal_missing", 2);
        ASSERT_FIGURE(&table, row, "dropped_out", 1);
        ASSERT_FIGURE(&table, row, "not_dropped_out", 3);
        ASSERT_FIGURE(&table, row, "dropout_missing", 1);
        ASSERT_FIGURE(&table, row, "satisfaction", 73);
        ASSERT_FIGURE(&table, row, "satisfaction_answers", 3);
        ASSERT_FIGURE(&table, row, "satisfaction_missing", 2);
    }
}

/* The relapse period of WHOLE is 91 days: after an end on 2020-05-01 it is over on 2020-07-31. */
static void a_relapse_is_another_trajectory_within_the_period(void **state)
{
    Courses *here = *state;
    const struct {
        const char *story, *known_on, *next, *next_of; /* begins on, of which intensity */
        int64_t ended, watched, relapsed;
    } RELAPSES[] = {
        {"the last day of the period", "2020-12-31", "2020-07-31", "WHOLE", 1, 1, 1},
        {"a day later", "2020-12-31", "2020-08-01", "WHOLE", 1, 1, 0},
        {"by product counts too", "2020-12-31", "2020-06-01", "", 1, 1, 1},
        {"after a day without care", "2020-12-31", "2020-05-03", "WHOLE", 1, 1, 1},
        {"the next day it has not ended", "2020-12-31", "2020-05-02", "WHOLE", 0, 0, 0},
        {"the period is not over", "2020-07-30", "2020-06-01", "WHOLE", 1, 0, 0},
        {"it is over today", "2020-07-31", "2020-06-01", "WHOLE", 1, 1, 1},
        {"it was running before", "2020-12-31", "2020-03-01", "WHOLE", 1, 1, 0},
    };
    for (size_t i = 0; i < COUNT(RELAPSES); i++) {
        Trajectory list[] = {ended_on(1, "2020-05-01"), course(1, RELAPSES[i].next_of, RELAPSES[i].next, NULL, 100),
                             ended_on(9, "2020-05-01")};
        list[1].provider = "90000002";
        list[2].provider = "90000002";
        Question question = courses_question(2020, RELAPSES[i].known_on);
        question.provider = "90000001";
        Table table = tell(here, list, COUNT(list), &question);
        if (RELAPSES[i].ended == 0 && table.row_count == 0)
            continue;
        const Value *row = courses_row(&table, "", "90000001", "");
        if (courses_figure(&table, row, "ended") != RELAPSES[i].ended ||
            courses_figure(&table, row, "watched") != RELAPSES[i].watched ||
            courses_figure(&table, row, "relapsed") != RELAPSES[i].relapsed)
            fail_msg("%s: %lld ended, %lld watched, %lld relapsed", RELAPSES[i].story,
                     (long long)courses_figure(&table, row, "ended"), (long long)courses_figure(&table, row, "watched"),
                     (long long)courses_figure(&table, row, "relapsed"));
    }
    /* Lasting care has no relapse period. */
    Trajectory lasting = course(1, "YEARLY", "2020-01-01", "2020-05-01", 100);
    Question question = courses_question(2020, "2020-12-31");
    Table table = tell(here, &lasting, 1, &question);
    ASSERT_FIGURE(&table, courses_row(&table, "", "", "YEARLY"), "watched", MISSING);
    ASSERT_FIGURE(&table, courses_row(&table, "", "", "YEARLY"), "relapsed", MISSING);
}

static void only_what_ended_in_the_year_and_is_known_counts(void **state)
{
    Courses *here = *state;
    Trajectory list[] = {ended_on(1, "2020-12-31"), ended_on(2, "2021-01-01"), ended_on(3, "2020-06-30"),
                         course(4, "WHOLE", "2020-01-01", NULL, 100), course(5, "", "2020-01-01", "2020-06-30", 100)};
    static const struct {
        int32_t year;
        const char *known_on;
        int64_t ended;
    } ASKED[] = {{2020, "2021-06-30", 2}, {2021, "2021-06-30", 1}, {2020, "2020-06-30", 1}};
    for (size_t i = 0; i < COUNT(ASKED); i++) {
        Question question = courses_question(ASKED[i].year, ASKED[i].known_on);
        Table table = tell(here, list, COUNT(list), &question);
        ASSERT_FIGURE(&table, courses_row(&table, "", "", ""), "ended", ASKED[i].ended);
    }
}

/*
 * Ten that began on 1 January: five end after 31, 60, 91, 121 and 152 days, five run. Of those that ended the middle
 * one is 91; half of the ten have ended after the fifth. Seen in 2021 the five that run have 366 days behind them.
 */
static void duration_is_of_all_that_ran_and_not_of_what_ended(void **state)
{
    Courses *here = *state;
    static const char *const ENDS[] = {"2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30", "2020-05-31"};
    Trajectory list[10];
    for (int i = 0; i < 10; i++)
        list[i] = i < 5 ? ended_on(i, ENDS[i]) : course(i, "WHOLE", "2020-01-01", NULL, 100);
    Question question = courses_question(2020, "2021-06-30");
    Table table = tell(here, list, 10, &question);
    ASSERT_FIGURE(&table, courses_row(&table, "", "", "WHOLE"), "median_days", 152);

    /* Five of ten that were in care before the year end in it, after 396 days: half of those at risk then. */
    for (int i = 0; i < 10; i++)
        list[i] = i < 5 ? ended_on(i, "2021-01-30") : course(i, "WHOLE", "2020-01-01", NULL, 100);
    question.year = 2021;
    table = tell(here, list, 10, &question);
    ASSERT_FIGURE(&table, courses_row(&table, "", "", "WHOLE"), "median_days", 396);
}

/* Trajectories of 0503 and 0518 that ended with their goals reached or not; a third place makes the region. */
static size_t fill(Trajectory *list, size_t count, const char *municipality, int reached, int not_reached)
{
    for (int i = 0; i < reached + not_reached; i++) {
        list[count] = with(ended_on((int64_t)count, "2020-05-01"), i < reached ? REPLY_YES : REPLY_NO, REPLY_NO, 8);
        list[count++].municipality = municipality;
    }
    return count;
}

static void a_wide_audience_sees_no_small_cells_and_no_providers(void **state)
{
    Courses *here = *state;
    Trajectory *list = ARENA_MANY(here->arena, Trajectory, 500);
    size_t count = fill(list, 0, "0503", 43, 4);
    count = fill(list, count, "0518", 61, 21);
    count = fill(list, count, "0603", 31, 14);
    count = fill(list, count, "0626", 3, 1);
    Question question = courses_question(2020, "2020-12-31");
    question.exact = false;
    Table table = tell(here, list, count, &question);
    for (size_t row = 0; row < table.row_count; row++)
        assert_int_equal(table_row(&table, row)[card_column(&results_card, "provider")].state, VALUE_MISSING);

    const Value *delft = courses_row(&table, "0503", "", "WHOLE"), *hague = courses_row(&table, "0518", "", "WHOLE");
    ASSERT_FIGURE(&table, delft, "ended", 45); /* 47 */
    ASSERT_FIGURE(&table, delft, "goal_not_reached", HIDDEN);
    ASSERT_FIGURE(&table, delft, "goal_reached", HIDDEN); /* 47 less it would tell */
    ASSERT_FIGURE(&table, delft, "dropped_out", 0);
    ASSERT_FIGURE(&table, delft, "not_dropped_out", 45);
    ASSERT_FIGURE(&table, hague, "ended", 80); /* 82 */
    /* The four of 0626 are hidden, and those of another beside them: the region less the rest would tell. */
    const Value *few = courses_row(&table, "0626", "", "WHOLE");
    ASSERT_FIGURE(&table, few, "ended", HIDDEN);
    ASSERT_FIGURE(&table, few, "goal_reached", HIDDEN);
    ASSERT_FIGURE(&table, few, "satisfaction", HIDDEN);
    ASSERT_FIGURE(&table, few, "watched", HIDDEN);
    const Value *beside = courses_row(&table, "0603", "", "WHOLE");
    ASSERT_FIGURE(&table, beside, "ended", HIDDEN);
    ASSERT_FIGURE(&table, beside, "median_days", HIDDEN);

    question.municipality = "0503";
    Table one = tell(here, list, count, &question);
    for (size_t row = 0; row < one.row_count; row++)
        assert_string_equal(table_row(&one, row)[card_column(&results_card, "municipality")].text, "0503");
    ASSERT_FIGURE(&one, courses_row(&one, "0503", "", "WHOLE"), "goal_reached", HIDDEN);
    question.provider = "90000001";
    assert_int_equal(tell(here, list, count, &question).row_count, 0);
}

/* Where one figure of a sum is hidden, so is another; and the rows of all measures tell the same of who ended. */
static void nothing_hidden_follows_from_a_sum(void **state)
{
    Courses *here = *state;
    static const char *const CODES[] = {"0503", "0518", "0603", "0626"};
    static const char *const PARTS[][4] = {{"ended", "goal_reached", "goal_not_reached", "goal_missing"},
                                           {"ended", "dropped_out", "not_dropped_out", "dropout_missing"},
                                           {"ended", "satisfaction_answers", "satisfaction_missing", NULL}};
    Trajectory *list = ARENA_MANY(here->arena, Trajectory, 1000);
    for (uint32_t seed = 1; seed <= 40; seed++) {
        uint64_t drawn = seed;
        size_t count = 0;
        for (int m = 0; m < 4; m++)
            for (int p = 0; p < 2; p++) {
                drawn = drawn * 6364136223846793005u + 1442695040888963407u;
                size_t some = (drawn >> 33) % 60;
                for (size_t i = 0; i < some; i++) {
                    drawn = drawn * 6364136223846793005u + 1442695040888963407u;
                    uint32_t dice = (uint32_t)(drawn >> 33);
                    list[count] = with(course((int64_t)count, p ? "WHOLE" : "YEARLY", "2020-01-01", "2020-05-01", 1),
                                       (Reply)(dice % 3), (Reply)(dice / 3 % 7 % 3), (int32_t)(dice / 21 % 11));
                    list[count++].municipality = CODES[m];
                }
            }
        Question question = courses_question(2020, "2020-12-31");
        question.exact = false;
        Table table = tell(here, list, count, &question);
        for (size_t measure = 0; measure < COUNT(PARTS); measure++) {
            for (size_t row = 0; row < table.row_count; row++) { /* along the answers */
                int hidden = 0;
                for (int part = 0; part < 4 && PARTS[measure][part]; part++)
                    hidden += courses_figure(&table, table_row(&table, row), PARTS[measure][part]) == HIDDEN;
                assert_true(hidden != 1);
            }
            for (int part = 0; part < 4 && PARTS[measure][part]; part++) /* along municipalities */
                for (int p = 0; p < 3; p++) {
                    static const char *const INTENSITIES[] = {"", "WHOLE", "YEARLY"};
                    int hidden = 0;
                    for (size_t row = 0; row < table.row_count; row++) {
                        const Value *values = table_row(&table, row);
                        const Value *intensity = &values[card_column(&results_card, "intensity")];
                        const char *is = intensity->state == VALUE_TOLD ? intensity->text : "";
                        hidden += strcmp(is, INTENSITIES[p]) == 0 &&
                                  courses_figure(&table, values, PARTS[measure][part]) == HIDDEN;
                    }
                    assert_true(hidden != 1);
                }
        }
    }
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, courses_setup, courses_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(what_nobody_answered_is_missing_and_no_no),
        STORY(a_relapse_is_another_trajectory_within_the_period),
        STORY(only_what_ended_in_the_year_and_is_known_counts),
        STORY(duration_is_of_all_that_ran_and_not_of_what_ended),
        STORY(a_wide_audience_sees_no_small_cells_and_no_providers),
        STORY(nothing_hidden_follows_from_a_sum),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
