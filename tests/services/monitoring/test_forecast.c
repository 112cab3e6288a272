/* Cost control as it is told of what was heard: three municipalities, from January 2019 to June 2020. */
#include "monitoring/web/forecast.h"

#include "book/monthly.h"
#include "services/monitoring/observatory.h"
#include "support/books.h"

enum { MONTHS_TOLD = 18 };

static const struct {
    const char *code;
    int clients;
} PLACES[] = {{"0503", 12}, {"0518", 30}, {"0629", 4}};

static Observatory *here;
static RegionBooks *haaglanden;

static const char *text_of(Day day)
{
    return day_write(day, arena_take(here->arena, DAY_TEXT_SIZE));
}

/* On the fifth of a later month each client of the place has a line of so many cents. */
static void declare(size_t place, int month, int later, int64_t cents)
{
    SaidLine lines[30];
    Day first = months_later(day_at("2019-01-01"), month);
    for (int i = 0; i < PLACES[place].clients; i++)
        lines[i] = (SaidLine){arena_format(here->arena, "client-%zu%02d", place, i),
                              "SPECIALIST",
                              "",
                              1,
                              text_of(first),
                              cents,
                              NULL,
                              false};
    says_answer(&here->says, (int16_t)place, text_of(day_plus(months_later(first, later), 4)), PLACES[place].code,
                lines, (size_t)PLACES[place].clients);
}

/* A thousand a day for each client of Delft: 731 days from 2019 on. */
static void grant(size_t place)
{
    for (int i = 0; i < PLACES[place].clients; i++) {
        const SaidAllocation allocation = {arena_format(here->arena, "%zu", 640000 + 100 * place + (size_t)i),
                                           arena_format(here->arena, "client-%zu%02d", place, i),
                                           "SPECIALIST",
                                           "",
                                           1,
                                           "2019-01-01",
                                           "2020-12-31"};
        says_granted_worth(&here->says, (int16_t)place, "2019-01-01", PLACES[place].code, &allocation, 731000);
    }
}

static void post(const char *known, const char *account, int year, int64_t cents)
{
    Billing__Judged *judged = says_judged(&here->says, "0503");
    says_post(&here->says, judged, account, year, cents);
    says_post(&here->says, judged, "PAYABLE", year, -cents);
    says_send(&here->says, 0, known, judged);
}

/* Four fifths of a month are declared a month later, the rest after two; from 2020 on all is a tenth dearer. */
static void say_what_happened(void)
{
    static const SaidAllocation ENDED = {"640000", "client-000", "SPECIALIST", "", 1, "2019-01-01", "2020-06-30"};
    for (size_t place = 0; place < COUNT(PLACES); place++)
        grant(place);
    for (int now = 1; now < MONTHS_TOLD; now++) {
        if (now == 17) /* 2020-06-01 */
            post("2020-06-01", "PAID", 2020, -7000);
        for (size_t place = 0; place < COUNT(PLACES); place++) {
            declare(place, now - 1, 1, now - 1 < 12 ? 8000 : 8800);
            if (now > 1)
                declare(place, now - 2, 2, now - 2 < 12 ? 2000 : 2200);
        }
        if (now == 15) /* after 2020-04-05 */
            post("2020-04-10", "EXPECTED_CORRECTION", 2020, -5000);
    }
    says_granted_worth(&here->says, 0, "2020-06-10", "0503", &ENDED, 547000);
    post("2020-06-20", "EXPECTED_CORRECTION", 2020, 2000);
    post("2020-06-20", "PAID", 2019, -300);
}

static int begin(void **state)
{
    void *made;
    observatory_setup(&made);
    here = made;
    *state = made;
    say_what_happened();
    observatory_hear(here, 7);
    haaglanden = haaglanden_open();
    return 0;
}

static int end(void **state)
{
    region_books_close(haaglanden);
    return observatory_teardown(state);
}

static Table ask_as(const char *name, const char *municipality, const char *known_on, bool exact)
{
    const TableEntry *entry = table_entry(name);
    assert_non_null(entry);
    const Question question = {municipality, "", "", "", 2020, day_at(known_on), exact};
    const Desk desk = {
        .arena = here->arena, .database = here->database, .books = &haaglanden->books, .question = &question};
    Table table = table_new(here->arena, entry->card);
    must(database_begin(here->database));
    must(entry->make(&desk, &table));
    for (size_t i = 0; i < table.row_count * entry->card->column_count; i++)
        table.values[i].text = arena_text(here->arena, table.values[i].text); /* outlives its transaction */
    database_rollback(here->database);
    return table;
}

static Table ask(const char *name, const char *municipality, const char *known_on)
{
    return ask_as(name, municipality, known_on, true);
}

static const Value *row_of(const Table *table, const char *municipality, const char *month)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const Value *row = table_row(table, i);
        bool same_place = municipality ? row[0].text && strcmp(row[0].text, municipality) == 0 : !row[0].text;
        bool same_month =
            month ? row[1].state == VALUE_TOLD && row[1].number == day_at(month).number : row[1].state == VALUE_MISSING;
        if (same_place && same_month)
            return row;
    }
    fail_msg("no row of %s in %s", municipality ? municipality : "the region", month ? month : "the year");
    return NULL;
}

static const Value *value_of(const Table *table, const char *municipality, const char *month, const char *column)
{
    return &row_of(table, municipality, month)[card_column(table->card, column)];
}

static int64_t told(const Table *table, const char *municipality, const char *month, const char *column)
{
    const Value *value = value_of(table, municipality, month, column);
    if (value->state != VALUE_TOLD)
        fail_msg("%s of %s in %s is not told", column, municipality ? municipality : "the region",
                 month ? month : "the year");
    return value->number;
}

static void budgets_tell_what_the_tables_hold(void **state)
{
    (void)state;
    Table table = ask("budgets", "0503", "2020-06-30");
    assert_int_equal(table.row_count, 13);
    static const struct {
        const char *month; /* NULL: the year */
        const char *column;
        int64_t cents;
    } EXPECTED[] = {
        {"2020-01-01", "budget_cents", 232500000}, /* 27,900,000 euros / 12 */
        {"2020-01-01", "granted_cents", 372000},   /* 12 × 1,000 × 31 days */
        {"2020-02-01", "granted_cents", 348000},   /* × 29 days */
        {"2020-07-01", "granted_cents", 341000},   /* eleven are left */
        {"2020-01-01", "approved_cents", 132000},  /* 12 × 11,000 */
        {"2020-05-01", "approved_cents", 105600},  /* a fifth is still to come */
        {"2020-06-01", "approved_cents", 0},       /* and all of June */
        {"2020-01-01", "declared_cents", 120000},  /* December's first, November's last: 12 × 10,000 */
        {"2020-03-01", "declared_cents", 132000},  /* 12 × 11,000 */
        {"2020-06-01", "paid_cents", 7300},        /* whatever year it is for */
        {"2020-03-01", "open_corrections_cents", 0},
        {"2020-04-01", "open_corrections_cents", 5000},
        {"2020-06-01", "open_corrections_cents", 3000},
        {NULL, "open_corrections_cents", 3000},
        {NULL, "paid_cents", 7300},
        {NULL, "approved_cents", 633600},
        {NULL, "budget_cents", 2790000000},
        {"2020-05-01", "expected_cents", 132000},
    };
    for (size_t i = 0; i < COUNT(EXPECTED); i++) {
        int64_t cents = told(&table, "0503", EXPECTED[i].month, EXPECTED[i].column);
        if (cents != EXPECTED[i].cents)
            fail_msg("%s in %s: %lld, not %lld", EXPECTED[i].column, EXPECTED[i].month ? EXPECTED[i].month : "the year",
                     (long long)cents, (long long)EXPECTED[i].cents);
    }
    assert_int_equal(told(&table, "0503", NULL, "approved_cents"),
                     observatory_number(here, "SELECT sum(debet_cents - credit_cents)::bigint FROM spent"
                                              " WHERE municipality = '0503' AND month >= '2020-01-01'"));
    assert_int_equal(told(&table, "0503", NULL, "declared_cents"),
                     observatory_number(here, "SELECT sum(submitted_cents)::bigint FROM answered"
                                              " WHERE municipality = '0503' AND known_day >= '2020-01-01'"));
}

static void what_is_granted_is_told_as_it_was_known_on_the_day(void **state)
{
    (void)state;
    static const struct {
        const char *story, *known_on;
        int64_t july, may;
    } CASES[] = {
        {"the day before one was ended, in the middle of a month", "2020-06-09", 372000, 372000},
        {"the day itself", "2020-06-10", 341000, 372000},
        {"the end of the month", "2020-06-30", 341000, 372000},
        {"the month before", "2020-05-31", 372000, 372000},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Table table = ask("budgets", "0503", CASES[i].known_on);
        if (told(&table, "0503", "2020-07-01", "granted_cents") != CASES[i].july ||
            told(&table, "0503", "2020-05-01", "granted_cents") != CASES[i].may)
            fail_msg("%s", CASES[i].story);
    }
}

static void the_forecast_rests_on_what_was_heard(void **state)
{
    (void)state;
    Table table = ask("forecast", "", "2020-05-31");
    assert_int_equal(table.row_count, 11 * 13); /* ten municipalities of the book, and the region */
    assert_int_equal(told(&table, "0503", "2020-04-01", "known_cents"), 105600);
    assert_int_equal(told(&table, "0503", "2020-04-01", "expected_cents"), 132000);
    /*
     * The last six complete months, October to March, came to 3 × 120,000 + 3 × 132,000 of 183 days
     * × 12,000 granted: 0.344262. July: 372,000 × that is 128,065.57.
     */
    assert_int_equal(told(&table, "0503", "2020-07-01", "expected_cents"), 128066);
    int64_t region = 0, months = 0;
    for (size_t place = 0; place < COUNT(PLACES); place++)
        region += told(&table, PLACES[place].code, NULL, "expected_cents");
    for (int month = 0; month < 12; month++)
        months += told(&table, NULL, text_of(months_later(day_at("2020-01-01"), month)), "expected_cents");
    assert_int_equal(told(&table, NULL, NULL, "expected_cents"), region);
    assert_int_equal(months, region);
    assert_true(told(&table, NULL, NULL, "low_cents") < region && told(&table, NULL, NULL, "high_cents") > region);
    assert_int_equal(told(&table, "0503", NULL, "passes_budget"), 0);
    assert_int_equal(value_of(&table, NULL, NULL, "budget_cents")->state, VALUE_TOLD);
}

static void run_off_is_told_delay_by_delay(void **state)
{
    (void)state;
    Table run_off = ask("run-off", "0503", "2020-06-15"), factors = ask("run-off-factors", "0503", "2020-06-15");
    /* The last month-end known is that of May. */
    assert_int_equal(run_off.row_count, 5 + 4 + 3 + 2 + 1);
    static const int64_t JANUARY[] = {0, 105600, 132000, 132000, 132000};
    for (size_t delay = 0; delay < COUNT(JANUARY); delay++)
        assert_int_equal(table_row(&run_off, delay)[3].number, JANUARY[delay]);
    assert_int_equal(factors.row_count, 16);
    assert_int_equal(table_row(&factors, 0)[2].state, VALUE_MISSING);
    assert_int_equal(table_row(&factors, 1)[2].number, 12500);
}

static void earlier_forecasts_are_looked_back_on(void **state)
{
    (void)state;
    Table table = ask_as("forecast-errors", "0503", "2020-06-30", false);
    assert_int_equal(table.row_count, 12);
    /* Twelve months ended in December to April; each was looked at when its last month had just ended. */
    assert_int_equal(table_row(&table, 0)[1].number, 5);
    assert_int_equal(table_row(&table, 0)[2].state, VALUE_TOLD);
    /* A tenth more could not be foreseen. */
    assert_true(table_row(&table, 3)[2].number < 0);
}

/* January to May, 60 client-months in both years: 4 × 120,000 + 96,000 then, a tenth more now. */
static void a_dearer_year_is_driven_by_price(void **state)
{
    (void)state;
    Table table = ask("drivers", "0503", "2020-06-30");
    assert_int_equal(table.row_count, 2);
    static const int64_t FIGURES[] = {6, 576000, 633600, 0, 57600, 0};
    for (size_t i = 0; i < COUNT(FIGURES); i++)
        assert_int_equal(table_row(&table, 1)[2 + i].number, FIGURES[i]);
}

static void a_wide_audience_sees_no_month_of_few_clients(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"budgets", "forecast"};
    static const char *const COLUMNS[] = {"approved_cents", "known_cents"};
    static const char *const MONTHS_ASKED[] = {"2020-03-01", "2020-06-01", "2020-09-01", NULL};
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        Table all = ask_as(NAMES[i], "", "2020-06-30", false), one = ask_as(NAMES[i], "0503", "2020-06-30", false);
        assert_int_equal(one.row_count, 13);
        for (size_t month = 0; month < COUNT(MONTHS_ASKED); month++) {
            /* Four in Wassenaar; Delft is hidden too, or the region would tell. */
            assert_int_equal(value_of(&all, "0629", MONTHS_ASKED[month], COLUMNS[i])->state, VALUE_HIDDEN);
            assert_int_equal(value_of(&all, "0503", MONTHS_ASKED[month], COLUMNS[i])->state, VALUE_HIDDEN);
            assert_int_equal(value_of(&one, "0503", MONTHS_ASKED[month], COLUMNS[i])->state, VALUE_HIDDEN);
            assert_int_equal(value_of(&all, "0518", MONTHS_ASKED[month], COLUMNS[i])->state, VALUE_TOLD);
            assert_int_equal(value_of(&all, NULL, MONTHS_ASKED[month], COLUMNS[i])->state, VALUE_TOLD);
        }
        assert_int_equal(value_of(&all, "0629", NULL, "budget_cents")->state, VALUE_TOLD);
    }
}

static void a_year_of_which_nothing_was_heard_has_missing_figures(void **state)
{
    (void)state;
    static const char *const NAMES[] = {"budgets", "forecast",        "forecast-errors",
                                        "run-off", "run-off-factors", "drivers"};
    for (size_t i = 0; i < COUNT(NAMES); i++)
        for (int wide = 0; wide < 2; wide++) {
            ask_as(NAMES[i], "0503", "2019-01-01", !wide);
            ask_as(NAMES[i], "", "2018-12-31", !wide);
        }
    Table table = ask("forecast", "0503", "2019-01-01");
    assert_int_equal(value_of(&table, "0503", NULL, "expected_cents")->state, VALUE_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(budgets_tell_what_the_tables_hold),
        cmocka_unit_test(what_is_granted_is_told_as_it_was_known_on_the_day),
        cmocka_unit_test(the_forecast_rests_on_what_was_heard),
        cmocka_unit_test(run_off_is_told_delay_by_delay),
        cmocka_unit_test(earlier_forecasts_are_looked_back_on),
        cmocka_unit_test(a_dearer_year_is_driven_by_price),
        cmocka_unit_test(a_wide_audience_sees_no_month_of_few_clients),
        cmocka_unit_test(a_year_of_which_nothing_was_heard_has_missing_figures),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
