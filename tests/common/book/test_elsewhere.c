/* Another region: other words, other shares, a switch in the middle of a month, prices after the fact. */
#include "book/diff.h"

#include "support/books.h"
#include "support/unit.h"

static const char *const KNOWN[] = {"2018-12-01", "2019-12-15", "2020-09-10"};

static int open_region(void **state)
{
    *state = region_books_open("tests/region/elsewhere", NULL, KNOWN, COUNT(KNOWN));
    return 0;
}

static int close_region(void **state)
{
    region_books_close(*state);
    return 0;
}

static void funding_switches_in_the_middle_of_march(void **state)
{
    RegionBooks *region = *state;
    static const struct {
        const char *municipality, *segment;
        Cohort cohort;
        const char *first, *last;
        Funding funding;
    } CASES[] = {
        {"9002", "JEUGDHULP", COHORT_NEW, "2020-03-01", "2020-03-15", FUNDING_PXQ},
        {"9002", "JEUGDHULP", COHORT_NEW, "2020-03-16", "2020-03-31", FUNDING_PIC},
        {"9003", "JEUGDHULP", COHORT_EXISTING, "2020-03-01", "2020-03-15", FUNDING_PXQ},
        {"9003", "JEUGDHULP", COHORT_EXISTING, "2020-03-16", "2020-03-31", FUNDING_PIC},
        {"9001", "JEUGDHULP", COHORT_NEW, "2020-03-01", "2020-03-31", FUNDING_PXQ},
        {"9002", "VERBLIJF", COHORT_NEW, "2020-03-01", "2020-03-31", FUNDING_PXQ},
    };
    Period march = {day_at("2020-03-01"), day_at("2020-03-31")};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Pieces pieces = books_pieces(region->arena, &region->books, "91000002", CASES[i].municipality, CASES[i].segment,
                                     CASES[i].cohort, march, day_at("2020-03-01"));
        bool found = false;
        for (size_t p = 0; p < pieces.count; p++)
            found = found || (pieces.pieces[p].period.first.number == day_at(CASES[i].first).number &&
                              pieces.pieces[p].period.last.number == day_at(CASES[i].last).number &&
                              pieces.pieces[p].funding->funding == CASES[i].funding && pieces.pieces[p].contract);
        assert_true(found);
    }
}

static void care_that_ended_within_four_weeks_still_counts(void **state)
{
    RegionBooks *region = *state;
    Day day = day_at("2020-04-01");
    Period within = {day_at("2019-06-01"), day_at("2020-02-16")};
    Period before = {day_at("2019-06-01"), day_at("2020-02-15")};
    assert_int_equal(books_cohort(&region->books, &within, 1, day, day, NULL), COHORT_EXISTING);
    assert_int_equal(books_cohort(&region->books, &before, 1, day, day, NULL), COHORT_NEW);
}

static void shares_are_whatever_the_book_says(void **state)
{
    RegionBooks *region = *state;
    Day day = day_at("2020-04-01");
    const PaymentTerms *home =
        books_payment_terms(&region->books, "JEUGDHULP", (Pic){"A", "KORT"}, "91000001", day, day);
    const PaymentTerms *school =
        books_payment_terms(&region->books, "JEUGDHULP", (Pic){"B", "KORT"}, "91000001", day, day);
    assert_int_equal(home->start_share_numerator * 10, home->start_share_denominator * 6);
    assert_int_equal(school->start_share_numerator * 3, school->start_share_denominator);
    assert_int_equal(home->early_end[STOP_EARLY_BY_CLIENT], EARLY_END_PAYS_PRO_RATA);
    assert_int_equal(home->early_end[STOP_OTHER_LAW], EARLY_END_PAYS_NOTHING);
    assert_int_equal(home->start_due, DUE_BY_DECLARATION);
    assert_int_equal(home->end_due, DUE_BY_MESSAGE);
}

static void the_same_question_with_the_same_known_day_has_the_same_answer(void **state)
{
    RegionBooks *region = *state;
    static const struct {
        const char *story, *product, *municipality, *day, *known;
        int64_t cents;
    } CASES[] = {
        {"a minute of March, as known in March", "45A04", "9001", "2020-03-10", "2020-03-31", 121},
        {"the same, asked the day before the new prices", "45A04", "9001", "2020-03-10", "2020-09-09", 121},
        {"and the day after", "45A04", "9001", "2020-03-10", "2020-09-10", 128},
        {"2019 is as it was", "45A04", "9001", "2019-12-31", "2020-09-10", 121},
        {"Ceewijk's own hour", "45A53", "9003", "2020-03-10", "2020-03-31", 10200},
        {"Ceewijk gave it up", "45A53", "9003", "2020-03-10", "2020-09-10", 9960},
        {"Beedorp did not", "45A53", "9002", "2020-03-10", "2020-09-10", 10200},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const PxqTariff *tariff = books_pxq_tariff(&region->books, CASES[i].product, CASES[i].municipality, "91000001",
                                                   day_at(CASES[i].day), day_at(CASES[i].known));
        if (!tariff || tariff->price.cents != CASES[i].cents)
            fail_msg("%s", CASES[i].story);
    }
}

static void what_is_lacking_is_substituted_or_asked(void **state)
{
    RegionBooks *region = *state;
    Day day = day_at("2020-04-01");
    const Product *by_minute = books_product(&region->books, "45A04", day, day);
    const Product *by_hour = books_product(&region->books, "45A53", day, day);
    const Product *by_day = books_product(&region->books, "43A08", day, day);
    const Substitution *rule = books_substitution(&region->books, by_minute, day, day);
    assert_int_equal(rule->volume, 90);
    assert_int_equal(rule->frequency, FREQUENCY_PER_WEEK);
    assert_true(books_substitution(&region->books, by_hour, day, day)->by_person);
    assert_null(books_substitution(&region->books, by_day, day, day));
}

static const BookChange *change_about(const BookChanges *changes, const char *about, const char *whom)
{
    for (size_t i = 0; i < changes->count; i++)
        if (strcmp(changes->changes[i].about, about) == 0)
            for (size_t w = 0; w < changes->changes[i].whom_count || (!*whom && w == 0); w++)
                if (!*whom || strcmp(changes->changes[i].whom[w], whom) == 0)
                    return &changes->changes[i];
    fail_msg("no change about %s", about);
    return NULL;
}

static void a_diff_says_what_was_and_what_is(void **state)
{
    RegionBooks *region = *state;
    Books earlier = region->books;
    earlier.count = 2;
    BookChanges changes = book_diff(region->arena, &earlier, region->held[2]);
    assert_int_equal(changes.count, 2);
    const BookChange *minute = change_about(&changes, "tariff of product 45A04", "");
    assert_string_equal(minute->before, "€ 1.21 per MINUTE");
    assert_string_equal(minute->now, "€ 1.28 per MINUTE");
    assert_int_equal(minute->period.first.number, day_at("2020-01-01").number);
    const BookChange *ceewijk = change_about(&changes, "tariff of product 45A53", "9003");
    assert_string_equal(ceewijk->before, "€ 102.00 per HOUR");
    assert_string_equal(ceewijk->now, "none of its own");
}

static void a_diff_writes_large_amounts_in_thousands(void **state)
{
    RegionBooks *region = *state;
    static const struct {
        const char *cents, *words;
    } CASES[] = {{"7", "€ 0.07"},
                 {"99999", "€ 999.99"},
                 {"100000", "€ 1,000.00"},
                 {"2840000000", "€ 28,400,000.00"},
                 {"100100112", "€ 1,001,001.12"},
                 {"1001011", "€ 10,010.11"}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Book *book = book_written(
            4, arena_format(region->arena, "budgets: [{year: 2020, cents: {'9001': %s}}]", CASES[i].cents));
        BookChanges changes = book_diff(region->arena, &region->books, book);
        assert_string_equal(change_about(&changes, "budget of 9001 for 2020", "")->now, CASES[i].words);
        book_free(book);
    }
}

static void a_diff_brings_together_what_one_line_writes_out(void **state)
{
    RegionBooks *region = *state;
    Books earlier = region->books;
    earlier.count = 1;
    BookChanges changes = book_diff(region->arena, &earlier, region->held[1]);
    const BookChange *existing = change_about(&changes, "funding JEUGDHULP EXISTING", "9002");
    assert_int_equal(existing->whom_count, 2);
    assert_string_equal(existing->whom[1], "9003");
    assert_string_equal(existing->before, "NONE / PXQ, running keep");
    assert_string_equal(existing->now, "PIC / PIC, running convert on 2020-03-16");
    assert_int_equal(existing->period.first.number, day_at("2020-03-16").number);
    assert_int_equal(existing->period.last.number, day_at("2020-12-31").number);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(funding_switches_in_the_middle_of_march),
        cmocka_unit_test(care_that_ended_within_four_weeks_still_counts),
        cmocka_unit_test(shares_are_whatever_the_book_says),
        cmocka_unit_test(the_same_question_with_the_same_known_day_has_the_same_answer),
        cmocka_unit_test(what_is_lacking_is_substituted_or_asked),
        cmocka_unit_test(a_diff_says_what_was_and_what_is),
        cmocka_unit_test(a_diff_writes_large_amounts_in_thousands),
        cmocka_unit_test(a_diff_brings_together_what_one_line_writes_out),
    };
    return cmocka_run_group_tests(tests, open_region, close_region);
}
