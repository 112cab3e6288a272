/* What care comes to by what was allocated of it. */
#include "allocation/core/worth.h"

#include "small_region.h"

enum { HOUR_CENTS = 7200 };

static void care_is_worth_what_was_allocated_of_it(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        Funding funding;
        AllocatedProduct product;
        const char *first, *last, *from, *until;
        int64_t cents;
        bool estimate;
    } CASES[] = {
        /* clang-format off */
        {"a PIC by its amount, whatever days are asked", FUNDING_PIC, {"50", "P1INT", 450000, UNIT_EURO, FREQUENCY_IN_TOTAL},
         "2020-02-03", "2020-11-27", "2020-06-01", "2020-11-27", 450000, false},
        {"three hours in each of two weeks", FUNDING_PXQ, {"45", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK},
         "2020-06-01", "2020-11-27", "2020-06-01", "2020-06-14", 2 * 3 * HOUR_CENTS, true},
        {"a week that is touched counts", FUNDING_PXQ, {"45", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK},
         "2020-06-01", "2020-11-27", "2020-06-07", "2020-06-08", 2 * 3 * HOUR_CENTS, true},
        {"minutes at the tariff of the hour", FUNDING_PXQ, {"45", "45A48", 90, UNIT_MINUTE, FREQUENCY_PER_WEEK},
         "2020-06-01", "2020-11-27", "2020-06-01", "2020-06-07", 90 * HOUR_CENTS / 60, true},
        {"hours in a month", FUNDING_PXQ, {"45", "45A48", 10, UNIT_HOUR, FREQUENCY_PER_MONTH},
         "2020-06-01", "2020-11-27", "2020-06-01", "2020-07-31", 2 * 10 * HOUR_CENTS, true},
        {"a total shared out over its days", FUNDING_PXQ, {"45", "45A48", 40, UNIT_HOUR, FREQUENCY_IN_TOTAL},
         "2020-06-01", "2020-06-10", "2020-06-06", "2020-06-10", 20 * HOUR_CENTS, true},
        {"only the days that it has", FUNDING_PXQ, {"45", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK},
         "2020-06-01", "2020-06-07", "2020-06-01", "2020-11-27", 3 * HOUR_CENTS, true},
        {"no day at all", FUNDING_PXQ, {"45", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK},
         "2020-06-01", "2020-06-07", "2020-06-08", "2020-11-27", 0, true},
        {"what has no price", FUNDING_PXQ, {"45", "45A99", 3, UNIT_HOUR, FREQUENCY_PER_WEEK},
         "2020-06-01", "2020-06-07", "2020-06-01", "2020-06-07", 0, true},
        /* clang-format on */
    };
    SmallRegion region = small_region_open(3);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Allocation allocation = {
            .number = "77",
            .provider = PROVIDER,
            .municipality = DELFT,
            .segment = "SPECIALIST",
            .funding = CASES[i].funding,
            .product = CASES[i].product,
            .period = days(CASES[i].first, CASES[i].last),
        };
        const Grant grant = grant_of(&allocation);
        Worth worth = worth_of(&grant, days(CASES[i].from, CASES[i].until), &region.books, day("2020-07-01"));
        if (worth.amount.cents != CASES[i].cents || worth.estimate != CASES[i].estimate)
            fail_msg("%s: %lld cents", CASES[i].story, (long long)worth.amount.cents);
    }
    small_region_close(&region);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(care_is_worth_what_was_allocated_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
