#include "billing/core/owed.h"

#include "support/books.h"
#include "support/unit.h"

/* One line of a story: the fact, and what the line comes to with it. */
typedef struct Told {
    const char *story;
    const char *provider, *line;
    OwedKind kind;
    int64_t cents;
    const char *known;
    int32_t book;
} Told;

static const Told TOLD[] = {
    /* story                                 provider    line    kind            cents  known         book */
    {"declared", "90000001", "R-17", OWED_DECLARED, 50000, "2020-04-08", 0},
    {"book 2 raises the price: back", "90000001", "R-17", OWED_CORRECTED, -50000, "2020-07-07", 2},
    {"… and anew", "90000001", "R-17", OWED_CORRECTED, 52000, "2020-07-07", 2},
    {"declared", "90000001", "R-18", OWED_DECLARED, 25000, "2020-04-08", 0},
    {"taken back by the provider", "90000001", "R-18", OWED_CREDITED, -25000, "2020-06-08", 0},
    {"declared under the same reference", "90000002", "R-17", OWED_DECLARED, 10000, "2020-04-08", 0},
    {"asked of the provider", "90000002", "R-17", OWED_EXPECTED, 400, "2020-07-07", 2},
    {"the credit takes the line back", "90000002", "R-17", OWED_CREDITED, -10000, "2020-08-03", 0},
    {"… and what was expected", "90000002", "R-17", OWED_EXPECTED, -400, "2020-08-03", 0},
    {"declared late", "90000003", "R-19", OWED_DECLARED, 30000, "2020-07-08", 0},
    {"settled", "90000003", "R-19", OWED_SETTLED, 1200, "2020-07-09", 3},
};

static const OwedFact *facts(Arena *arena)
{
    OwedFact *list = ARENA_MANY(arena, OwedFact, COUNT(TOLD));
    for (size_t i = 0; i < COUNT(TOLD); i++)
        list[i] = (OwedFact){.provider = TOLD[i].provider,
                             .line = TOLD[i].line,
                             .kind = TOLD[i].kind,
                             .amount = {TOLD[i].cents},
                             .known = day_at(TOLD[i].known),
                             .book = TOLD[i].book};
    return list;
}

static int make_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void a_month_adds_up_by_line_and_provider(void **state)
{
    Owed owed;
    assert_true(owed_add_up(*state, facts(*state), COUNT(TOLD), DAY_FIRST, &owed));
    assert_int_equal(owed.provider_count, 3);
    assert_int_equal(owed.line_count, 4);
    assert_int_equal(owed.totals.after.net.cents, 52000 + 0 + 0 + 31200);
    assert_int_equal(owed.totals.after.kinds[OWED_DECLARED].cents, 50000 + 25000 + 10000 + 30000);
    assert_int_equal(owed.totals.after.kinds[OWED_CREDITED].cents, -35000);
    assert_int_equal(owed.totals.after.kinds[OWED_CORRECTED].cents, 2000);
    assert_int_equal(owed.totals.after.kinds[OWED_SETTLED].cents, 1200);
    assert_int_equal(owed.totals.after.kinds[OWED_EXPECTED].cents, 0);
    assert_int_equal(owed.providers[0].line_count, 2);
    assert_int_equal(owed.providers[0].lines[0].fact_count, 3);
    assert_int_equal(owed.providers[1].lines[0].totals.after.net.cents, 0);
    assert_int_equal(owed.totals.difference.cents, owed.totals.after.net.cents);
}

static void what_became_known_in_between_makes_the_difference(void **state)
{
    static const struct {
        const char *story, *from;
        int64_t before, difference;
        size_t causes;
    } CASES[] = {
        /* story                  from          before  difference  causes */
        {"before anything", "2020-04-07", 0, 83200, 6},
        {"as the court heard it", "2020-06-08", 60000, 23200, 6},
        {"after the book", "2020-07-07", 62400, 20800, 4},
        {"nothing came after", "2020-12-31", 83200, 0, 0},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Owed owed;
        assert_true(owed_add_up(*state, facts(*state), COUNT(TOLD), day_at(CASES[i].from), &owed));
        assert_int_equal(owed.totals.after.net.cents, 83200);
        if (owed.totals.before.net.cents != CASES[i].before || owed.totals.difference.cents != CASES[i].difference ||
            owed.cause_count != CASES[i].causes)
            fail_msg("%s: %lld, %lld, %zu", CASES[i].story, (long long)owed.totals.before.net.cents,
                     (long long)owed.totals.difference.cents, owed.cause_count);
        int64_t sum = 0;
        for (size_t cause = 0; cause < owed.cause_count; cause++)
            sum += owed.causes[cause].difference.cents;
        assert_int_equal(sum, CASES[i].difference);
    }
}

static void news_of_a_line_begins_after_the_day(void **state)
{
    Owed owed;
    assert_true(owed_add_up(*state, facts(*state), COUNT(TOLD), day_at("2020-06-08"), &owed));
    assert_int_equal(owed.providers[0].lines[0].news, 1);
    assert_int_equal(owed.providers[0].lines[1].news, owed.providers[0].lines[1].fact_count);
    assert_int_equal(owed.providers[2].lines[0].news, 0);
}

static void a_sum_that_does_not_fit_is_refused(void **state)
{
    const OwedFact large[] = {
        {.provider = "90000001", .line = "R-1", .amount = {INT64_MAX}},
        {.provider = "90000001", .line = "R-2", .amount = {1}},
    };
    Owed owed;
    assert_true(owed_add_up(*state, large, 1, DAY_FIRST, &owed));
    assert_false(owed_add_up(*state, large, 2, DAY_FIRST, &owed));
    assert_false(owed_add_up(*state, large, 2, DAY_LAST, &owed));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_month_adds_up_by_line_and_provider, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(what_became_known_in_between_makes_the_difference, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(news_of_a_line_begins_after_the_day, make_arena, free_arena),
        cmocka_unit_test_setup_teardown(a_sum_that_does_not_fit_is_refused, make_arena, free_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
