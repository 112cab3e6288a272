#include "billing/core/work.h"

#include "services/billing/core/desk.h"

/* € 5.000,01, of which 350001 at the start and 150000 at the end; € 10.000,01 a year by the month. */
static void work_is_counted_by_the_method_of_the_terms(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story, *allocation, *start;
        struct {
            const char *day; /* NULL: no stop was heard */
            StopReason reason;
        } stop;
        int64_t paid;
        bool start_paid;
        const char *on;
        int64_t delivered, in_progress, ahead, obligation;
    } CASES[] = {
        /* linear: days of care over the 229 days allocated */
        {"no start was heard", "TRAJECTORY", NULL, {0}, 0, false, "2021-03-31", 0, 0, 0, 0},
        {"the day before it starts", "TRAJECTORY", "2021-02-03", {0}, 0, false, "2021-02-02", 0, 0, 0, 0},
        {"its first day: 500001 / 229", "TRAJECTORY", "2021-02-03", {0}, 0, false, "2021-02-03", 2183, 2183, 0, 0},
        {"57 days: 500001 × 57 / 229", "TRAJECTORY", "2021-02-03", {0}, 0, false, "2021-03-31", 124454, 124454, 0, 0},
        {"and the start was paid", "TRAJECTORY", "2021-02-03", {0}, 350001, true, "2021-03-31", 124454, 0, 225547, 150000},
        {"after the last day granted nothing is added", "TRAJECTORY", "2021-02-03", {0}, 350001, true, "2021-12-31",
         458516, 108515, 0, 150000},
        {"a stop that lies later is none yet", "TRAJECTORY", "2021-02-03", {"2021-04-01", STOP_EARLY_BY_PROVIDER}, 350001,
         true, "2021-03-31", 124454, 0, 225547, 150000},
        {"the client has left after 50 of 200 days: the end part is a quarter", "TRAJECTORY", "2021-02-03",
         {"2021-03-24", STOP_EARLY_BY_CLIENT}, 350001, true, "2021-03-31", 387501, 37500, 0, 37500},
        {"the provider has ended it: nothing is owed any more", "TRAJECTORY", "2021-02-03",
         {"2021-03-24", STOP_EARLY_BY_PROVIDER}, 350001, true, "2021-03-31", 350001, 0, 0, 0},
        {"all was paid", "TRAJECTORY", "2021-02-03", {"2021-08-31", STOP_AS_PLANNED}, 500001, false, "2021-12-31", 500001,
         0, 0, 0},
        {"a lasting one: 1000001 × 90 / 365, and three parts paid", "LASTING", "2021-04-02", {0}, 250000, false,
         "2021-06-30", 246576, 0, 3424, 0},
        {"it ended on 10 June: three parts and a third of one", "LASTING", "2021-04-02",
         {"2021-06-10", STOP_EARLY_BY_CLIENT}, 250000, false, "2021-06-30", 277778, 27778, 0, 0},
        {"the second year has a price of its own: half of 1000001 + 1200000", "TWO_YEARS", NULL, {0}, 0, false,
         "2021-12-31", 1100001, 1100001, 0, 0},

        /* by part: what has fallen due */
        {"the start of what is paid € 4.000 at most", "CAPPED", "2021-02-03", {0}, 0, false, "2021-08-30", 280000, 280000,
         0, 0},
        {"the start paid", "CAPPED", "2021-02-03", {0}, 280000, true, "2021-08-30", 280000, 0, 0, 120000},
        {"ended as planned", "CAPPED", "2021-02-03", {"2021-08-31", STOP_AS_PLANNED}, 280000, true, "2021-08-31", 400000,
         120000, 0, 120000},
        {"three months", "CAPPED_YEAR", NULL, {0}, 83333, false, "2021-03-31", 250000, 166667, 0, 0},
        {"a fourth falls on its first day", "CAPPED_YEAR", NULL, {0}, 83333, false, "2021-04-01", 333334, 250001, 0, 0},
        {"twelve months, of which the cap leaves € 9.000", "CAPPED_YEAR", NULL, {0}, 900000, false, "2021-12-31", 900000,
         0, 0, 0},
        {"ended in December, the cap all the same", "CAPPED_YEAR", NULL, {"2021-12-31", STOP_AS_PLANNED}, 0, false,
         "2021-12-31", 900000, 900000, 0, 0},

        /* by expected duration: days of care over 200 */
        {"50 of 200 days", "CHANGING", "2021-02-03", {0}, 0, false, "2021-03-24", 125000, 125000, 0, 0},
        {"it lasts longer than expected: all, and no more", "LONG", "2021-02-03", {0}, 350001, true, "2021-12-01", 500001,
         150000, 0, 150000},
    };
    static const GrantedRow MORE[] = {
        {"TWO_YEARS", "PA2P2", 2200001, UNIT_EURO, FREQUENCY_IN_TOTAL, "2021-01-01", "2022-12-31", "P2", "LASTING"},
        {"LONG", "PA4P1", 500001, UNIT_EURO, FREQUENCY_IN_TOTAL, "2021-01-15", "2021-12-31", "P4", "SHORT"},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        void *opened;
        desk_open(&opened);
        Desk *desk = opened;
        for (size_t more = 0; more < COUNT(MORE); more++)
            desk_grant(desk, &MORE[more]);
        Allocation *allocation = desk_allocation(desk, CASES[i].allocation);
        if (CASES[i].start)
            standing_start(allocation, day_at(CASES[i].start));
        if (CASES[i].stop.day)
            standing_stop(allocation, day_at(CASES[i].stop.day), CASES[i].stop.reason);
        allocation->amount_open.cents = CASES[i].paid;
        allocation->starts_open = CASES[i].start_paid;

        Work work = work_on(allocation, &desk->books, day_at(CASES[i].on), desk->known);
        if (work.reason != BILLING_APPROVED || work.delivered.cents != CASES[i].delivered ||
            work.in_progress.cents != CASES[i].in_progress || work.ahead.cents != CASES[i].ahead ||
            work.obligation.cents != CASES[i].obligation)
            fail_msg("%s: %s, %lld delivered, %lld in progress, %lld ahead, an obligation of %lld", CASES[i].story,
                     billing_reason_name(work.reason), (long long)work.delivered.cents,
                     (long long)work.in_progress.cents, (long long)work.ahead.cents, (long long)work.obligation.cents);
        assert_int_equal(work.paid.cents, CASES[i].paid);
        desk_close(&opened);
    }
}

/* Another PIC goes on on 16 June: until then care runs, and from the day before it is worth what the change pays. */
static void a_conversion_ends_the_work(void **state)
{
    Desk *desk = *state;
    Allocation *allocation = desk_allocation(desk, "CHANGING");
    allocation->granted.goes_on_by = FUNDING_PIC;
    standing_start(allocation, day_at("2021-02-03"));
    Work work = work_on(allocation, &desk->books, day_at("2021-06-14"), desk->known);
    assert_int_equal(work.delivered.cents, 330001); /* 500001 × 132 / 200 */
    work = work_on(allocation, &desk->books, day_at("2021-06-15"), desk->known);
    assert_int_equal(work.delivered.cents, 350001 + 99750); /* 150000 × 133 / 200 */
}

/* What a PIC without a new start is worth is the rest: 150000 over 199 days. */
static void a_pic_without_a_start_is_worth_its_rest(void **state)
{
    static const GrantedRow NEXT = {"NEXT",       "PA6P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                    "2021-06-16", "2021-12-31", "P6",   "SHORT"};
    Desk *desk = *state;
    desk_allocation(desk, "CHANGING")->granted.goes_on_by = FUNDING_PIC;
    desk_grant(desk, &NEXT);
    standing_start(desk_allocation(desk, "NEXT"), day_at("2021-06-16"));
    Work work = work_on(desk_allocation(desk, "NEXT"), &desk->books, day_at("2021-06-30"), desk->known);
    assert_int_equal(work.delivered.cents, 11307); /* 150000 × 15 / 199 */
}

static void nothing_is_worked_out_of_what_is_not_paid(void **state)
{
    static const GrantedRow RESUMED = {"RESUMED",    "PA1P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                       "2021-10-01", "2022-06-30", "P1",   "SHORT"};
    Desk *desk = *state;
    desk_allocation(desk, "TRAJECTORY")->amount_open.cents = 350001;
    desk_grant(desk, &RESUMED);
    standing_start(desk_allocation(desk, "RESUMED"), day_at("2021-10-01"));
    const struct {
        const char *allocation;
        BillingReason reason;
    } CASES[] = {
        {"RESUMED", BILLING_CARE_RESUMED}, {"TERMLESS", BILLING_TERMS_ABSENT}, {"PRICELESS", BILLING_TARIFF_ABSENT}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Work work =
            work_on(desk_allocation(desk, CASES[i].allocation), &desk->books, day_at("2021-12-31"), desk->known);
        assert_int_equal(work.reason, CASES[i].reason);
        assert_int_equal(work.delivered.cents, 0);
        assert_int_equal(work.in_progress.cents, 0);
    }

    Allocation *removed = desk_allocation(desk, "CAPPED");
    standing_start(removed, day_at("2021-02-03"));
    removed->granted.removed = true;
    Work work = work_on(removed, &desk->books, day_at("2021-12-31"), desk->known);
    assert_int_equal(work.reason, BILLING_APPROVED);
    assert_int_equal(work.delivered.cents, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_is_counted_by_the_method_of_the_terms),
        cmocka_unit_test_setup_teardown(a_conversion_ends_the_work, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_pic_without_a_start_is_worth_its_rest, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(nothing_is_worked_out_of_what_is_not_paid, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
