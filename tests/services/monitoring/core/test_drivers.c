#include "monitoring/core/drivers.h"

#include "monitoring/core/clients.h"
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

static void assert_day(const char *story, Day got, const char *expected)
{
    char text[DAY_TEXT_SIZE];
    if (strcmp(day_write(got, text), expected) != 0)
        fail_msg("%s: %s, not %s", story, text, expected);
}

static void the_same_months_are_looked_at_equally_late(void **state)
{
    (void)state;
    static const struct {
        const char *story, *known_on;
        int32_t months;
        const char *last_before, *before_known_on, *last_after;
    } CASES[] = {
        {"half a year", "2020-06-30", 6, "2019-06-30", "2019-06-30", "2020-06-30"},
        {"a month that has not ended is not compared", "2020-07-15", 6, "2019-06-30", "2019-07-15", "2020-06-30"},
        {"the end of February is the end of February", "2020-02-29", 2, "2019-02-28", "2019-02-28", "2020-02-29"},
        {"and a year later too", "2021-02-28", 12, "2019-12-31", "2020-02-29", "2020-12-31"},
        {"never more than a year", "2022-03-10", 12, "2019-12-31", "2021-03-10", "2020-12-31"},
        {"nothing has ended yet", "2020-01-30", 0, NULL, NULL, NULL},
        {"a year to come", "2019-12-31", 0, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Compared compared = drivers_compared(2020, day(CASES[i].known_on));
        if (compared.months != CASES[i].months)
            fail_msg("%s: %d months", CASES[i].story, compared.months);
        if (compared.months == 0)
            continue;
        assert_day(CASES[i].story, compared.before.first, "2019-01-01");
        assert_day(CASES[i].story, compared.before.last, CASES[i].last_before);
        assert_day(CASES[i].story, compared.before_known_on, CASES[i].before_known_on);
        assert_day(CASES[i].story, compared.after.last, CASES[i].last_after);
        assert_day(CASES[i].story, compared.after_known_on, CASES[i].known_on);
    }
}

static void volume_price_and_mix_are_worked_out_by_hand(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        Change kinds[3];
        bool known;
        int64_t volume, price, mix;
    } CASES[] = {
        {"half more care at the same price: 1,000 × 15 / 10 - 1,000", {{{10, 1000}, {15, 1500}}}, true, 500, 0, 0},
        {"as much care, ten cents a month dearer: 10 × (110 - 100)", {{{10, 1000}, {10, 1100}}}, true, 0, 100, 0},
        /* Before 20 months for 4,000, after 20: price 15 × (110 - 100) + 5 × (310 - 300) = 200; mix 15 × 100 + 5 × 300 -
           20 × 200 = -1,000. */
        {"a shift to the cheaper kind, which became dearer",
         {{{10, 1000}, {15, 1650}}, {{10, 3000}, {5, 1550}}},
         true,
         0,
         200,
         -1000},
        /* Volume 1,000 × 15 / 10 - 1,000; the new kind costs 400 more than five months at 100 would. */
        {"a kind that was not there before is mix", {{{10, 1000}, {10, 1000}}, {{0, 0}, {5, 900}}}, true, 500, 0, 400},
        {"a kind that has ended", {{{10, 1000}, {10, 1000}}, {{10, 3000}, {0, 0}}}, true, -2000, 0, -1000},
        /* 100 × 2 / 3 = 66.67, so volume is -33; price 80 - 67 = 13. */
        {"a third that does not come out", {{{3, 100}, {2, 80}}}, true, -33, 13, 0},
        /* All: 200 × 3 / 6 - 200 = -100. Kinds: 67 - 33 and 67 - 67, 100 × 1 / 3 = 33.33 and 100 × 2 / 3 = 66.67. */
        {"mix takes what rounding leaves", {{{3, 100}, {1, 67}}, {{3, 100}, {2, 67}}}, true, -100, 34, 0},
        {"no care before", {{{0, 0}, {5, 500}}}, false, 0, 0, 0},
        {"nothing at all", {{{0, 0}, {0, 0}}}, false, 0, 0, 0},
        {"all care ended", {{{10, 1000}, {0, 0}}}, true, -1000, 0, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Drivers drivers;
        assert_true(drivers_of(CASES[i].kinds, COUNT(CASES[i].kinds), &drivers));
        if (drivers.known != CASES[i].known || drivers.volume_cents != CASES[i].volume ||
            drivers.price_cents != CASES[i].price || drivers.mix_cents != CASES[i].mix)
            fail_msg("%s: volume %lld, price %lld, mix %lld", CASES[i].story, (long long)drivers.volume_cents,
                     (long long)drivers.price_cents, (long long)drivers.mix_cents);
    }
}

static void the_three_are_always_the_difference_to_the_cent(void **state)
{
    (void)state;
    uint32_t chance = 1;
    for (int round = 0; round < 1000; round++) {
        int64_t numbers[20];
        for (size_t i = 0; i < COUNT(numbers); i++) {
            chance = chance * 1664525 + 1013904223;
            numbers[i] = chance >> 12;
        }
        Change kinds[5];
        for (size_t i = 0; i < COUNT(kinds); i++)
            kinds[i] =
                (Change){{numbers[4 * i] % 50, numbers[4 * i + 1]}, {numbers[4 * i + 2] % 50, numbers[4 * i + 3]}};
        kinds[0].before.client_months++;
        Drivers drivers;
        assert_true(drivers_of(kinds, COUNT(kinds), &drivers));
        assert_int_equal(drivers.volume_cents + drivers.price_cents + drivers.mix_cents,
                         drivers.after_cents - drivers.before_cents);
    }
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    Drivers drivers;
    const Change TOO_MUCH[] = {{{1, INT64_MAX}, {2, 0}}};
    const Change TOO_MUCH_TOGETHER[] = {{{1, 1}, {1, INT64_MAX}}, {{1, 1}, {1, 1}}};
    assert_false(drivers_of(TOO_MUCH, 1, &drivers));
    assert_false(drivers_of(TOO_MUCH_TOGETHER, 2, &drivers));
}

/* ---- the table ---- */

static const Kind PXQ = {"SPECIALIST", CONTENT_NONE, FUNDING_PXQ};
static const Kind PIC = {"SPECIALIST", CONTENT_PIC, FUNDING_PIC};
static const Kind HIGHLY = {"HIGHLY_SPECIALIST", CONTENT_NONE, FUNDING_PXQ};

static FoundCrowd crowd(Arena *arena, const char *municipality, Kind kind, bool after, int month, int64_t first_client,
                        size_t count, int32_t lines)
{
    ClientLines *clients = ARENA_MANY(arena, ClientLines, count);
    for (size_t i = 0; i < count; i++)
        clients[i] = (ClientLines){first_client + (int64_t)i, lines};
    return (FoundCrowd){municipality, kind, after, day_of(after ? 2020 : 2019, month, 1),
                        clients_pack(arena, clients, count)};
}

static int64_t number_in(const Table *table, const char *municipality, const char *segment, const char *column)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const Value *row = table_row(table, i);
        bool same_place = municipality ? row[0].text && strcmp(row[0].text, municipality) == 0 : !row[0].text;
        bool same_segment = segment ? row[1].text && strcmp(row[1].text, segment) == 0 : !row[1].text;
        if (same_place && same_segment)
            return row[card_column(table->card, column)].number;
    }
    fail_msg("no row of %s, %s", municipality ? municipality : "the region", segment ? segment : "all");
    return 0;
}

static void clients_are_counted_once_in_a_month_of_a_kind_of_care(void **state)
{
    Arena *arena = *state;
    /* Before: clients 1 to 4 in January and 1 to 2 in March: 6 months for 600. After: 3 × 200, and two on PIC. */
    FoundCrowd crowds[] = {
        crowd(arena, "0503", PXQ, false, 1, 1, 4, 1),     crowd(arena, "0503", PXQ, false, 3, 1, 2, 2),
        crowd(arena, "0503", PXQ, false, 1, 3, 1, 1),  /* another provider of client 3 */
        crowd(arena, "0503", PXQ, false, 3, 5, 1, 1),  /* client 5 was declared … */
        crowd(arena, "0503", PXQ, false, 3, 5, 1, -1), /* … and credited by another declaration */
        crowd(arena, "0503", PXQ, false, 3, 9, 1, 1),  /* client 9 turned out to be client 1 */
        crowd(arena, "0503", PXQ, true, 1, 1, 3, 1),      crowd(arena, "0503", PIC, true, 1, 1, 2, 1),
        crowd(arena, "0518", HIGHLY, false, 2, 20, 1, 1), crowd(arena, "0518", HIGHLY, true, 2, 20, 1, 1),
    };
    static const FoundCost COSTS[] = {
        {"0503", {"SPECIALIST", CONTENT_NONE, FUNDING_PXQ}, false, 600},
        {"0503", {"SPECIALIST", CONTENT_NONE, FUNDING_PXQ}, true, 600},
        {"0503", {"SPECIALIST", CONTENT_PIC, FUNDING_PIC}, true, 1000},
        {"0518", {"HIGHLY_SPECIALIST", CONTENT_NONE, FUNDING_PXQ}, false, 5000},
        {"0518", {"HIGHLY_SPECIALIST", CONTENT_NONE, FUNDING_PXQ}, true, 5500},
    };
    static const Joined JOINED[] = {{9, 1}};
    const Question question = {"", "", "", "", 2020, day("2020-06-30"), true};
    const DriversFound found = {
        .arena = arena,
        .question = &question,
        .compared = drivers_compared(2020, question.known_on),
        .costs = COSTS,
        .cost_count = COUNT(COSTS),
        .crowds = crowds,
        .crowd_count = COUNT(crowds),
        .joined = {JOINED, COUNT(JOINED)},
    };
    Table table = table_new(arena, &drivers_card);
    assert_true(drivers_fill(&found, &table));
    static const struct {
        const char *municipality, *segment;
        int64_t before, after, volume, price, mix;
    } ROWS[] = {
        /* 5 months after at 100: -100; 3 × (200 - 100); the rest is the new kind: 1,600 - 600 + 100 - 300. */
        {"0503", "SPECIALIST", 600, 1600, -100, 300, 800},
        {"0503", NULL, 600, 1600, -100, 300, 800},
        {"0518", "HIGHLY_SPECIALIST", 5000, 5500, 0, 500, 0},
        {"0518", NULL, 5000, 5500, 0, 500, 0},
        {NULL, "HIGHLY_SPECIALIST", 5000, 5500, 0, 500, 0},
        {NULL, "SPECIALIST", 600, 1600, -100, 300, 800},
        /* 7 months for 5,600, then 6: -800; 300 + 500; and what is left of 1,500. */
        {NULL, NULL, 5600, 7100, -800, 800, 1500},
    };
    assert_int_equal(table.row_count, COUNT(ROWS));
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        assert_int_equal(number_in(&table, ROWS[i].municipality, ROWS[i].segment, "months"), 6);
        assert_int_equal(number_in(&table, ROWS[i].municipality, ROWS[i].segment, "before_cents"), ROWS[i].before);
        assert_int_equal(number_in(&table, ROWS[i].municipality, ROWS[i].segment, "after_cents"), ROWS[i].after);
        assert_int_equal(number_in(&table, ROWS[i].municipality, ROWS[i].segment, "volume_cents"), ROWS[i].volume);
        assert_int_equal(number_in(&table, ROWS[i].municipality, ROWS[i].segment, "price_cents"), ROWS[i].price);
        assert_int_equal(number_in(&table, ROWS[i].municipality, ROWS[i].segment, "mix_cents"), ROWS[i].mix);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_months_are_looked_at_equally_late),
        cmocka_unit_test(volume_price_and_mix_are_worked_out_by_hand),
        cmocka_unit_test(the_three_are_always_the_difference_to_the_cent),
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(clients_are_counted_once_in_a_month_of_a_kind_of_care),
    };
    return cmocka_run_group_tests_name("drivers", tests, setup, teardown);
}
