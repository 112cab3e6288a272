#include "billing/core/rate.h"

#include "book/monthly.h"

#include "services/billing/core/desk.h"

static void every_formula_gives_its_amount(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        RatingInputs inputs;
        int64_t amount;
    } CASES[] = {
        {"nothing", {.formula = BILLING_FORMULA_NONE}, 0},
        {"12 pieces at € 250,00", {BILLING_FORMULA_VOLUME_TIMES_TARIFF, {25000}, 12}, 300000},
        {"95 minutes at € 73,85 an hour is € 116,93 (11692.92)",
         {BILLING_FORMULA_MINUTES_AT_HOUR_TARIFF, {7385}, 95},
         11693},
        {"half a cent goes up: 30 minutes at € 0,01 an hour", {BILLING_FORMULA_MINUTES_AT_HOUR_TARIFF, {1}, 30}, 1},
        {"less than half goes down: 29 minutes", {BILLING_FORMULA_MINUTES_AT_HOUR_TARIFF, {1}, 29}, 0},
        {"a volume in cents", {BILLING_FORMULA_VOLUME_IN_CENTS, {0}, 4242}, 4242},
        {"70 % of € 5.000,01", {BILLING_FORMULA_START_PART, {500001}, .share = {7, 10}, .part = {1, 1}}, 350001},
        {"the other 30 %", {BILLING_FORMULA_END_PART, {500001}, .share = {7, 10}, .part = {1, 1}}, 150000},
        {"a quarter of it", {BILLING_FORMULA_END_PART, {500001}, .share = {7, 10}, .part = {50, 200}}, 37500},
        {"both", {BILLING_FORMULA_WHOLE, {500001}, .share = {7, 10}, .part = {1, 1}}, 500001},
        {"a month", {BILLING_FORMULA_MONTH_PART, {1000001}, .month = 1, .part = {1, 1}}, 83333},
        {"ten of thirty days of it", {BILLING_FORMULA_MONTH_PART, {1000001}, .month = 1, .part = {10, 30}}, 27778},
        {"80 % of the trajectory, and the start was 70 %",
         {BILLING_FORMULA_PRO_RATA_END, {500001}, .share = {7, 10}, .part = {160, 200}},
         50000},
        {"a quarter of it: the start was more, and is not asked back",
         {BILLING_FORMULA_PRO_RATA_END, {500001}, .share = {7, 10}, .part = {50, 200}},
         0},
        {"80 % in one line", {BILLING_FORMULA_PRO_RATA_WHOLE, {500001}, .share = {7, 10}, .part = {160, 200}}, 400001},
        {"a quarter in one line",
         {BILLING_FORMULA_PRO_RATA_WHOLE, {500001}, .share = {7, 10}, .part = {50, 200}},
         350001},
        {"a credit", {BILLING_FORMULA_CREDIT, {4242}}, 4242},
    };
    bool met[BILLING_FORMULA_COUNT] = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Money amount;
        assert_true(billing_rate(&CASES[i].inputs, &amount));
        if (amount.cents != CASES[i].amount)
            fail_msg("%s: %lld", CASES[i].story, (long long)amount.cents);
        met[CASES[i].inputs.formula] = true;
    }
    for (int formula = 0; formula < BILLING_FORMULA_COUNT; formula++)
        if (!met[formula])
            fail_msg("%s never occurs", billing_formula_name((BillingFormula)formula));
}

static void what_no_number_holds_has_no_amount(void **state)
{
    (void)state;
    static const RatingInputs CASES[] = {
        {BILLING_FORMULA_VOLUME_TIMES_TARIFF, {2}, INT64_MAX / 2 + 1},
        {BILLING_FORMULA_MINUTES_AT_HOUR_TARIFF, {INT64_MAX}, 61},
        {BILLING_FORMULA_START_PART, {100}, .share = {1, 0}},
        {BILLING_FORMULA_END_PART, {100}, .share = {1, 2}, .part = {1, 0}},
        {BILLING_FORMULA_COUNT},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Money amount = {42};
        assert_false(billing_rate(&CASES[i], &amount));
        assert_int_equal(amount.cents, 42);
    }
}

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static void parts_always_sum_to_the_whole(void **state)
{
    (void)state;
    uint32_t seed = 20200608;
    for (int round = 0; round < 20000; round++) {
        Money price = {next(&seed) % 5000000};
        Money sum = {0};
        for (int32_t month = 1; month <= 12; month++) {
            Money part;
            assert_true(monthly_part(price, month, &part));
            assert_true(part.cents * 12 > price.cents - 12 && part.cents * 12 < price.cents + 12);
            assert_true(money_add(sum, part, &sum));
        }
        assert_int_equal(sum.cents, price.cents);

        int64_t denominator = next(&seed) % 100 + 1;
        RatingInputs inputs = {BILLING_FORMULA_START_PART, price,
                               .share = {next(&seed) % (denominator + 1), denominator}, .part = FRACTION_ALL};
        Money start, end, whole;
        assert_true(billing_rate(&inputs, &start));
        inputs.formula = BILLING_FORMULA_END_PART;
        assert_true(billing_rate(&inputs, &end));
        inputs.formula = BILLING_FORMULA_WHOLE;
        assert_true(billing_rate(&inputs, &whole));
        assert_int_equal(start.cents + end.cents, price.cents);
        assert_int_equal(whole.cents, price.cents);
    }
}

static void an_hour_tariff_shows_as_a_rounded_minute_tariff(void **state)
{
    (void)state;
    static const int64_t CASES[][2] = {{8730, 146}, {8729, 145}, {8724, 145}, {7385, 123}, {6000, 100}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Money tariff;
        assert_true(billing_minute_tariff((Money){CASES[i][0]}, &tariff));
        assert_int_equal(tariff.cents, CASES[i][1]);
    }
}

/* What is stored with a line is enough to work it out again, and to see that nothing of it was changed. */
static void a_line_explains_itself(void **state)
{
    Desk *desk = *state;
    static const Asked ASKED = {"r", "HOURS", "45A04", "2021-03-01", "2021-03-31", 95, UNIT_MINUTE, 123, 11693};
    JudgedLine judged = desk_ask(desk, &ASKED);
    Provenance provenance = billing_provenance(&judged);
    assert_string_equal(provenance.allocation, "HOURS");
    assert_string_equal(provenance.contract, "c1/90000001");
    assert_string_equal(provenance.price_source, "book.yaml");
    assert_int_equal(provenance.price_book, 1);
    assert_true(provenance.price_line > 1);

    Money again;
    assert_true(billing_rate(&provenance.inputs, &again));
    assert_int_equal(again.cents, provenance.amount.cents);

    Digest digest = billing_digest(&provenance);
    Digest same = billing_digest(&provenance);
    assert_true(digest_equal(&digest, &same));

    Provenance changed = provenance;
    changed.inputs.volume++;
    same = billing_digest(&changed);
    assert_false(digest_equal(&digest, &same));
    changed = provenance;
    changed.reference = "r2";
    same = billing_digest(&changed);
    assert_false(digest_equal(&digest, &same));
    changed = provenance;
    changed.contract = "";
    changed.allocation = "HOURSc1/90000001";
    same = billing_digest(&changed);
    assert_false(digest_equal(&digest, &same));
}

static void texts_of_any_length_have_a_digest(void **state)
{
    (void)state;
    char long_text[5000];
    memset(long_text, 'x', sizeof long_text - 1);
    long_text[sizeof long_text - 1] = '\0';
    Provenance provenance = {long_text,
                             long_text,
                             long_text,
                             long_text,
                             long_text,
                             .price_source = long_text,
                             .terms_source = long_text,
                             .credits = long_text};
    Digest digest = billing_digest(&provenance);
    long_text[4000] = 'y';
    Digest other = billing_digest(&provenance);
    assert_false(digest_equal(&digest, &other));
}

static void reasons_and_formulas_are_found_by_name(void **state)
{
    (void)state;
    for (int reason = 0; reason < BILLING_REASON_COUNT; reason++) {
        assert_int_equal(billing_reason_named(billing_reason_name((BillingReason)reason)), reason);
        assert_true(strlen(billing_reason_dutch((BillingReason)reason)) > 10);
        assert_true(strlen(billing_reason_english((BillingReason)reason)) > 10);
    }
    for (int formula = 0; formula < BILLING_FORMULA_COUNT; formula++)
        assert_int_equal(billing_formula_named(billing_formula_name((BillingFormula)formula)), formula);
    assert_int_equal(billing_reason_named("NONE OF IT"), BILLING_REASON_COUNT);
    assert_int_equal(billing_formula_named("NONE OF IT"), BILLING_FORMULA_COUNT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_formula_gives_its_amount),
        cmocka_unit_test(what_no_number_holds_has_no_amount),
        cmocka_unit_test(parts_always_sum_to_the_whole),
        cmocka_unit_test(an_hour_tariff_shows_as_a_rounded_minute_tariff),
        cmocka_unit_test_setup_teardown(a_line_explains_itself, desk_open, desk_close),
        cmocka_unit_test(texts_of_any_length_have_a_digest),
        cmocka_unit_test(reasons_and_formulas_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
