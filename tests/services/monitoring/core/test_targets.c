#include "monitoring/core/targets.h"

#include "services/monitoring/core/courses.h"

static Table tell(Courses *here, Trajectory *list, size_t count, const Question *question)
{
    Table table = table_new(here->arena, &targets_card);
    Trajectories all = {list, count};
    trajectories_follow(all, question->known_on);
    targets_tell(&here->books, question, all, &table);
    return table;
}

/* Of what ended in 2020: from `of`, that many in all, the first of them so. */
static void answer(Trajectory *of, int all, int goals, int no_goals, int dropped, int stayed, int marks, int mark)
{
    for (int i = 0; i < all; i++) {
        of[i] = course(i, "WHOLE", "2020-01-01", "2020-05-01", 100);
        of[i].goal_reached = i < goals ? REPLY_YES : i < goals + no_goals ? REPLY_NO : REPLY_MISSING;
        of[i].dropped_out = i < dropped ? REPLY_YES : i < dropped + stayed ? REPLY_NO : REPLY_MISSING;
        of[i].satisfaction = i < marks ? mark : 0;
    }
}

/*
 * A hundred ended. 60 goals of 80 answers: 75 %. 20 dropped out of 90: 22 %. 70 marks of an 8: 8.0. Ten came back within
 * the period and 90 did not: 10 %. Of four existing clients in care in the year two have a PIC: 50 %.
 */
static void what_was_reached_stands_beside_the_aim(void **state)
{
    Courses *here = *state;
    Trajectory list[117];
    answer(list, 100, 60, 20, 20, 70, 70, 8);
    for (int i = 0; i < 10; i++) {
        list[100 + i] = course(i, "WHOLE", "2020-06-01", NULL, 100);
        list[100 + i].municipality = "0518";
    }
    for (int i = 0; i < 5; i++) {
        list[110 + i] = course(500 + i, "", "2018-01-01", i < 4 ? "2020-03-31" : NULL, 0);
        list[110 + i].existing = true;
    }
    list[110].ends = day_at("2019-12-31"); /* no client of 2020: it is one of four then */
    list[115] = course(501, "YEARLY", "2020-04-01", NULL, 0);
    list[116] = course(502, "YEARLY", "2020-04-01", NULL, 0);
    Question question = courses_question(2020, "2020-12-31");
    Table table = tell(here, list, COUNT(list), &question);
    static const struct {
        const char *code, *measure;
        int64_t at_most, aim, reached, counted, met;
    } ROWS[] = {
        {"A_GOALS", "goal_reached", 0, 70, 75, 80, 1}, {"B_DROPOUT", "dropped_out", 1, 15, 22, 90, 0},
        {"C_MARKS", "satisfaction", 0, 75, 80, 70, 1}, {"D_RELAPSE", "relapsed", 1, 10, 10, 100, 1},
        {"E_MOVED", "moved_to_pic", 0, 60, 50, 4, 0}, /* two of four */
    };
    assert_int_equal(table.row_count, COUNT(ROWS));
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        const Value *row = table_row(&table, i);
        assert_string_equal(row[card_column(&targets_card, "code")].text, ROWS[i].code);
        assert_string_equal(row[card_column(&targets_card, "measure")].text, ROWS[i].measure);
        ASSERT_FIGURE(&table, row, "at_most", ROWS[i].at_most);
        ASSERT_FIGURE(&table, row, "aim", ROWS[i].aim);
        ASSERT_FIGURE(&table, row, "reached", ROWS[i].reached);
        ASSERT_FIGURE(&table, row, "counted", ROWS[i].counted);
        ASSERT_FIGURE(&table, row, "met", ROWS[i].met);
    }
}

/* 69.6 % is written 70, and it is not 70. */
static void an_aim_is_met_by_what_was_reached_and_not_by_its_rounding(void **state)
{
    Courses *here = *state;
    Trajectory list[23];
    answer(list, 23, 16, 7, 0, 0, 0, 0); /* 16 / 23 = 0.6957 */
    Question question = courses_question(2020, "2020-12-31");
    Table table = tell(here, list, COUNT(list), &question);
    ASSERT_FIGURE(&table, table_row(&table, 0), "reached", 70);
    ASSERT_FIGURE(&table, table_row(&table, 0), "met", 0);
    ASSERT_FIGURE(&table, table_row(&table, 2), "reached", MISSING); /* nobody gave a mark */
    ASSERT_FIGURE(&table, table_row(&table, 2), "counted", 0);
    ASSERT_FIGURE(&table, table_row(&table, 2), "met", MISSING);
}

static void a_target_counts_in_its_own_municipalities(void **state)
{
    Courses *here = *state;
    Trajectory list[40];
    answer(list, 40, 0, 0, 20, 20, 0, 0);
    for (int i = 20; i < 40; i++)
        list[i].municipality = "0518"; /* those who stayed */
    Question question = courses_question(2020, "2020-12-31");
    Table table = tell(here, list, COUNT(list), &question);
    ASSERT_FIGURE(&table, table_row(&table, 1), "counted", 20);
    ASSERT_FIGURE(&table, table_row(&table, 1), "reached", 100);
}

static void a_wide_audience_sees_no_target_that_is_about_few(void **state)
{
    Courses *here = *state;
    static const struct {
        const char *story;
        int goals, no_goals;
        int64_t reached, counted;
    } CASES[] = {
        {"nine with an answer", 5, 4, HIDDEN, HIDDEN},           {"ten, of whom nine reached it", 9, 1, HIDDEN, HIDDEN},
        {"fifty, of whom eight did not", 42, 8, HIDDEN, HIDDEN}, {"fifty-two, of whom twelve did not", 40, 12, 77, 50},
        {"thirty-three, of whom all did", 33, 0, 100, 35},       {"nobody with an answer", 0, 0, MISSING, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Trajectory list[100];
        answer(list, 100, CASES[i].goals, CASES[i].no_goals, 0, 0, 0, 0);
        Question question = courses_question(2020, "2020-12-31");
        question.exact = false;
        Table table = tell(here, list, COUNT(list), &question);
        if (courses_figure(&table, table_row(&table, 0), "reached") != CASES[i].reached ||
            courses_figure(&table, table_row(&table, 0), "counted") != CASES[i].counted)
            fail_msg("%s", CASES[i].story);
    }
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, courses_setup, courses_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(what_was_reached_stands_beside_the_aim),
        STORY(an_aim_is_met_by_what_was_reached_and_not_by_its_rounding),
        STORY(a_target_counts_in_its_own_municipalities),
        STORY(a_wide_audience_sees_no_target_that_is_about_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
