#include "services/billing/core/desk.h"

#include "billing/core/volume.h"

/*
 * Thousands of random declarations on a few allocations, from a fixed seed. Whatever they ask:
 * no more is approved than was granted, no month holds two debet lines, the ledger balances,
 * and when all that was approved has been credited, nothing is left.
 */

enum { DECLARATIONS = 3000, LINES_MAX = 6, REFERENCES_MAX = DECLARATIONS * LINES_MAX * 2 };

typedef struct Approved {
    Asked asked;
    int64_t amount;
    bool credited;
} Approved;

static uint32_t seed = 20191022;

static uint32_t pick(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

static Approved approved[REFERENCES_MAX];
static size_t approved_count;

static const char *text_of(Desk *desk, Day day)
{
    return day_write(day, arena_take(desk->arena, DAY_TEXT_SIZE));
}

static Asked random_debet(Desk *desk, const char *reference)
{
    static const struct {
        const char *allocation, *code;
        Unit unit;
        uint32_t volume_max;
    } KINDS[] = {
        {"HOURS", "45A04", UNIT_HOUR, 20},      {"HOURS", "45A04", UNIT_MINUTE, 1200},
        {"MINUTES", "45A05", UNIT_MINUTE, 700}, {"PIECES", "45A53", UNIT_PIECE, 3},
        {"NIGHTS", "44A01", UNIT_DAY, 32},      {"EUROS", "45B01", UNIT_EURO, 160000},
        {"BUDGET", "45A53", UNIT_PIECE, 3},     {"BUDGET", "45A05", UNIT_MINUTE, 300},
        {"FREE", "PA2P1", UNIT_EURO, 0},        {"YEAR", "PA2P2", UNIT_EURO, 0},
    };
    uint32_t kind = pick(COUNT(KINDS));
    Period month = period_month(day_of(2021, (int32_t)pick(12) + 1, 1));
    Period period = period_meet(month, desk_allocation(desk, KINDS[kind].allocation)->granted.period);
    if (period_days(period) == 0)
        period = month;
    return (Asked){
        .reference = reference,
        .allocation = KINDS[kind].allocation,
        .code = KINDS[kind].code,
        .first = text_of(desk, period.first),
        .last = text_of(desk, period.last),
        .volume = KINDS[kind].volume_max ? pick(KINDS[kind].volume_max) + 1 : 0,
        .unit = KINDS[kind].unit,
        .tariff = LEFT,
        .amount = LEFT,
    };
}

static Asked random_line(Desk *desk, int declaration, size_t line)
{
    const char *reference = arena_format(desk->arena, "r-%d-%zu", declaration, line);
    if (pick(20) == 0 && declaration > 0)
        reference = arena_format(desk->arena, "r-%u-0", pick((uint32_t)declaration));
    if (approved_count == 0 || pick(3) > 0)
        return random_debet(desk, reference);

    const Approved *old = &approved[pick((uint32_t)approved_count)];
    Asked credit = old->asked;
    credit.credits = old->asked.reference;
    credit.reference = reference;
    credit.amount = pick(10) == 0 ? old->amount + 1 : old->amount;
    return credit;
}

static Approved *approved_as(const char *reference)
{
    for (size_t i = 0; i < approved_count; i++)
        if (strcmp(approved[i].asked.reference, reference) == 0)
            return &approved[i];
    return NULL;
}

static int64_t remember(const Judgement *judgement, const Asked *asked)
{
    int64_t sum = 0;
    for (size_t i = 0; i < judgement->line_count; i++) {
        const JudgedLine *judged = &judgement->lines[i];
        if (judged->reason != BILLING_APPROVED) {
            assert_int_equal(judged->amount.cents, 0);
            continue;
        }
        if (asked[i].credits) {
            Approved *debet = approved_as(asked[i].credits);
            assert_non_null(debet);
            assert_false(debet->credited);
            assert_int_equal(debet->amount, judged->amount.cents);
            debet->credited = true;
            sum -= judged->amount.cents;
        } else {
            assert_int_equal(judged->line->month->debets_open, 1);
            approved[approved_count++] = (Approved){asked[i], judged->amount.cents, false};
            sum += judged->amount.cents;
        }
    }
    return sum;
}

static void no_more_stands_than_was_granted(Desk *desk)
{
    for (size_t i = 0; i < COUNT(GRANTED); i++) {
        const Allocation *allocation = desk_allocation(desk, GRANTED[i].number);
        assert_true(allocation->volume_open >= 0 && allocation->amount_open.cents >= 0);
        assert_true(allocation->volume_open <= volume_in_all(&allocation->granted));
        if (volume_is_budget(&allocation->granted) || allocation->granted.funding == FUNDING_PIC)
            assert_true(allocation->amount_open.cents <= allocation->granted.volume);
        assert_in_range(allocation->starts_open, 0, 1);
        assert_in_range(allocation->ends_open, 0, 1);
    }
}

static void whatever_is_declared_no_more_is_approved_than_was_granted(void **state)
{
    Desk *desk = *state;
    int64_t sum = 0;
    int64_t posted = 0;
    for (int declaration = 0; declaration < DECLARATIONS; declaration++) {
        Asked asked[LINES_MAX];
        size_t count = pick(LINES_MAX) + 1;
        for (size_t i = 0; i < count; i++)
            asked[i] = random_line(desk, declaration, i);
        const char *number = arena_format(desk->arena, "N%d", declaration);
        Judgement judgement = desk_declare(desk, number, "2021-12-01", LEFT, asked, count);
        sum += remember(&judgement, asked);
        for (size_t i = 0; i < judgement.postings.count; i++)
            if (judgement.postings.postings[i].account == ACCOUNT_COST)
                posted += judgement.postings.postings[i].amount.cents;
        assert_int_equal(posted, sum);
        no_more_stands_than_was_granted(desk);
    }
    assert_true(approved_count > 100);

    for (size_t i = 0; i < approved_count; i++) {
        if (approved[i].credited)
            continue;
        Asked credit = approved[i].asked;
        credit.credits = credit.reference;
        credit.reference = arena_format(desk->arena, "last-%zu", i);
        JudgedLine judged = desk_ask(desk, &credit);
        assert_int_equal(judged.reason, BILLING_APPROVED);
        sum -= judged.amount.cents;
    }
    assert_int_equal(sum, 0);
    for (size_t i = 0; i < COUNT(GRANTED); i++) {
        assert_int_equal(desk_allocation(desk, GRANTED[i].number)->volume_open, 0);
        assert_int_equal(desk_allocation(desk, GRANTED[i].number)->amount_open.cents, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(whatever_is_declared_no_more_is_approved_than_was_granted, desk_open,
                                        desk_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
