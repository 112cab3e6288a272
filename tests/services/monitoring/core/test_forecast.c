#include "monitoring/core/forecast.h"

#include "book/monthly.h"
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

/* What became known, month by month from January 2019 on, of one or more municipalities. */
typedef struct Story {
    Arena *arena;
    FoundKnown approved[2000];
    FoundKnown granted[2000];
    size_t approved_count;
    size_t granted_count;
} Story;

enum { STORY_MONTHS = 24 };

static const char FIRST[] = "2019-01-01";

static FoundKnown known(const char *municipality, int month, int known_month, int64_t cents)
{
    Day first = day(FIRST);
    int end = known_month > 0 ? known_month : 0;
    return (FoundKnown){municipality, months_later(first, month), months_later(first, end), cents, 0};
}

static void approve(Story *story, const char *municipality, int month, int delay, int64_t cents)
{
    story->approved[story->approved_count++] = known(municipality, month, month + delay, cents);
}

static void grant(Story *story, const char *municipality, int month, int ahead, int64_t cents)
{
    story->granted[story->granted_count++] = known(municipality, month, month - ahead, cents);
}

/*
 * Every month comes to the same: four fifths are known one month later, all of it after two. Half
 * of it is granted six months ahead, all of it two months ahead, and a quarter more one month ahead.
 */
static void tell_steady_months(Story *story, const char *municipality, int64_t cents)
{
    for (int month = 0; month < STORY_MONTHS; month++) {
        approve(story, municipality, month, 1, cents * 4 / 5);
        approve(story, municipality, month, 2, cents / 5);
        grant(story, municipality, month, 6, cents / 2);
        grant(story, municipality, month, 2, cents / 2);
        grant(story, municipality, month, 1, cents / 4);
    }
}

static Story *story_new(Arena *arena)
{
    Story *story = ARENA_NEW(arena, Story);
    story->arena = arena;
    return story;
}

/* What became known after the day is not in the tables yet. */
static FoundKnowns until(Arena *arena, const FoundKnown *list, size_t count, Day known_on)
{
    FoundKnown *kept = ARENA_MANY(arena, FoundKnown, count);
    size_t kept_count = 0;
    for (size_t i = 0; i < count; i++)
        if (day_compare(list[i].known_month, known_on) <= 0)
            kept[kept_count++] = list[i];
    return (FoundKnowns){kept, kept_count};
}

static const char *const CODES[] = {"0503", "0518", "0603"};

static ForecastFound found_on(const Story *story, const char *known_on, const char *municipality)
{
    Question *question = ARENA_NEW(story->arena, Question);
    *question = (Question){municipality, "", "", "", 2020, day(known_on), true};
    Value *budgets = ARENA_MANY(story->arena, Value, COUNT(CODES));
    for (size_t i = 0; i < COUNT(CODES); i++)
        budgets[i] = value_number(1100000);
    ForecastFound found = {
        .arena = story->arena,
        .question = question,
        .municipalities = CODES,
        .municipality_count = COUNT(CODES),
        .budgets = budgets,
    };
    History *histories;
    assert_true(histories_make(story->arena, span_of(day(FIRST), 2020, question->known_on), CODES, COUNT(CODES),
                               until(story->arena, story->approved, story->approved_count, question->known_on),
                               until(story->arena, story->granted, story->granted_count, question->known_on),
                               &histories));
    found.histories = histories;
    return found;
}

/* A book raises the price of every month up to June 2020 by a tenth, in June: of what was declared by then. */
static void raise_prices(Story *story, const char *municipality)
{
    int june = 17;
    Day end = months_later(day(FIRST), june);
    size_t count = story->approved_count;
    for (size_t i = 0; i < count; i++) {
        const FoundKnown *declared = &story->approved[i];
        if (strcmp(declared->municipality, municipality) != 0)
            continue;
        if (day_compare(declared->known_month, end) <= 0)
            story->approved[story->approved_count++] =
                (FoundKnown){municipality, declared->month, end, declared->cents / 10, declared->cents / 10};
        else
            story->approved[i].cents += declared->cents / 10; /* what comes in later has the new price at once */
    }
}

static Estimate estimate_in(const ForecastFound *found, size_t municipality, size_t month)
{
    Outlook outlook = forecast_outlook(found);
    return forecast_in_year(found, &outlook, municipality, month);
}

enum { DELFT, THE_HAGUE, RIJSWIJK, REGION, WHOLE_YEAR = 12 };

static void prices_that_rise_afterwards_are_no_late_declarations(void **state)
{
    Story *story = story_new(*state);
    tell_steady_months(story, "0503", 100000);
    raise_prices(story, "0503");
    ForecastFound found = found_on(story, "2020-06-30", "");
    assert_int_equal(estimate_in(&found, DELFT, 0).expected_cents, 110000); /* known in whole */
    assert_int_equal(estimate_in(&found, DELFT, 4).expected_cents, 110000); /* May: 88,000 known × 1.25 */
    assert_int_equal(estimate_in(&found, DELFT, 6).expected_cents, 110000); /* July: 125,000 granted × 0.88 */
    Estimate year = estimate_in(&found, DELFT, WHOLE_YEAR);
    assert_int_equal(year.expected_cents, 12 * 110000);
    assert_true(year.range_known && year.high_cents == year.low_cents);
}

static void months_in_which_nothing_changes_are_forecast_as_they_are(void **state)
{
    Story *story = story_new(*state);
    tell_steady_months(story, "0503", 100000);
    ForecastFound found = found_on(story, "2020-06-30", "");
    static const struct {
        const char *story;
        size_t month;
        Method method;
        int64_t cents;
    } CASES[] = {
        {"January is known in whole", 0, METHOD_RUN_OFF, 100000},
        {"May: 80,000 known × 1.25", 4, METHOD_RUN_OFF, 100000},
        {"June: nothing known; 125,000 granted × 0.8", 5, METHOD_GRANTED, 100000},
        {"July: one ahead, 125,000 granted × 0.8", 6, METHOD_GRANTED, 100000},
        {"August: two ahead, 100,000 granted × 1", 7, METHOD_GRANTED, 100000},
        {"December: six ahead, 50,000 granted × 2", 11, METHOD_GRANTED, 100000},
        {"the year", WHOLE_YEAR, METHOD_GRANTED, 1200000},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Estimate estimate = estimate_in(&found, DELFT, CASES[i].month);
        if (estimate.method != CASES[i].method || estimate.expected_cents != CASES[i].cents)
            fail_msg("%s: %lld by %d", CASES[i].story, (long long)estimate.expected_cents, estimate.method);
        assert_true(estimate.range_known);
        assert_int_equal(estimate.low_cents, CASES[i].cents);
        assert_int_equal(estimate.high_cents, CASES[i].cents);
    }
}

static void nobody_guesses_what_the_history_does_not_tell(void **state)
{
    Story *story = story_new(*state);
    tell_steady_months(story, "0503", 100000);
    static const struct {
        const char *story, *known_on;
        size_t municipality, month;
        Method method;
    } CASES[] = {
        {"seven months ahead nothing is granted yet", "2020-05-31", DELFT, 11, METHOD_NONE},
        {"a year is not known without its December", "2020-05-31", DELFT, WHOLE_YEAR, METHOD_NONE},
        {"its November is", "2020-05-31", DELFT, 10, METHOD_GRANTED},
        {"nor is the region's", "2020-05-31", REGION, WHOLE_YEAR, METHOD_NONE},
        {"a municipality of which nothing is known", "2020-06-30", RIJSWIJK, 0, METHOD_NONE},
        {"takes nothing from the region", "2020-06-30", REGION, WHOLE_YEAR, METHOD_GRANTED},
        {"before a run-off of six months was seen", "2019-06-30", DELFT, 0, METHOD_NONE},
        {"before any month has ended", "2019-01-15", DELFT, 0, METHOD_NONE},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        ForecastFound found = found_on(story, CASES[i].known_on, "");
        Estimate estimate = estimate_in(&found, CASES[i].municipality, CASES[i].month);
        if (estimate.method != CASES[i].method)
            fail_msg("%s: %d", CASES[i].story, estimate.method);
    }
}

/*
 * Months come to 90,000 and 110,000 in turn, known in whole a month later, of 100,000 granted. The
 * last six: share 600,000 / 600,000 = 1, variance 6 × 100,000 × 0.1² / 5 = 1,200. One month to
 * come: 1,200 × (100,000 + 100,000² / 600,000) = 140,000,000, its root 11,832.16, × 1.2816 = 15,164
 * (15,163.52). Six months err together: 6 × 11,832.16 × 1.2816 = 90,981.13.
 */
static void months_to_come_may_come_out_as_unequal_as_those_that_were(void **state)
{
    Story *story = story_new(*state);
    for (int month = 0; month < STORY_MONTHS; month++) {
        approve(story, "0503", month, 1, month % 2 ? 110000 : 90000);
        grant(story, "0503", month, 12, 100000);
    }
    ForecastFound found = found_on(story, "2020-06-30", "");
    Estimate july = estimate_in(&found, DELFT, 6);
    assert_int_equal(july.expected_cents, 100000);
    assert_int_equal(july.low_cents, 84836);
    assert_int_equal(july.high_cents, 115164);

    /* January to May are known: 90 + 110 + 90 + 110 + 90; June to December are seven. */
    Estimate year = estimate_in(&found, DELFT, WHOLE_YEAR);
    assert_int_equal(year.expected_cents, 490000 + 700000);
    assert_int_equal(year.high_cents - year.expected_cents, 106145); /* 7 × 15,163.52 */
    assert_int_equal(year.expected_cents - year.low_cents, 106145);
}

static void the_region_is_the_sum_of_its_municipalities(void **state)
{
    Story *story = story_new(*state);
    tell_steady_months(story, "0503", 100000);
    tell_steady_months(story, "0518", 700000);
    approve(story, "0518", 16, 1, -70000); /* May was credited in part */
    ForecastFound found = found_on(story, "2020-06-30", "");
    Outlook outlook = forecast_outlook(&found);
    for (size_t month = 0; month <= WHOLE_YEAR; month++) {
        int64_t region = forecast_in_year(&found, &outlook, REGION, month).expected_cents;
        int64_t delft = forecast_in_year(&found, &outlook, DELFT, month).expected_cents;
        assert_int_equal(region, delft + forecast_in_year(&found, &outlook, THE_HAGUE, month).expected_cents);
        assert_true(region > 0);
    }
}

static const Value *row_of(const Table *table, const char *municipality, const char *month)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const Value *row = table_row(table, i);
        bool same_place = municipality ? row[0].text && strcmp(row[0].text, municipality) == 0 : !row[0].text;
        bool same_month =
            month ? row[1].state == VALUE_TOLD && row[1].number == day(month).number : row[1].state == VALUE_MISSING;
        if (same_place && same_month)
            return row;
    }
    fail_msg("no row of %s in %s", municipality ? municipality : "the region", month ? month : "the year");
    return NULL;
}

static int64_t told(const Table *table, const Value *row, const char *column)
{
    const Value *value = &row[card_column(table->card, column)];
    if (value->state != VALUE_TOLD)
        fail_msg("%s is not told", column);
    return value->number;
}

static ValueState state_of(const Table *table, const Value *row, const char *column)
{
    return row[card_column(table->card, column)].state;
}

static void it_warns_when_the_year_passes_the_budget(void **state)
{
    static const struct {
        const char *story;
        int64_t cents; /* of a month; each budget is 1,100,000 */
        int64_t more;  /* in every second month */
        bool passes, may_pass;
    } CASES[] = {
        {"well within", 80000, 0, false, false},
        {"expected is beyond", 100000, 0, true, true},
        {"only the high is beyond", 80000, 20000, false, true},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Story *story = story_new(*state);
        for (int month = 0; month < STORY_MONTHS; month++) {
            approve(story, "0503", month, 1, CASES[i].cents + (month % 2 ? CASES[i].more : 0));
            grant(story, "0503", month, 12, 100000);
        }
        ForecastFound found = found_on(story, "2020-06-30", "0503");
        Table table = table_new(*state, &forecast_card);
        forecast_fill(&found, &table);
        assert_int_equal(table.row_count, 13);
        const Value *year = row_of(&table, "0503", NULL);
        if (told(&table, year, "passes_budget") != CASES[i].passes ||
            told(&table, year, "may_pass_budget") != CASES[i].may_pass)
            fail_msg("%s", CASES[i].story);
        assert_int_equal(state_of(&table, row_of(&table, "0503", "2020-03-01"), "budget_cents"), VALUE_MISSING);
    }
}

static void a_forecast_tells_what_is_known_what_is_expected_and_how(void **state)
{
    Story *story = story_new(*state);
    tell_steady_months(story, "0503", 100000);
    ForecastFound found = found_on(story, "2020-06-30", "");
    Table table = table_new(*state, &forecast_card);
    forecast_fill(&found, &table);
    assert_int_equal(table.row_count, (COUNT(CODES) + 1) * 13);
    const Value *may = row_of(&table, "0503", "2020-05-01");
    assert_int_equal(told(&table, may, "known_cents"), 80000);
    assert_int_equal(told(&table, may, "expected_cents"), 100000);
    assert_string_equal(may[card_column(&forecast_card, "method")].text, "RUN_OFF");
    const Value *region = row_of(&table, NULL, NULL);
    assert_int_equal(told(&table, region, "known_cents"), 480000);
    assert_int_equal(told(&table, region, "budget_cents"), 3300000);
    assert_int_equal(state_of(&table, row_of(&table, "0603", NULL), "expected_cents"), VALUE_MISSING);
}

static void what_few_clients_are_behind_is_hidden_and_the_budget_is_not(void **state)
{
    Story *story = story_new(*state);
    tell_steady_months(story, "0503", 100000);
    ForecastFound found = found_on(story, "2020-06-30", "0503");
    Cube shown = cube_new(*state, COUNT(CODES), 1, 12);
    cube_at(&shown, DELFT, 0, 3)->hidden = true;
    cube_at(&shown, DELFT, 0, WHOLE_YEAR)->hidden = true;
    found.shown = &shown;
    Table table = table_new(*state, &forecast_card);
    forecast_fill(&found, &table);
    static const char *const HIDDEN[] = {"known_cents", "expected_cents", "low_cents",
                                         "high_cents",  "passes_budget",  "may_pass_budget"};
    const Value *april = row_of(&table, "0503", "2020-04-01"), *year = row_of(&table, "0503", NULL);
    for (size_t i = 0; i < COUNT(HIDDEN); i++) {
        assert_int_equal(state_of(&table, year, HIDDEN[i]), VALUE_HIDDEN);
        if (i < 4)
            assert_int_equal(state_of(&table, april, HIDDEN[i]), VALUE_HIDDEN);
    }
    assert_int_equal(told(&table, year, "budget_cents"), 1100000);
    assert_int_equal(told(&table, row_of(&table, "0503", "2020-05-01"), "known_cents"), 80000);
}

static void run_off_and_its_factors_are_told_as_the_forecast_uses_them(void **state)
{
    Story *story = story_new(*state);
    tell_steady_months(story, "0503", 100000);
    ForecastFound found = found_on(story, "2020-06-30", "0503");
    Table run_off = table_new(*state, &run_off_card), factors = table_new(*state, &run_off_factors_card);
    run_off_fill(&found, &run_off);
    assert_int_equal(run_off.row_count, 6 + 5 + 4 + 3 + 2 + 1);
    static const int64_t JANUARY[] = {0, 80000, 100000, 100000, 100000, 100000};
    for (size_t delay = 0; delay < COUNT(JANUARY); delay++) {
        assert_int_equal(table_row(&run_off, delay)[2].number, delay);
        assert_int_equal(table_row(&run_off, delay)[3].number, JANUARY[delay]);
    }
    run_off_factors_fill(&found, &factors);
    assert_int_equal(factors.row_count, 17);
    assert_int_equal(state_of(&factors, table_row(&factors, 0), "factor"), VALUE_MISSING);
    assert_int_equal(told(&factors, table_row(&factors, 1), "factor"), 12500);
    assert_int_equal(told(&factors, table_row(&factors, 1), "months"), 16);
    assert_int_equal(told(&factors, table_row(&factors, 2), "factor"), 10000);
}

/*
 * Steady months, but April 2020 comes to 112,000 of which nobody could know. Nearly all of January
 * 2019 to April 2020 is known in June: the twelve months may end in December to April. Each look
 * ahead expects 1,200,000; that to April is off by 12,000 / 1,212,000 = 0.99 %.
 */
static void earlier_forecasts_are_held_against_what_is_known_now(void **state)
{
    Story *story = story_new(*state);
    tell_steady_months(story, "0503", 100000);
    approve(story, "0503", 15, 1, 9600);
    approve(story, "0503", 15, 2, 2400);
    ForecastFound found = found_on(story, "2020-06-30", "");
    Table table = table_new(*state, &forecast_errors_card);
    forecast_errors_fill(&found, &table);
    static const struct {
        const char *story;
        int64_t open, times, mean, absolute, within;
    } CASES[] = {
        {"five times a month had just ended, once 0.99 % too low: 0.20 % in the mean", 0, 5, -20, 20, 8000},
        {"five times one month was open", 1, 5, -20, 20, 8000},
        {"twice five were: earlier no three months tell what is granted five ahead", 5, 2, -50, 50, 5000},
        {"six were never", 6, 0, 0, 0, 0},
    };
    assert_int_equal(table.row_count, 12);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const Value *row = table_row(&table, (size_t)CASES[i].open);
        if (told(&table, row, "months") != CASES[i].times)
            fail_msg("%s: %lld", CASES[i].story, (long long)told(&table, row, "months"));
        if (CASES[i].times == 0) {
            assert_int_equal(state_of(&table, row, "mean_error"), VALUE_MISSING);
            continue;
        }
        if (told(&table, row, "mean_error") != CASES[i].mean ||
            told(&table, row, "mean_absolute_error") != CASES[i].absolute ||
            told(&table, row, "within") != CASES[i].within)
            fail_msg("%s: %lld, %lld, %lld", CASES[i].story, (long long)told(&table, row, "mean_error"),
                     (long long)told(&table, row, "mean_absolute_error"), (long long)told(&table, row, "within"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prices_that_rise_afterwards_are_no_late_declarations),
        cmocka_unit_test(months_in_which_nothing_changes_are_forecast_as_they_are),
        cmocka_unit_test(nobody_guesses_what_the_history_does_not_tell),
        cmocka_unit_test(months_to_come_may_come_out_as_unequal_as_those_that_were),
        cmocka_unit_test(the_region_is_the_sum_of_its_municipalities),
        cmocka_unit_test(it_warns_when_the_year_passes_the_budget),
        cmocka_unit_test(a_forecast_tells_what_is_known_what_is_expected_and_how),
        cmocka_unit_test(what_few_clients_are_behind_is_hidden_and_the_budget_is_not),
        cmocka_unit_test(run_off_and_its_factors_are_told_as_the_forecast_uses_them),
        cmocka_unit_test(earlier_forecasts_are_held_against_what_is_known_now),
    };
    return cmocka_run_group_tests_name("forecast", tests, setup, teardown);
}
