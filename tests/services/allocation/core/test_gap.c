/* Days of care that no contract covers. */
#include "allocation/core/gap.h"

#include "small_region.h"

static Allocation care(const char *provider, const char *code, Funding funding, const char *first, const char *last)
{
    return (Allocation){
        .number = "77",
        .provider = provider,
        .municipality = DELFT,
        .client = "c",
        .segment = "SPECIALIST",
        .pic = {"P1", "INTENSIEF"},
        .funding = funding,
        .cohort = COHORT_EXISTING,
        .product = {"45", code, 3, UNIT_HOUR, FREQUENCY_PER_WEEK},
        .period = {day(first), last ? day(last) : DAY_LAST},
    };
}

static void days_without_a_contract_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        size_t books;
        const char *provider, *code;
        Funding funding;
        const char *first, *last, *today, *gaps;
    } CASES[] = {
        /* clang-format off */
        {"covered on all days", 3, PROVIDER, "45A48", FUNDING_PXQ, "2020-02-03", "2020-11-27", "2020-03-02", ""},
        {"past the contract of 2019, before the next is known", 1, PROVIDER, "45A48", FUNDING_PXQ, "2019-03-04",
         "2020-06-26", "2019-06-03", "2020-01-01..2020-06-26"},
        {"which the next book bridges", 2, PROVIDER, "45A48", FUNDING_PXQ, "2019-03-04", "2020-06-26", "2019-06-03",
         ""},
        {"without an end", 3, PROVIDER, "45A48", FUNDING_PXQ, "2020-02-03", NULL, "2020-03-02",
         "2022-07-01..2189-12-31"},
        {"ended before today", 1, PROVIDER, "45A48", FUNDING_PXQ, "2019-03-04", "2020-06-26", "2020-06-29", ""},
        {"a provider whose contract ends sooner", 3, SMALL_PROVIDER, "45A48", FUNDING_PXQ, "2020-11-02", "2021-02-26",
         "2020-11-02", "2021-01-01..2021-02-26"},
        {"a contract without the product", 3, PROVIDER, "41A03", FUNDING_PXQ, "2020-02-03", "2020-02-28", "2020-02-03",
         "2020-02-03..2020-02-28"},
        {"a contract with the PIC", 3, PROVIDER, "P1INT", FUNDING_PIC, "2020-02-03", "2020-02-28", "2020-02-03", ""},
        {"a provider that nobody knows", 3, "90000009", "45A48", FUNDING_PXQ, "2020-02-03", "2020-02-28", "2020-02-03",
         "2020-02-03..2020-02-28"},
        /* clang-format on */
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        SmallRegion region = small_region_open(CASES[i].books);
        Allocation allocation = care(CASES[i].provider, CASES[i].code, CASES[i].funding, CASES[i].first, CASES[i].last);
        Books books = region.books;
        for (size_t j = 0; j < books.count; j++)
            books.known[j].known = day("2018-07-03");
        Gaps gaps = gap_find(region.arena, &allocation, &books, day(CASES[i].today));
        const char *words = "";
        for (size_t j = 0; j < gaps.count; j++) {
            char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
            words = arena_format(region.arena, "%s%s%s..%s", words, j ? "; " : "", day_write(gaps.list[j].first, first),
                                 day_write(gaps.list[j].last, last));
        }
        if (strcmp(words, CASES[i].gaps) != 0)
            fail_msg("%s: %s", CASES[i].story, words);
        small_region_close(&region);
    }
}

static void what_was_removed_has_no_gap(void **state)
{
    (void)state;
    SmallRegion region = small_region_open(1);
    Allocation allocation = care("90000009", "45A48", FUNDING_PXQ, "2019-02-04", "2019-02-28");
    allocation.removed = true;
    assert_int_equal(gap_find(region.arena, &allocation, &region.books, day("2019-02-04")).count, 0);
    small_region_close(&region);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_without_a_contract_are_found),
        cmocka_unit_test(what_was_removed_has_no_gap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
