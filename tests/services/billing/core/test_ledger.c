#include "billing/core/ledger.h"

#include "services/billing/core/desk.h"

static void lines_of_two_years_are_posted_apart(void **state)
{
    Desk *desk = *state;
    static const Asked LINES[] = {
        {"r1", "HOURS", "45A04", "2021-12-01", "2021-12-31", 10, UNIT_HOUR, LEFT, LEFT},
        {"r2", "HOURS", "45A04", "2022-01-01", "2022-01-31", 10, UNIT_HOUR, LEFT, LEFT},
        {"r3", "PIECES", "45A53", "2021-03-01", "2021-03-31", 1, UNIT_PIECE, LEFT, LEFT},
        {"r4", "PIECES", "45A53", "2021-04-01", "2021-04-30", 9, UNIT_PIECE, LEFT, LEFT},
    };
    static const Posting EXPECTED[] = {
        {ACCOUNT_COST, 2021, 2022, {98850}},
        {ACCOUNT_PAYABLE, 2021, 2022, {-98850}},
        {ACCOUNT_COST, 2022, 2022, {78000}},
        {ACCOUNT_PAYABLE, 2022, 2022, {-78000}},
    };
    Judgement judgement = desk_declare(desk, "N", "2022-01-01", LEFT, LINES, COUNT(LINES));
    assert_int_equal(judgement.postings.count, COUNT(EXPECTED));
    assert_memory_equal(judgement.postings.postings, EXPECTED, sizeof EXPECTED);
}

static void what_nets_to_nothing_is_not_posted(void **state)
{
    Desk *desk = *state;
    static const Asked FIRST[] = {{"r1", "PIECES", "45A53", "2021-03-01", "2021-03-31", 1, UNIT_PIECE, LEFT, LEFT}};
    static const Asked SECOND[] = {
        {"r2", "PIECES", "45A53", "2021-03-01", "2021-03-31", 1, UNIT_PIECE, LEFT, LEFT, .credits = "r1"},
        {"r3", "PIECES", "45A53", "2021-03-01", "2021-03-31", 1, UNIT_PIECE, LEFT, LEFT},
    };
    desk_declare(desk, "N1", "2021-03-01", LEFT, FIRST, 1);
    Judgement judgement = desk_declare(desk, "N2", "2021-03-01", LEFT, SECOND, 2);
    assert_string_equal(judgement.code, "8001");
    assert_int_equal(judgement.postings.count, 0);
}

/* A declaration may owe for one year and get back for another. */
static void a_payment_settles_what_goes_the_other_way_first_and_then_the_oldest_year(void **state)
{
    Desk *desk = *state;
    static const struct {
        const char *story;
        Payable payables[3];
        int64_t amount;
        BillingReason reason;
        int64_t settled[3];
    } CASES[] = {
        {"all of one year", {{2020, {500}}}, 500, BILLING_PAYMENT_BOOKED, {500}},
        {"a part: the oldest first", {{2019, {100}}, {2020, {500}}}, 300, BILLING_PAYMENT_BOOKED, {100, 200}},
        {"a part of the oldest only", {{2019, {400}}, {2020, {500}}}, 300, BILLING_PAYMENT_BOOKED, {300, 0}},
        {"what goes back is taken off first",
         {{2019, {-100}}, {2020, {500}}},
         300,
         BILLING_PAYMENT_BOOKED,
         {-100, 400}},
        {"whatever its year",
         {{2019, {300}}, {2020, {300}}, {2021, {-100}}},
         350,
         BILLING_PAYMENT_BOOKED,
         {300, 150, -100}},
        {"all of it", {{2019, {-100}}, {2020, {500}}}, 400, BILLING_PAYMENT_BOOKED, {-100, 500}},
        {"more than all of it", {{2019, {-100}}, {2020, {500}}}, 401, BILLING_NOTHING_PAYABLE, {0}},
        {"money that comes back", {{2019, {-100}}, {2020, {-500}}}, -300, BILLING_PAYMENT_BOOKED, {-100, -200}},
        {"more than has to come back", {{2019, {-100}}}, -101, BILLING_NOTHING_PAYABLE, {0}},
        {"the wrong way", {{2019, {-100}}}, 100, BILLING_NOTHING_PAYABLE, {0}},
        {"the largest amount there is", {{2019, {100}}}, INT64_MAX, BILLING_NOTHING_PAYABLE, {0}},
        {"the smallest amount there is", {{2019, {-100}}}, INT64_MIN, BILLING_NOTHING_PAYABLE, {0}},
        {"nothing is payable", {{2019, {0}}}, 100, BILLING_NOTHING_PAYABLE, {0}},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Payable payables[3];
        memcpy(payables, CASES[i].payables, sizeof payables);
        size_t count = payables[2].service_year ? 3 : payables[1].service_year ? 2 : 1;
        DeclarationNumber number = {.used = true, .payables = payables, .payable_count = count};
        Postings postings = {0};
        BillingReason reason =
            ledger_post_payment(desk->arena, &number, (Money){CASES[i].amount}, desk->known, &postings);
        if (reason != CASES[i].reason)
            fail_msg("%s: %s", CASES[i].story, billing_reason_name(reason));
        assert_true(ledger_balances(&postings));
        ledger_note_payable(desk->arena, &number, &postings);
        for (size_t year = 0; year < count; year++)
            if (number.payables[year].amount.cents != CASES[i].payables[year].amount.cents - CASES[i].settled[year])
                fail_msg("%s: %lld is left of %d", CASES[i].story, (long long)number.payables[year].amount.cents,
                         number.payables[year].service_year);
    }
}

static void postings_that_do_not_sum_to_zero_do_not_balance(void **state)
{
    (void)state;
    Posting rows[] = {
        {ACCOUNT_COST, 2020, 2021, {100}},
        {ACCOUNT_PAYABLE, 2021, 2021, {-100}},
    };
    Postings postings = {rows, 2};
    assert_false(ledger_balances(&postings));
    rows[1].service_year = 2020;
    assert_true(ledger_balances(&postings));
    rows[1].amount.cents = -99;
    assert_false(ledger_balances(&postings));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_of_two_years_are_posted_apart, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(what_nets_to_nothing_is_not_posted, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_payment_settles_what_goes_the_other_way_first_and_then_the_oldest_year,
                                        desk_open, desk_close),
        cmocka_unit_test(postings_that_do_not_sum_to_zero_do_not_balance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
