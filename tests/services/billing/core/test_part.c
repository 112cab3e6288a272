#include "billing/core/part.h"

#include "billing/core/correct.h"

#include "services/billing/core/desk.h"

#define JUNE "2021-06-01", "2021-06-30"
#define JULY "2021-07-01", "2021-07-31"
#define AUGUST "2021-08-01", "2021-08-31"

static void expect(const char *story, BillingReason reason, int64_t amount, JudgedLine judged)
{
    if (judged.reason != reason || judged.amount.cents != amount)
        fail_msg("%s: %s %lld, not %s %lld", story, billing_reason_name(judged.reason), (long long)judged.amount.cents,
                 billing_reason_name(reason), (long long)amount);
}

/* A line of this allocation, in a declaration of its own. */
static JudgedLine ask(Desk *desk, const char *number, const char *first, const char *last, int64_t amount)
{
    const Allocation *allocation = desk_allocation(desk, number);
    Asked asked = {arena_format(desk->arena, "r%d", desk->declarations),
                   number,
                   allocation->granted.code,
                   first,
                   last,
                   amount == LEFT ? 0 : amount,
                   UNIT_EURO,
                   LEFT,
                   amount};
    return desk_ask(desk, &asked);
}

/* The line that was asked last, taken back. */
static void credit(Desk *desk, const JudgedLine *debet)
{
    const Line *line = debet->line;
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    Asked asked = {arena_format(desk->arena, "k%d", desk->declarations),
                   line->allocation->number,
                   line->code,
                   day_write(line->period.first, first),
                   day_write(line->period.last, last),
                   line->volume,
                   UNIT_EURO,
                   LEFT,
                   line->amount_given ? line->amount.cents : LEFT,
                   .credits = line->reference->text};
    JudgedLine judged = desk_ask(desk, &asked);
    assert_int_equal(judged.reason, BILLING_APPROVED);
}

/* € 5.000,01: 70 % at the start is 350001, the rest 150000; 200 days are expected. Care starts on 3 February. */
static void an_end_is_paid_as_the_terms_say_of_what_ended_it(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story, *allocation, *start;
        struct {
            const char *day; /* NULL: no stop was heard */
            StopReason reason;
        } stop;
        Funding goes_on_by;
        const char *first, *last;
        int64_t asked;
        BillingReason reason;
        int64_t amount;
    } CASES[] = {
#define FEBRUARY_3 "2021-02-03"
#define TO_CHANGE "2021-06-01", "2021-06-15"
        /* another number goes on on 16 June, after 133 days */
        {"another PIC goes on: 133 of 200 days of the end", "CHANGING", FEBRUARY_3, {0}, FUNDING_PIC, TO_CHANGE, LEFT,
         BILLING_APPROVED, 99750},
        {"that it stopped for the change says nothing more", "CHANGING", FEBRUARY_3,
         {"2021-06-15", STOP_FOR_CHANGE_REQUEST}, FUNDING_PIC, TO_CHANGE, LEFT, BILLING_APPROVED, 99750},
        {"the client had left before: 50 days", "CHANGING", FEBRUARY_3, {"2021-03-24", STOP_EARLY_BY_CLIENT}, FUNDING_PIC,
         "2021-03-01", "2021-03-31", LEFT, BILLING_APPROVED, 37500},
        {"in the month of the change nothing ends that had ended", "CHANGING", FEBRUARY_3,
         {"2021-03-24", STOP_EARLY_BY_CLIENT}, FUNDING_PIC, TO_CHANGE, LEFT, BILLING_PART_NOT_DUE, 0},
        {"its products go on: nothing more", "CHANGING", FEBRUARY_3, {0}, FUNDING_PXQ, TO_CHANGE, LEFT,
         BILLING_EARLY_END_PAYS_NO_PART, 0},
        {"nothing goes on, and no stop was heard", "CHANGING", FEBRUARY_3, {0}, 0, TO_CHANGE, LEFT,
         BILLING_CARE_NOT_STOPPED, 0},
        {"begun and changed in one product period: one line", "CHANGING", "2021-06-02", {0}, FUNDING_PIC, TO_CHANGE, LEFT,
         BILLING_APPROVED, 350001 + 10500},
        {"terms that are silent on a change wait for the stop", "TRAJECTORY", FEBRUARY_3, {0}, FUNDING_PIC, AUGUST, LEFT,
         BILLING_CARE_NOT_STOPPED, 0},
        {"and pay by its reason", "TRAJECTORY", FEBRUARY_3, {"2021-08-31", STOP_FOR_CHANGE_REQUEST}, FUNDING_PIC, AUGUST,
         LEFT, BILLING_APPROVED, 150000},

        /* pro rata of the whole price */
        {"160 of 200 days: 80 % is 400001, of which 350001 at the start", "WHOLE", FEBRUARY_3,
         {"2021-07-12", STOP_EARLY_BY_CLIENT}, 0, JULY, LEFT, BILLING_APPROVED, 50000},
        {"50 of 200 days: the start was more, and is not asked back", "WHOLE", FEBRUARY_3,
         {"2021-03-24", STOP_EARLY_BY_CLIENT}, 0, "2021-03-01", "2021-03-31", LEFT, BILLING_EARLY_END_PAYS_NO_PART, 0},
        {"begun and ended in one month: the start", "WHOLE", "2021-06-01", {"2021-06-20", STOP_EARLY_BY_CLIENT}, 0, JUNE,
         LEFT, BILLING_APPROVED, 350001},
        {"as planned, all is paid however short", "WHOLE", FEBRUARY_3, {"2021-03-24", STOP_AS_PLANNED}, 0,
         "2021-03-01", "2021-03-31", LEFT, BILLING_APPROVED, 150000},

        /* at most € 4.000 */
        {"70 % of what is paid at most", "CAPPED", FEBRUARY_3, {0}, 0, "2021-02-01", "2021-02-28", LEFT, BILLING_APPROVED,
         280000},
        {"70 % of the tariff is more than that", "CAPPED", FEBRUARY_3, {0}, 0, "2021-02-01", "2021-02-28", 350001,
         BILLING_CAP_EXCEEDED, 0},
        {"the rest", "CAPPED", FEBRUARY_3, {"2021-08-31", STOP_AS_PLANNED}, 0, AUGUST, 120000, BILLING_APPROVED, 120000},
        {"all in one line", "CAPPED", "2021-06-01", {"2021-06-20", STOP_AS_PLANNED}, 0, JUNE, LEFT, BILLING_APPROVED,
         400000},
        {"the tariff in one line", "CAPPED", "2021-06-01", {"2021-06-20", STOP_AS_PLANNED}, 0, JUNE, 500001,
         BILLING_CAP_EXCEEDED, 0},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        void *desk;
        desk_open(&desk);
        Allocation *allocation = desk_allocation(desk, CASES[i].allocation);
        allocation->granted.goes_on_by = CASES[i].goes_on_by;
        standing_start(allocation, day_at(CASES[i].start));
        if (CASES[i].stop.day)
            standing_stop(allocation, day_at(CASES[i].stop.day), CASES[i].stop.reason);
        expect(CASES[i].story, CASES[i].reason, CASES[i].amount,
               ask(desk, CASES[i].allocation, CASES[i].first, CASES[i].last, CASES[i].asked));
        desk_close(&desk);
    }
}

static const GrantedRow NEXT_PIC = {"NEXT",       "PA6P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                    "2021-06-16", "2021-12-31", "P6",   "SHORT"};
static const GrantedRow LATER_PIC = {"LATER",      "PA6P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                     "2021-06-17", "2021-12-31", "P6",   "SHORT"};
static const GrantedRow NEXT_WITH_START = {"NEXT",       "PA1P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                           "2021-06-16", "2021-12-31", "P1",   "SHORT"};

/* A trajectory that another PIC took over from on 16 June, and the one that goes on. */
static void change_pic(Desk *desk, const GrantedRow *next)
{
    Allocation *changing = desk_allocation(desk, "CHANGING");
    changing->granted.goes_on_by = FUNDING_PIC;
    standing_start(changing, day_at("2021-02-03"));
    desk_grant(desk, next);
    standing_start(desk_allocation(desk, next->number), day_at(next->first));
}

static void a_new_pic_has_a_start_of_its_own_unless_the_terms_say_no(void **state)
{
    Desk *desk = *state;
    change_pic(desk, &NEXT_WITH_START);
    expect("the old start", BILLING_APPROVED, 350001, ask(desk, "CHANGING", "2021-02-01", "2021-02-28", LEFT));
    expect("the old end", BILLING_APPROVED, 99750, ask(desk, "CHANGING", TO_CHANGE, LEFT));
    expect("a new start", BILLING_APPROVED, 350001, ask(desk, "NEXT", "2021-06-16", "2021-06-30", LEFT));
}

static void a_new_pic_without_a_start_pays_its_end(void **state)
{
    Desk *desk = *state;
    change_pic(desk, &NEXT_PIC);
    expect("no new start", BILLING_CHANGE_PAYS_NO_START, 0, ask(desk, "NEXT", "2021-06-16", "2021-06-30", LEFT));
    standing_stop(desk_allocation(desk, "NEXT"), day_at("2021-12-31"), STOP_AS_PLANNED);
    expect("its end", BILLING_APPROVED, 150000, ask(desk, "NEXT", "2021-12-01", "2021-12-31", LEFT));
    expect("the old start, declared late", BILLING_APPROVED, 350001,
           ask(desk, "CHANGING", "2021-02-01", "2021-02-28", LEFT));
}

static void a_pic_that_begins_a_day_later_goes_on_from_nothing(void **state)
{
    Desk *desk = *state;
    change_pic(desk, &LATER_PIC);
    expect("a start", BILLING_APPROVED, 350001, ask(desk, "LATER", "2021-06-17", "2021-06-30", LEFT));
}

/* The first PIC again, by a second change: that is no relapse. */
static void back_to_the_first_pic_is_a_change_and_no_relapse(void **state)
{
    static const GrantedRow BACK = {"BACK",       "PA4P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                    "2021-07-16", "2021-12-31", "P4",   "SHORT"};
    Desk *desk = *state;
    change_pic(desk, &NEXT_WITH_START);
    expect("the first", BILLING_APPROVED, 350001, ask(desk, "CHANGING", "2021-02-01", "2021-02-28", LEFT));
    desk_grant(desk, &BACK);
    standing_start(desk_allocation(desk, "BACK"), day_at("2021-07-16"));
    expect("its start", BILLING_APPROVED, 350001, ask(desk, "BACK", "2021-07-16", "2021-07-31", LEFT));
}

/* Whichever of the two is declared first is paid: never both. */
static void care_that_resumed_is_paid_once_in_whatever_order_it_is_declared(void **state)
{
    Desk *desk = *state;
    standing_start(desk_allocation(desk, "TRAJECTORY"), day_at("2021-02-03"));
    standing_stop(desk_allocation(desk, "TRAJECTORY"), day_at("2021-08-20"), STOP_AS_PLANNED);
    static const GrantedRow RESUMED = {"RESUMED",    "PA1P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                       "2021-10-01", "2022-04-30", "P1",   "SHORT"};
    desk_grant(desk, &RESUMED);
    standing_start(desk_allocation(desk, "RESUMED"), day_at("2021-10-01"));
    expect("the later start, declared first", BILLING_APPROVED, 350001,
           ask(desk, "RESUMED", "2021-10-01", "2021-10-31", LEFT));
    expect("the earlier start is the same one", BILLING_CARE_RESUMED, 0,
           ask(desk, "TRAJECTORY", "2021-02-01", "2021-02-28", LEFT));
    expect("and so is its end", BILLING_CARE_RESUMED, 0, ask(desk, "TRAJECTORY", "2021-08-01", "2021-08-20", LEFT));
    standing_stop(desk_allocation(desk, "RESUMED"), day_at("2022-03-31"), STOP_AS_PLANNED);
    expect("the end of what was paid", BILLING_APPROVED, 150000,
           ask(desk, "RESUMED", "2022-03-01", "2022-03-31", LEFT));
}

/* Care that resumes within the relapse period is not paid anew; what the first care still has to get, it gets. */
static void the_end_of_the_first_care_is_paid_after_the_care_resumed(void **state)
{
    static const GrantedRow RESUMED = {"RESUMED",    "PA1P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                       "2021-10-01", "2022-06-30", "P1",   "SHORT"};
    Desk *desk = *state;
    standing_start(desk_allocation(desk, "TRAJECTORY"), day_at("2021-02-03"));
    expect("the first start", BILLING_APPROVED, 350001, ask(desk, "TRAJECTORY", "2021-02-01", "2021-02-28", LEFT));
    standing_stop(desk_allocation(desk, "TRAJECTORY"), day_at("2021-08-20"), STOP_AS_PLANNED);
    desk_grant(desk, &RESUMED);
    standing_start(desk_allocation(desk, "RESUMED"), day_at("2021-10-01"));

    expect("no second start", BILLING_CARE_RESUMED, 0, ask(desk, "RESUMED", "2021-10-01", "2021-10-31", LEFT));
    expect("the first end, declared late", BILLING_APPROVED, 150000, ask(desk, "TRAJECTORY", AUGUST, LEFT));
    standing_stop(desk_allocation(desk, "RESUMED"), day_at("2022-03-31"), STOP_AS_PLANNED);
    expect("no second end", BILLING_CARE_RESUMED, 0, ask(desk, "RESUMED", "2022-03-01", "2022-03-31", LEFT));
}

/* € 10.000,01 a year, and at most € 9.000 for the trajectory. */
static void months_are_paid_until_the_cap_is_reached(void **state)
{
    Desk *desk = *state;
    int64_t sum = 0;
    JudgedLine march = {0};
    for (int month = 1; month <= 12; month++) {
        Period period = period_month(day_of(2021, month, 1));
        char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
        JudgedLine judged =
            ask(desk, "CAPPED_YEAR", day_write(period.first, first), day_write(period.last, last), LEFT);
        sum += judged.amount.cents;
        if (month == 3)
            march = judged;
        if (month == 10)
            assert_int_equal(sum, 833334);
        if (month == 11)
            expect("what the cap leaves", BILLING_APPROVED, 66666, judged);
        if (month == 12)
            expect("nothing is left", BILLING_CAP_EXCEEDED, 0, judged);
    }
    assert_int_equal(sum, 900000);

    /* Each month counts those before it, declared or not: so the order of declaring changes nothing. */
    credit(desk, &march);
    expect("December", BILLING_CAP_EXCEEDED, 0, ask(desk, "CAPPED_YEAR", "2021-12-01", "2021-12-31", LEFT));
    expect("March again", BILLING_APPROVED, 83333, ask(desk, "CAPPED_YEAR", "2021-03-01", "2021-03-31", 83333));
}

/* € 10.000,01 in the first year, € 12.000 in the second: of the cap of € 15.000 that leaves € 4.999,99 for the second. */
static void a_cap_counts_each_year_at_its_own_price(void **state)
{
    static const GrantedRow LONG = {"LONG",       "PA4P2",      2200001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                    "2021-01-01", "2022-12-31", "P4",    "LASTING"};
    static const struct {
        const char *first, *last;
        BillingReason reason;
        int64_t amount;
    } MONTHS[] = {
        {"2022-06-01", "2022-06-30", BILLING_CAP_EXCEEDED, 0},
        {"2022-05-01", "2022-05-31", BILLING_APPROVED, 99999},
        {"2022-04-01", "2022-04-30", BILLING_APPROVED, 100000},
        {"2021-12-01", "2021-12-31", BILLING_APPROVED, 83333},
    };
    Desk *desk = *state;
    desk_grant(desk, &LONG);
    for (size_t i = 0; i < COUNT(MONTHS); i++)
        expect(MONTHS[i].first, MONTHS[i].reason, MONTHS[i].amount,
               ask(desk, "LONG", MONTHS[i].first, MONTHS[i].last, LEFT));
}

static void a_trajectory_of_two_numbers_has_one_cap(void **state)
{
    static const GrantedRow SECOND = {"SECOND",     "PA5P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                      "2021-09-01", "2021-12-31", "P5",   "SHORT"};
    Desk *desk = *state;
    desk_grant(desk, &SECOND);
    desk_allocation(desk, "SECOND")->granted.trajectory = desk_allocation(desk, "CAPPED")->granted.trajectory;
    standing_start(desk_allocation(desk, "CAPPED"), day_at("2021-02-03"));
    standing_start(desk_allocation(desk, "SECOND"), day_at("2021-09-01"));
    expect("the first", BILLING_APPROVED, 280000, ask(desk, "CAPPED", "2021-02-01", "2021-02-28", LEFT));
    expect("a second start is more than the cap", BILLING_CAP_EXCEEDED, 0,
           ask(desk, "SECOND", "2021-09-01", "2021-09-30", LEFT));
}

/* A month is paid by its calendar days where another PIC goes on in it: 14 of 30. */
static void the_month_of_a_change_is_not_paid_twice(void **state)
{
    static const GrantedRow ENDED = {"ENDED",      "PA5P2",      1000001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                     "2021-01-01", "2021-06-14", "P5",    "LASTING"};
    Desk *desk = *state;
    desk_grant(desk, &ENDED);
    desk_allocation(desk, "ENDED")->granted.goes_on_by = FUNDING_PIC;
    expect("14 of 30 days of 83334", BILLING_APPROVED, 38889, ask(desk, "ENDED", "2021-06-01", "2021-06-14", LEFT));
    expect("a month before", BILLING_APPROVED, 83333, ask(desk, "ENDED", "2021-05-01", "2021-05-31", LEFT));
}

static void a_provider_may_have_a_tariff_of_its_own(void **state)
{
    static const GrantedRow OWN = {"OWN",        "PA6P1",      600000, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                   "2022-01-01", "2022-06-30", "P6",   "SHORT"};
    Desk *desk = *state;
    desk_grant(desk, &OWN);
    standing_start(desk_allocation(desk, "OWN"), day_at("2022-01-03"));
    expect("70 % of € 6.000", BILLING_APPROVED, 420000, ask(desk, "OWN", "2022-01-01", "2022-01-31", LEFT));
    standing_start(desk_allocation(desk, "WHOLE"), day_at("2021-02-03"));
    expect("70 % of the region's before", BILLING_APPROVED, 350001,
           ask(desk, "WHOLE", "2021-02-01", "2021-02-28", LEFT));
}

/* Where the cap is the price, the terms are where the price stands. */
static void a_capped_line_cites_the_terms_for_its_price(void **state)
{
    Desk *desk = *state;
    standing_start(desk_allocation(desk, "CAPPED"), day_at("2021-02-03"));
    JudgedLine judged = ask(desk, "CAPPED", "2021-02-01", "2021-02-28", LEFT);
    assert_int_equal(judged.inputs.price.cents, 400000);
    assert_ptr_equal(judged.price, judged.terms);

    standing_start(desk_allocation(desk, "WHOLE"), day_at("2021-02-03"));
    judged = ask(desk, "WHOLE", "2021-02-01", "2021-02-28", LEFT);
    assert_ptr_not_equal(judged.price, judged.terms);
}

/* What the line comes to once a second book is known. */
static int64_t after(Desk *desk, const JudgedLine *judged)
{
    const Entry *terms = judged->terms;
    OpenLine open = {
        .judged = *judged, .rated = judged->inputs, .terms = {terms->file, book_number(terms->book), terms->line}};
    Assessment assessed = billing_assess(&open, &desk->books, desk->known);
    assert_true(assessed.state == CORRECTION_UNTOUCHED || assessed.state == CORRECTION_CORRECTED);
    return assessed.after.cents;
}

static void rates_anew(Desk *desk, const char *sections)
{
    desk->second = book_written(2, sections);
    assert_true(books_add(&desk->books, desk->second, desk->known));
}

/* € 6.000 instead of € 5.000,01, and € 12.000,01 a year; at most € 4.000 and € 9.000. */
static void a_dearer_tariff_stays_under_the_cap(void **state)
{
    Desk *desk = *state;
    standing_start(desk_allocation(desk, "CAPPED"), day_at("2021-02-03"));
    standing_stop(desk_allocation(desk, "CAPPED"), day_at("2021-08-31"), STOP_AS_PLANNED);
    JudgedLine start = ask(desk, "CAPPED", "2021-02-01", "2021-02-28", LEFT), end = ask(desk, "CAPPED", AUGUST, LEFT);
    JudgedLine months[11];
    for (int month = 1; month <= 11; month++) {
        Period period = period_month(day_of(2021, month, 1));
        char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
        months[month - 1] =
            ask(desk, "CAPPED_YEAR", day_write(period.first, first), day_write(period.last, last), LEFT);
    }

    rates_anew(desk, "pic_tariffs: [{segment: S, profile: P5, cents: {SHORT: 600000, LASTING: 1200001}}]\n");
    assert_int_equal(after(desk, &start) + after(desk, &end), 400000);
    int64_t sum = 0;
    for (int month = 0; month < 11; month++)
        sum += after(desk, &months[month]);
    assert_int_equal(sum, 900000);
    assert_int_equal(after(desk, &months[8]), 99999); /* the ninth: 900000 − 800001 */
    assert_int_equal(after(desk, &months[9]), 0);
}

/* A lower tariff is under the cap by itself, and so is more of the cap left. */
static void a_cheaper_tariff_is_paid_as_it_is(void **state)
{
    Desk *desk = *state;
    standing_start(desk_allocation(desk, "CAPPED"), day_at("2021-02-03"));
    JudgedLine start = ask(desk, "CAPPED", "2021-02-01", "2021-02-28", LEFT);
    JudgedLine november = ask(desk, "CAPPED_YEAR", "2021-11-01", "2021-11-30", LEFT);
    rates_anew(desk, "pic_tariffs: [{segment: S, profile: P5, cents: {SHORT: 300000, LASTING: 960000}}]\n");
    assert_int_equal(november.amount.cents, 66666);
    assert_int_equal(after(desk, &november), 80000);
    assert_int_equal(after(desk, &start), 210000);
}

/* 80 % of 600000 less 420000; when the terms come to say so it is 80 % of the end part instead. */
static void pro_rata_is_rated_anew_as_the_terms_say(void **state)
{
    Desk *desk = *state;
    standing_start(desk_allocation(desk, "WHOLE"), day_at("2021-02-03"));
    standing_stop(desk_allocation(desk, "WHOLE"), day_at("2021-07-12"), STOP_EARLY_BY_CLIENT);
    JudgedLine end = ask(desk, "WHOLE", JULY, LEFT);
    assert_int_equal(end.amount.cents, 50000);
    rates_anew(desk, "pic_tariffs: [{segment: S, profile: P6, cents: {SHORT: 600000}}]\n");
    assert_int_equal(after(desk, &end), 480000 - 420000);
}

static void pro_rata_of_another_whole_is_another_formula(void **state)
{
    Desk *desk = *state;
    standing_start(desk_allocation(desk, "WHOLE"), day_at("2021-02-03"));
    standing_stop(desk_allocation(desk, "WHOLE"), day_at("2021-07-12"), STOP_EARLY_BY_CLIENT);
    JudgedLine end = ask(desk, "WHOLE", JULY, LEFT);
    rates_anew(desk, "payment_terms:\n"
                     "  - {segments: S, profiles: P6, intensities: SHORT, shape: start_end, start_share: 0.7,\n"
                     "     relapse_days: 0, expected_days: 200, work_in_progress: linear, start_due_by: message,\n"
                     "     end_due_by: message, early_end: {EARLY_BY_CLIENT: pro_rata, otherwise: all}}\n");
    assert_int_equal(after(desk, &end), 120000); /* 150000 × 160 / 200 */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_end_is_paid_as_the_terms_say_of_what_ended_it),
        cmocka_unit_test_setup_teardown(a_new_pic_has_a_start_of_its_own_unless_the_terms_say_no, desk_open,
                                        desk_close),
        cmocka_unit_test_setup_teardown(a_new_pic_without_a_start_pays_its_end, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_pic_that_begins_a_day_later_goes_on_from_nothing, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(back_to_the_first_pic_is_a_change_and_no_relapse, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(care_that_resumed_is_paid_once_in_whatever_order_it_is_declared, desk_open,
                                        desk_close),
        cmocka_unit_test_setup_teardown(the_end_of_the_first_care_is_paid_after_the_care_resumed, desk_open,
                                        desk_close),
        cmocka_unit_test_setup_teardown(months_are_paid_until_the_cap_is_reached, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_cap_counts_each_year_at_its_own_price, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_trajectory_of_two_numbers_has_one_cap, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(the_month_of_a_change_is_not_paid_twice, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_provider_may_have_a_tariff_of_its_own, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_dearer_tariff_stays_under_the_cap, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_cheaper_tariff_is_paid_as_it_is, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(pro_rata_is_rated_anew_as_the_terms_say, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(pro_rata_of_another_whole_is_another_formula, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_capped_line_cites_the_terms_for_its_price, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
