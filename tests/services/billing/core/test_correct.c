#include "billing/core/correct.h"

#include "services/billing/core/desk.h"

static const char SECOND_BOOK[] =
    "contracts:\n"
    "  - {id: c1, segment: S, municipalities: ['0503'], providers: ['90000001'], kind: bridging, products: all, pics: "
    "all,\n"
    "     until: 2021-12-31, corrections: settled}\n"
    "pxq_tariffs:\n"
    "  - {product: 45A04, unit: HOUR, cents: 7440, until: 2021-12-31}\n"
    "  - {product: 45A53, unit: PIECE, cents: 100000000}\n"
    "pic_tariffs:\n"
    "  - {segment: S, profile: P1, cents: {SHORT: 600001, LASTING: 1320001}}\n"
    "payment_terms:\n"
    "  - {segments: S, profiles: P2, intensities: SHORT, shape: monthly, relapse_days: 0, expected_days: 200,\n"
    "     work_in_progress: linear, start_due_by: declaration, end_due_by: declaration, early_end: {otherwise: all}}\n";

/* A line that was approved and is rated by these inputs; its terms are nowhere that stands in a book. */
static OpenLine open_line(Desk *desk, const Asked *asked, RatingInputs inputs, int64_t amount)
{
    Line *line = ARENA_NEW(desk->arena, Line);
    *line = desk_line(desk, asked);
    return (OpenLine){
        .judged = {.line = line, .reason = BILLING_APPROVED, .amount = {amount}, .inputs = inputs},
        .rated = inputs,
        .terms = {.file = ""},
    };
}

static void a_line_is_rated_anew_or_stays_as_it_is(void **state)
{
    Desk *desk = *state;
    Book *second = book_written(2, SECOND_BOOK);
    assert_true(books_add(&desk->books, second, desk->known));
#define MARCH "2021-03-01", "2021-03-31"
    const Fraction share = {7, 10};
    /* clang-format off */
    const struct {
        const char *story;
        Asked asked;
        RatingInputs inputs;
        int64_t before;
        CorrectionState state;
        int64_t after;
        Corrections way;
    } CASES[] = {
        {"ten hours at a new tariff, settled as the contract of that day says",
         {"r1", "HOURS", "45A04", MARCH, 10, UNIT_HOUR, LEFT, LEFT}, {BILLING_FORMULA_VOLUME_TIMES_TARIFF, {7385}, 10},
         73850, CORRECTION_CORRECTED, 74400, CORRECTIONS_SETTLED},
        {"95 minutes, rounded once: 7440 × 95 / 60",
         {"r2", "HOURS", "45A04", MARCH, 95, UNIT_MINUTE, LEFT, LEFT},
         {BILLING_FORMULA_MINUTES_AT_HOUR_TARIFF, {7385}, 95}, 11693, CORRECTION_CORRECTED, 11780, CORRECTIONS_SETTLED},
        {"a year that the book does not speak of",
         {"r3", "HOURS", "45A04", "2022-03-01", "2022-03-31", 10, UNIT_HOUR, LEFT, LEFT},
         {BILLING_FORMULA_VOLUME_TIMES_TARIFF, {7800}, 10}, 78000, CORRECTION_UNTOUCHED, 78000, 0},
        {"a product that it does not speak of",
         {"r4", "NIGHTS", "44A01", MARCH, 10, UNIT_DAY, LEFT, LEFT}, {BILLING_FORMULA_VOLUME_TIMES_TARIFF, {19999}, 10},
         199990, CORRECTION_UNTOUCHED, 199990, 0},
        {"a volume in euros has no tariff that could change",
         {"r5", "EUROS", "45B01", MARCH, 30000, UNIT_EURO, LEFT, LEFT}, {BILLING_FORMULA_VOLUME_IN_CENTS, {0}, 30000},
         30000, CORRECTION_UNTOUCHED, 30000, 0},
        {"an amount that does not fit is refused, and never wrapped",
         {"r6", "HUGE", "45A53", MARCH, INT64_MAX / 30000, UNIT_PIECE, LEFT, LEFT},
         {BILLING_FORMULA_VOLUME_TIMES_TARIFF, {25000}, INT64_MAX / 30000}, 25000, CORRECTION_TOO_LARGE, 25000, 0},
        {"a product without any tariff stays as it was paid",
         {"r7", "UNPRICED", "45X99", MARCH, 1, UNIT_PIECE, LEFT, LEFT}, {BILLING_FORMULA_VOLUME_TIMES_TARIFF, {100}, 1},
         100, CORRECTION_PRICE_GONE, 100, 0},
        {"the start of a dearer trajectory: 600001 × 0.7",
         {"r8", "TRAJECTORY", "PA1P1", MARCH, 350001, UNIT_EURO, LEFT, LEFT},
         {BILLING_FORMULA_START_PART, {500001}, 350001, 0, share, FRACTION_ALL}, 350001, CORRECTION_CORRECTED, 420001,
         CORRECTIONS_SETTLED},
        {"terms that pay by the month have no start part",
         {"r9", "FREE", "PA2P1", MARCH, 350001, UNIT_EURO, LEFT, LEFT},
         {BILLING_FORMULA_START_PART, {500001}, 350001, 0, share, FRACTION_ALL}, 350001, CORRECTION_PARTS_DIFFER, 350001,
         0},
        {"a profile without terms stays as it was paid",
         {"r10", "TERMLESS", "PA3P2", MARCH, 83333, UNIT_EURO, LEFT, LEFT},
         {BILLING_FORMULA_MONTH_PART, {1000001}, 83333, 3, FRACTION_NOTHING, FRACTION_ALL}, 83333,
         CORRECTION_PRICE_GONE, 83333, 0},
    };
    /* clang-format on */
#undef MARCH
    int met[CORRECTION_STATE_COUNT] = {0};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        OpenLine open = open_line(desk, &CASES[i].asked, CASES[i].inputs, CASES[i].before);
        Assessment assessed = billing_assess(&open, &desk->books, desk->known);
        met[assessed.state]++;
        if (assessed.state != CASES[i].state)
            fail_msg("%s: %s, not %s", CASES[i].story, correction_state_name(assessed.state),
                     correction_state_name(CASES[i].state));
        if (assessed.before.cents != CASES[i].before || assessed.after.cents != CASES[i].after)
            fail_msg("%s: from %lld to %lld cents", CASES[i].story, (long long)assessed.before.cents,
                     (long long)assessed.after.cents);
        if (assessed.state == CORRECTION_CORRECTED)
            assert_int_equal(assessed.way, CASES[i].way);
    }
    for (CorrectionState each = 0; each < CORRECTION_STATE_COUNT; each++)
        if (met[each] == 0)
            fail_msg("no story of %s: %s", correction_state_name(each), correction_state_english(each));
    book_free(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_is_rated_anew_or_stays_as_it_is, desk_open, desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
