#include "billing/core/statement.h"

#include "billing/core/ledger.h"
#include "support/unit.h"

static const Conversation ONE = {3, 50390000001, "0503", "90000001"};
static const Conversation TWO = {3, 50390000002, "0503", "90000002"};

static int arena_open(void **state)
{
    *state = arena_new();
    return 0;
}

static int arena_shut(void **state)
{
    arena_free(*state);
    return 0;
}

static Day day(int32_t year, int32_t month, int32_t number)
{
    return day_of(year, month, number);
}

static void a_year_takes_in_its_own_care_while_it_is_open(void **state)
{
    (void)state;
    static const int32_t CLOSED[] = {2019, 2020};
    static const struct {
        const char *story;
        int32_t service_year;
        int32_t known_year, known_month;
        size_t closed; /* how many years */
        int32_t booked;
    } CASES[] = {
        {"care of the year, in the year", 2020, 2020, 6, 0, 2020},
        {"care of December that comes in January", 2020, 2021, 1, 0, 2020},
        {"the same once the year before is closed", 2020, 2021, 1, 1, 2020},
        {"the same once the year is closed", 2020, 2021, 4, 2, 2021},
        {"years later", 2020, 2023, 4, 2, 2023},
        {"care of a year that nobody closed, years later", 2018, 2021, 4, 2, 2018},
        {"care of the year that runs", 2021, 2021, 4, 2, 2021},
        {"care of a year to come", 2022, 2021, 12, 2, 2021},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        int32_t booked = ledger_year((ClosedYears){CLOSED, CASES[i].closed}, CASES[i].service_year,
                                     day(CASES[i].known_year, CASES[i].known_month, 15));
        if (booked != CASES[i].booked)
            fail_msg("%s: booked in %d", CASES[i].story, booked);
    }
}

static void care_that_is_paid_as_a_pic_stands_under_it_and_all_else_under_its_product(void **state)
{
    (void)state;
    const Allocated pic = {.pic = {"P1", "INTENSIEF"}, .funding = FUNDING_PIC};
    const Allocated by_product = {.pic = {"P1", "INTENSIEF"}, .funding = FUNDING_PXQ};
    StatementKind kind = statement_kind(2020, &pic, "45", "PA1P1");
    assert_string_equal(kind.pic.profile, "P1");
    assert_string_equal(kind.code, "");
    kind = statement_kind(2020, &by_product, "45", "45A48");
    assert_string_equal(kind.pic.profile, "");
    assert_string_equal(kind.code, "45A48");
    kind = statement_kind(2020, NULL, "45", "45A48");
    assert_string_equal(kind.code, "45A48");
}

#define PRODUCT(YEAR, CODE)        \
    {                              \
        YEAR, {"", ""}, "45", CODE \
    }

static void equal_kinds_are_added_up_and_stand_in_one_order(void **state)
{
    StatementEntry entries[] = {
        {&TWO, {.kind = PRODUCT(2020, "45A53"), .lines = 1, .approved = {100}}},
        {&ONE,
         {.kind = PRODUCT(2020, "45A53"),
          .lines = 2,
          .declared = {900},
          .approved = {700},
          .rejected_lines = 1,
          .rejected = {200}}},
        {&ONE, {.kind = PRODUCT(2019, "45A53"), .lines = 1, .approved = {50}}},
        {&ONE, {.kind = PRODUCT(2020, "45A48"), .undeclared = 1}},
        {&ONE, {.kind = PRODUCT(2020, "45A53"), .credited_lines = 1, .credited = {300}, .corrected = {-25}}},
        {&ONE, {.kind = PRODUCT(2020, "45A99")}}, /* nothing */
        {&ONE, {.kind = {2020, {"P1", "KORT"}, "", ""}, .in_progress = {40}, .ahead = {5}, .obligation = {60}}},
    };
    Statements found;
    assert_true(statements_add_up(*state, 2020, entries, COUNT(entries), &found));
    assert_int_equal(found.count, 2);
    const Statement *first = &found.list[0];
    assert_ptr_equal(first->conversation, &ONE);
    static const char *const CODES[] = {"45A53", "45A48", "45A53", ""};
    assert_int_equal(first->count, COUNT(CODES));
    for (size_t i = 0; i < COUNT(CODES); i++)
        assert_string_equal(first->rows[i].kind.code, CODES[i]);
    assert_int_equal(first->rows[0].kind.service_year, 2019);
    assert_int_equal(statement_cost(&first->rows[2]).cents, 700 - 300 - 25);
    StatementRow sum = statement_sum(first);
    assert_int_equal(sum.lines, 3);
    assert_int_equal(statement_cost(&sum).cents, 50 + 700 - 300 - 25);
    assert_int_equal(sum.in_progress.cents, 40);
}

static void the_digest_tells_of_every_figure_and_of_no_order_in_which_they_came(void **state)
{
    const StatementEntry entries[] = {
        {&ONE, {.kind = PRODUCT(2020, "45A53"), .lines = 2, .approved = {700}}},
        {&ONE, {.kind = PRODUCT(2019, "45A53"), .lines = 1, .approved = {50}}},
    };
    StatementEntry forth[] = {entries[0], entries[1]}, back[] = {entries[1], entries[0]},
                   more[] = {entries[0], entries[1]};
    more[1].row.undeclared++;
    StatementEntry elsewhere[] = {entries[0], entries[1]};
    elsewhere[0].conversation = elsewhere[1].conversation = &TWO;
    Statements a, b, c, d;
    assert_true(statements_add_up(*state, 2020, forth, 2, &a));
    assert_true(statements_add_up(*state, 2020, back, 2, &b));
    assert_true(statements_add_up(*state, 2020, more, 2, &c));
    assert_true(statements_add_up(*state, 2020, elsewhere, 2, &d));
    assert_true(digest_equal(&a.list[0].digest, &b.list[0].digest));
    assert_false(digest_equal(&a.list[0].digest, &c.list[0].digest));
    assert_false(digest_equal(&a.list[0].digest, &d.list[0].digest));
}

static void a_sum_that_does_not_fit_is_refused(void **state)
{
    StatementEntry one_kind[] = {
        {&ONE, {.kind = PRODUCT(2020, "45A53"), .approved = {INT64_MAX}}},
        {&ONE, {.kind = PRODUCT(2020, "45A53"), .approved = {1}}},
    };
    StatementEntry two_kinds[] = {
        {&ONE, {.kind = PRODUCT(2020, "45A48"), .approved = {INT64_MAX}}},
        {&ONE, {.kind = PRODUCT(2020, "45A53"), .corrected = {1}}},
    };
    Statements found;
    assert_false(statements_add_up(*state, 2020, one_kind, 2, &found));
    assert_false(statements_add_up(*state, 2020, two_kinds, 2, &found));
}

static void work_in_progress_is_posted_at_the_close_and_taken_back_at_the_opening(void **state)
{
    static const int32_t NEXT[] = {2021};
    static const struct {
        const char *story;
        size_t closed; /* 2021, or no year */
        int32_t known_year;
        int32_t taken_back_in;
    } CASES[] = {
        {"in the next year", 0, 2021, 2021},
        {"a year late, into the next that is open", 0, 2022, 2021},
        {"a year late, when the next is closed", 1, 2022, 2022},
    };
    StatementEntry entry = {
        &ONE, {.kind = {2020, {"P1", "KORT"}, "", ""}, .in_progress = {40}, .ahead = {5}, .obligation = {60}}};
    Statements found;
    assert_true(statements_add_up(*state, 2020, &entry, 1, &found));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        ClosedYears closed = {NEXT, CASES[i].closed};
        Day known = day(CASES[i].known_year, 3, 31);
        Postings postings = statement_post(*state, &found.list[0], closed, known);
        assert_int_equal(postings.count, 8);
        assert_true(ledger_balances(&postings));
        assert_int_equal(postings.postings[0].account, ACCOUNT_WORK_IN_PROGRESS);
        assert_int_equal(postings.postings[0].amount.cents, 40);
        assert_int_equal(postings.postings[0].booked_year, 2020);
        assert_string_equal(postings.postings[0].document, "afsluiting~2020");
        assert_int_equal(postings.postings[4].amount.cents, -40);
        assert_string_equal(postings.postings[4].document, "opening~2021");
        if (postings.postings[4].booked_year != CASES[i].taken_back_in)
            fail_msg("%s: taken back in %d", CASES[i].story, postings.postings[4].booked_year);

        Postings back = statement_post_back(*state, &found.list[0], closed, known);
        assert_true(ledger_balances(&back));
        for (size_t j = 0; j < postings.count; j++) {
            assert_int_equal(back.postings[j].amount.cents, -postings.postings[j].amount.cents);
            assert_int_equal(back.postings[j].booked_year, postings.postings[j].booked_year);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_takes_in_its_own_care_while_it_is_open),
        cmocka_unit_test(care_that_is_paid_as_a_pic_stands_under_it_and_all_else_under_its_product),
        cmocka_unit_test_setup_teardown(equal_kinds_are_added_up_and_stand_in_one_order, arena_open, arena_shut),
        cmocka_unit_test_setup_teardown(the_digest_tells_of_every_figure_and_of_no_order_in_which_they_came, arena_open,
                                        arena_shut),
        cmocka_unit_test_setup_teardown(a_sum_that_does_not_fit_is_refused, arena_open, arena_shut),
        cmocka_unit_test_setup_teardown(work_in_progress_is_posted_at_the_close_and_taken_back_at_the_opening,
                                        arena_open, arena_shut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
