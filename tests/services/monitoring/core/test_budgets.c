#include "monitoring/core/budgets.h"

#include "support/unit.h"

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

static const char *const CODES[] = {"0503", "0518"};

/* As known in the middle of March 2020. */
static BudgetsFound make(Arena *arena, const char *municipality)
{
    static const FoundFlow DECLARED[] = {{"0503", 1, 700}, {"0503", 3, 300}, {"0518", 3, 5}, {"0999", 1, 1}};
    static const FoundFlow PAID[] = {{"0503", 2, 650}};
    static const FoundFlow CORRECTIONS[] = {{"0503", 0, 40}, {"0503", 2, 60}, {"0503", 3, -90}};
    static Question question;
    question = (Question){municipality, "", "", "", 2020, day("2020-03-15"), true};
    Value *budgets = ARENA_MANY(arena, Value, COUNT(CODES));
    budgets[0] = value_number(1000);
    BudgetsFound found = {
        .forecast =
            {
                .arena = arena,
                .question = &question,
                .municipalities = CODES,
                .municipality_count = COUNT(CODES),
                .budgets = budgets,
            },
        .declared = {DECLARED, COUNT(DECLARED)},
        .paid = {PAID, COUNT(PAID)},
        .corrections = {CORRECTIONS, COUNT(CORRECTIONS)},
    };
    const FoundKnown approved[] = {
        {"0503", day("2020-01-01"), day("2020-02-01"), 400, 0},
        {"0503", day("2020-01-01"), day("2020-03-01"), 50, 0}, /* in the month that has not ended */
        {"0518", day("2020-02-01"), day("2020-03-01"), 7, 0},
        {"0503", day("2018-01-01"), day("2019-03-01"), 9, 0}, /* before the history begins */
    };
    const FoundKnown granted[] = {
        {"0503", day("2020-01-01"), day("2018-06-01"), 500, 0},
        {"0503", day("2020-12-01"), day("2020-03-01"), 100, 0},
        {"0518", day("2020-12-01"), day("2020-01-01"), 30, 0},
    };
    History *histories;
    assert_true(histories_make(arena, span_of(day("2019-01-01"), 2020, question.known_on), CODES, COUNT(CODES),
                               (FoundKnowns){approved, COUNT(approved)}, (FoundKnowns){granted, COUNT(granted)},
                               &histories));
    found.forecast.histories = histories;
    return found;
}

enum { MISSING = -1 };

static void assert_row(const char *story, const Value *row, const int64_t figures[7])
{
    for (size_t i = 0; i < 7; i++) {
        int64_t got = row[2 + i].state == VALUE_TOLD ? row[2 + i].number : MISSING;
        if (got != figures[i])
            fail_msg("%s: %s is %lld, not %lld", story, budgets_card.columns[2 + i].name, (long long)got,
                     (long long)figures[i]);
    }
}

static void each_figure_stands_under_its_month(void **state)
{
    BudgetsFound found = make(*state, "");
    Table table = table_new(*state, &budgets_card);
    assert_true(budgets_fill(&found, &table));
    assert_int_equal(table.row_count, 3 * 13);
    static const struct {
        const char *story;
        size_t row;
        int64_t figures[7]; /* budget, granted, declared, approved, paid, expected, open corrections */
    } CASES[] = {
        {"Delft in January: 1,000 / 12 = 83.33", 0, {83, 500, 700, 450, 0, MISSING, 40}},
        {"in February: two twelfths are 166.67, so this one is 84", 1, {84, 0, 0, 0, 650, MISSING, 100}},
        {"in March, which has not ended", 2, {83, 0, 300, 0, 0, MISSING, 10}},
        {"in April nothing goes on yet", 3, {83, 0, MISSING, 0, MISSING, MISSING, MISSING}},
        {"in December", 11, {83, 100, MISSING, 0, MISSING, MISSING, MISSING}},
        {"Delft in the year", 12, {1000, 600, 1000, 450, 650, MISSING, 10}},
        {"The Hague has no budget", 13 + 12, {MISSING, 30, 5, 7, 0, MISSING, 0}},
        {"so the region has none", 26 + 12, {MISSING, 630, 1005, 457, 650, MISSING, 10}},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_row(CASES[i].story, table_row(&table, CASES[i].row), CASES[i].figures);

    int64_t twelve = 0;
    for (size_t month = 0; month < 12; month++)
        twelve += table_row(&table, month)[2].number;
    assert_int_equal(twelve, 1000);
}

static void who_asks_about_one_municipality_hears_of_that_one(void **state)
{
    BudgetsFound found = make(*state, "0518");
    Table table = table_new(*state, &budgets_card);
    assert_true(budgets_fill(&found, &table));
    assert_int_equal(table.row_count, 13);
    for (size_t i = 0; i < table.row_count; i++)
        assert_string_equal(table_row(&table, i)[0].text, "0518");
}

static void what_few_clients_are_behind_is_hidden(void **state)
{
    BudgetsFound found = make(*state, "");
    Cube shown = cube_new(*state, COUNT(CODES), 1, 12);
    cube_at(&shown, 0, 0, 0)->hidden = true;
    found.forecast.shown = &shown;
    Table table = table_new(*state, &budgets_card);
    assert_true(budgets_fill(&found, &table));
    const Value *january = table_row(&table, 0);
    assert_int_equal(january[2].number, 83);
    for (size_t i = 3; i < budgets_card.column_count; i++)
        assert_int_equal(january[i].state, VALUE_HIDDEN);
    assert_int_equal(table_row(&table, 1)[3].state, VALUE_TOLD);
}

static void where_no_figure_stands_but_a_budget_there_is_nothing(void **state)
{
    BudgetsFound found = make(*state, "");
    const bool *nothing = budgets_nothing(&found);
    static const struct {
        const char *story;
        size_t municipality, month;
        bool nothing;
    } CASES[] = {
        {"care of January is granted", 0, 0, false}, {"in April corrections are open still", 0, 3, false},
        {"The Hague in January", 1, 0, true},        {"has something approved in February", 1, 1, false},
        {"and granted in December", 1, 11, false},   {"which is of the year", 1, 12, false},
        {"the region in the year", 2, 12, false},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        if (nothing[CASES[i].municipality * 13 + CASES[i].month] != CASES[i].nothing)
            fail_msg("%s", CASES[i].story);
}

static void a_sum_that_does_not_fit_is_refused(void **state)
{
    BudgetsFound found = make(*state, "");
    static const FoundFlow TOO_MUCH[] = {{"0503", 1, INT64_MAX}, {"0518", 1, 1}};
    found.paid = (FoundFlows){TOO_MUCH, COUNT(TOO_MUCH)};
    Table table = table_new(*state, &budgets_card);
    assert_false(budgets_fill(&found, &table));
    assert_null(budgets_nothing(&found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_figure_stands_under_its_month),
        cmocka_unit_test(who_asks_about_one_municipality_hears_of_that_one),
        cmocka_unit_test(what_few_clients_are_behind_is_hidden),
        cmocka_unit_test(where_no_figure_stands_but_a_budget_there_is_nothing),
        cmocka_unit_test(a_sum_that_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests_name("budgets", tests, setup, teardown);
}
