#include "monitoring/core/report.h"

#include "support/unit.h"

#include <string.h>

static const Label PXQ = {{"SPECIALIST", "NONE", "PXQ"}};
static const Label PIC = {{"SPECIALIST", "PIC", "PIC"}};
static const ReportShape MONEY = {3, {FIGURE_COUNT, FIGURE_LINES, FIGURE_CENTS}, 3};
static const ReportShape PEOPLE = {3, {FIGURE_COUNT}, 1};

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

static void a_wide_audience_sees_whole_months_only(void **state)
{
    (void)state;
    static const struct {
        const char *story, *asked, *newest;
        bool exact;
        const char *known_on;
    } CASES[] = {
        {"a controller sees the day that was asked", "2020-06-08", "2020-09-17", true, "2020-06-08"},
        {"nobody sees a day that is still to come", "2021-01-01", "2020-09-17", true, "2020-09-17"},
        {"others see the last whole month before it", "2020-06-08", "2020-09-17", false, "2020-05-31"},
        {"the last day of a month is a whole month", "2020-06-30", "2020-09-17", false, "2020-06-30"},
        {"the newest month is not whole before its end", "2020-12-31", "2020-09-17", false, "2020-08-31"},
        {"the month before January is December", "2020-01-05", "2020-09-17", false, "2019-12-31"},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        char text[DAY_TEXT_SIZE];
        day_write(report_known_on(day(CASES[i].asked), day(CASES[i].newest), CASES[i].exact), text);
        if (strcmp(text, CASES[i].known_on) != 0)
            fail_msg("%s: %s, not %s", CASES[i].story, text, CASES[i].known_on);
    }
}

static Question question(const char *municipality, bool exact)
{
    return (Question){municipality, "", "", "", 2020, day("2020-12-31"), exact};
}

static Table make(Arena *arena, const TableCard *card, const ReportShape *shape, const char *municipality, bool exact,
                  const Found *found)
{
    const Question asked = question(municipality, exact);
    Table table = table_new(arena, card);
    assert_true(report_add_rows(arena, &asked, shape, found, &table));
    return table;
}

static bool is_text(const Value *value, const char *text)
{
    return text ? value->state == VALUE_TOLD && strcmp(value->text, text) == 0 : value->state == VALUE_MISSING;
}

/* The figure of a row of spending or clients; NULL and month 0 are totals. The column counts from the end. */
static const Value *figure(const Table *table, const char *municipality, const char *funding, int month,
                           const char *column)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const Value *row = table_row(table, i);
        bool fits = month ? row[4].state == VALUE_TOLD && row[4].number == day_of(2020, month, 1).number
                          : row[4].state == VALUE_MISSING;
        if (fits && is_text(&row[0], municipality) && is_text(&row[3], funding))
            return &row[card_column(table->card, column)];
    }
    fail_msg("no row of %s, %s, %d", municipality ? municipality : "the region", funding ? funding : "all", month);
    return NULL;
}

static void a_client_is_counted_once_in_every_total(void **state)
{
    /* Client 1 moves from PxQ to PIC in July; client 2 has two providers, and moves to The Hague. */
    static const ClientLines ONE[] = {{1, 1}}, TWO[] = {{2, 1}}, THREE[] = {{3, 1}};
    const FoundClients CLIENTS[] = {
        {"0503", PXQ, 1, 6, ONE, 1}, {"0503", PIC, 7, 12, ONE, 1}, {"0503", PXQ, 1, 12, TWO, 1},
        {"0503", PXQ, 3, 3, TWO, 1}, {"0518", PXQ, 6, 12, TWO, 1}, {"0518", PIC, 6, 6, THREE, 1},
    };
    const Found found = {NULL, 0, CLIENTS, COUNT(CLIENTS)};
    Table table = make(*state, &clients_card, &PEOPLE, "", true, &found);
    static const struct {
        const char *story, *municipality, *funding;
        int month;
        int64_t clients;
    } EXPECTED[] = {
        {"Delft on PxQ in March", "0503", "PXQ", 3, 2}, {"Delft on PxQ in July", "0503", "PXQ", 7, 1},
        {"Delft on PIC in July", "0503", "PIC", 7, 1},  {"Delft on PxQ in the year", "0503", "PXQ", 0, 2},
        {"Delft in the year", "0503", NULL, 0, 2},      {"The Hague in June", "0518", NULL, 6, 2},
        {"the region in June", NULL, NULL, 6, 3},       {"the region on PxQ in June", NULL, "PXQ", 6, 2},
        {"the region in the year", NULL, NULL, 0, 3},   {"the region on PIC in the year", NULL, "PIC", 0, 2},
    };
    for (size_t i = 0; i < COUNT(EXPECTED); i++) {
        const Value *clients =
            figure(&table, EXPECTED[i].municipality, EXPECTED[i].funding, EXPECTED[i].month, "clients");
        if (clients->number != EXPECTED[i].clients)
            fail_msg("%s: %lld, not %lld", EXPECTED[i].story, (long long)clients->number,
                     (long long)EXPECTED[i].clients);
    }
}

static void a_client_whose_lines_were_credited_elsewhere_is_not_behind_the_money(void **state)
{
    static const ClientLines FIRST[] = {{1, 2}, {2, 1}}, SECOND[] = {{1, -2}}; /* another declaration took both back */
    const FoundSum SUMS[] = {{"0503", PXQ, 3, 0, 4, 2000}};
    const FoundClients CLIENTS[] = {{"0503", PXQ, 3, 3, FIRST, 2}, {"0503", PXQ, 3, 3, SECOND, 1}};
    const Found found = {SUMS, COUNT(SUMS), CLIENTS, COUNT(CLIENTS)};
    Table table = make(*state, &spending_card, &MONEY, "0503", true, &found);
    assert_int_equal(figure(&table, "0503", "PXQ", 3, "clients")->number, 1);
    assert_int_equal(figure(&table, "0503", "PXQ", 3, "lines")->number, 4);
    assert_int_equal(figure(&table, "0503", "PXQ", 3, "cents")->number, 2000);
    assert_int_equal(figure(&table, "0503", NULL, 0, "cents")->number, 2000);
}

/* Ten municipalities with forty clients each, but one with four. */
static void what_is_hidden_in_one_municipality_does_not_follow_from_the_region(void **state)
{
    static const char *const CODES[] = {"0503", "0518", "0603", "0626", "0629", "0637", "1783", "1842", "1916", "1926"};
    FoundSum sums[COUNT(CODES)];
    FoundClients clients[COUNT(CODES)];
    ClientLines people[400];
    for (size_t i = 0; i < COUNT(CODES); i++) {
        sums[i] = (FoundSum){CODES[i], PXQ, 3, 0, 40, 4000};
        for (size_t j = 0; j < 40; j++)
            people[i * 40 + j] = (ClientLines){(int64_t)(i * 100 + j), 1};
        clients[i] = (FoundClients){CODES[i], PXQ, 3, 3, &people[i * 40], i == 4 ? 4 : 40};
    }
    const Found found = {sums, COUNT(sums), clients, COUNT(clients)};
    size_t hidden = 0;
    for (size_t i = 0; i < COUNT(CODES); i++) {
        Table table = make(*state, &spending_card, &MONEY, CODES[i], false, &found);
        const Value *cents = figure(&table, CODES[i], "PXQ", 3, "cents");
        hidden += cents->state == VALUE_HIDDEN;
        assert_int_equal(cents->number, cents->state == VALUE_HIDDEN ? 0 : 4000);
        for (size_t row = 0; row < table.row_count; row++)
            assert_true(is_text(table_row(&table, row), CODES[i]));
    }
    assert_int_equal(hidden, 2);
    Table table = make(*state, &spending_card, &MONEY, "", false, &found);
    assert_int_equal(figure(&table, "0629", "PXQ", 3, "clients")->state, VALUE_HIDDEN);
    assert_int_equal(figure(&table, NULL, "PXQ", 3, "cents")->number, 40000);
    assert_int_equal(figure(&table, NULL, "PXQ", 3, "clients")->number, 365);
}

static void a_year_of_nothing_is_its_totals(void **state)
{
    const Found found = {0};
    assert_int_equal(make(*state, &spending_card, &MONEY, "", false, &found).row_count, MONTHS + 1);
    Table table = make(*state, &spending_card, &MONEY, "0503", true, &found);
    assert_int_equal(table.row_count, MONTHS + 1);
    assert_int_equal(figure(&table, "0503", NULL, 0, "cents")->number, 0);
}

static void providers_have_their_share_and_their_rejected_lines(void **state)
{
    static const Label HERE = {{"90000001", "", ""}}, THERE = {{"90000002", "", ""}}, NOBODY = {{"90000003", "", ""}};
    static const ClientLines FIRST[] = {{1, 1}, {2, 1}}, SECOND[] = {{2, 1}};
    const FoundSum SUMS[] = {{"0503", HERE, 1, 0, 2, 30000},
                             {"0503", HERE, 4, 0, 1, 10000},
                             {"0518", HERE, 2, 0, 1, 20000},
                             {"0503", THERE, 1, 0, 1, 20000}};
    const FoundClients CLIENTS[] = {
        {"0503", HERE, 1, 1, FIRST, 2}, {"0518", HERE, 1, 1, SECOND, 1}, {"0503", THERE, 1, 1, SECOND, 1}};
    const FoundSum REJECTED[] = {{"0503", NOBODY, 1, 7, 0, 0}, {"0518", HERE, 1, 2, 0, 0}};
    const Found delivered = {SUMS, COUNT(SUMS), CLIENTS, COUNT(CLIENTS)},
                rejected = {REJECTED, COUNT(REJECTED), NULL, 0};
    static const struct {
        const char *provider, *municipality;
        int64_t clients, lines, cents, rejected, share;
    } EXPECTED[] = {
        {"90000001", "0503", 2, 3, 40000, 0, 6667}, /* 400 of 600 */
        {"90000001", "0518", 1, 1, 20000, 2, 10000},
        {"90000001", NULL, 2, 4, 60000, 2, 7500}, /* 600 of 800; client 2 is one of both */
        {"90000002", "0503", 1, 1, 20000, 0, 3333},
        {"90000002", NULL, 1, 1, 20000, 0, 2500},
        {"90000003", "0503", 0, 0, 0, 7, 0}, /* nothing approved */
        {"90000003", NULL, 0, 0, 0, 7, 0},
        {NULL, "0503", 2, 4, 60000, 7, 10000},
        {NULL, "0518", 1, 1, 20000, 2, 10000},
        {NULL, NULL, 2, 5, 80000, 9, 10000},
    };
    const Question asked = question("", true);
    Table table = table_new(*state, &providers_card);
    assert_true(report_add_providers(*state, &asked, &delivered, &rejected, &table));
    assert_int_equal(table.row_count, COUNT(EXPECTED));
    for (size_t i = 0; i < COUNT(EXPECTED); i++) {
        const Value *row = table_row(&table, i);
        const int64_t figures[] = {EXPECTED[i].clients, EXPECTED[i].lines, EXPECTED[i].cents, EXPECTED[i].rejected,
                                   EXPECTED[i].share};
        assert_true(is_text(&row[0], EXPECTED[i].provider) && is_text(&row[1], EXPECTED[i].municipality));
        for (size_t j = 0; j < COUNT(figures); j++)
            if (row[2 + j].number != figures[j])
                fail_msg("row %zu, column %zu: %lld", i, 2 + j, (long long)row[2 + j].number);
    }
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, setup, teardown)
    const struct CMUnitTest tests[] = {
        STORY(a_wide_audience_sees_whole_months_only),
        STORY(a_client_is_counted_once_in_every_total),
        STORY(a_client_whose_lines_were_credited_elsewhere_is_not_behind_the_money),
        STORY(what_is_hidden_in_one_municipality_does_not_follow_from_the_region),
        STORY(a_year_of_nothing_is_its_totals),
        STORY(providers_have_their_share_and_their_rejected_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
