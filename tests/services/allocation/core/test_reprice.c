/* What a book makes of PICs that were granted before it. */
#include "allocation/core/reprice.h"

#include "small_region.h"

static CareFact asks_pic(const char *municipality, const char *intensity, const char *first, const char *last,
                         const char *known)
{
    CareFact fact = asks(first, new_client(first), municipality, days(first, last), known);
    fact.care_request.pic.intensity = intensity;
    fact.care_request.referrer = REFERRER_JUDGE;
    return fact;
}

/* As the fourth book finds it, which is known on 2020-10-01. */
static AllocationDecision repriced(SmallRegion *region, Allocations now)
{
    assert_int_equal(region->books.count, 4);
    return reprice_allocations(region->arena, now, between(DELFT, PROVIDER), day("2020-10-01"), region->standing);
}

static void a_book_reprices_what_it_gives_another_amount(void **state)
{
    (void)state;
    static const struct {
        const char *story, *municipality, *intensity, *first, *last, *before, *after;
    } CASES[] = {
        {"a PIC that began before the new price", DELFT, "INTENSIEF", "2020-03-30", "2020-12-18",
         "2020-03-30..2020-12-18 PIC P1INT 450000 EURO", ""},
        {"and one that began with it", DELFT, "INTENSIEF", "2020-04-01", "2020-12-18",
         "2020-04-01..2020-12-18 PIC P1INT 450000 EURO", "2020-04-01..2020-12-18 PIC P1INT 480000 EURO"},
        {"one that has ended", DELFT, "INTENSIEF", "2020-05-04", "2020-08-28",
         "2020-05-04..2020-08-28 PIC P1INT 450000 EURO", "2020-05-04..2020-08-28 PIC P1INT 480000 EURO"},
        {"a lasting one, by the parts that can fall due", DELFT, "DUURZAAM_LICHT", "2020-05-15", "2020-11-10",
         "2020-05-15..2020-11-10 PIC P1DUU 600000 EURO", "2020-05-15..2020-11-10 PIC P1DUU 630000 EURO"},
        {"care paid by product", THE_HAGUE, "INTENSIEF", "2020-05-04", "2020-12-18",
         "2020-05-04..2020-12-18 PXQ 45A48 3 HOUR", ""},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        SmallRegion region = small_region_open(4);
        small_region_empty(&region);
        Books all = region.books;
        region.books.count = 3;
        AllocationDecision granted = hear(
            &region, asks_pic(CASES[i].municipality, CASES[i].intensity, CASES[i].first, CASES[i].last, "2020-03-02"));
        region.books = all;
        const char *before = told_all(region.arena, granted.begun);
        AllocationDecision decision = repriced(&region, granted.begun);
        const char *after = told_all(region.arena, decision.ended);
        if (strcmp(before, CASES[i].before) != 0 || strcmp(after, CASES[i].after) != 0)
            fail_msg("%s: \"%s\" became \"%s\"", CASES[i].story, before, after);
        if (decision.ended.count) {
            const Allocation *next = decision.ended.list;
            assert_string_equal(next->number, granted.begun.list[0].number);
            assert_int_equal(next->version, 2);
            assert_int_equal(next->change, CHANGE_CONTRACT);
            assert_int_equal(next->book, 4);
        }
        small_region_close(&region);
    }
}

/* The third book changes no price: what other facts made of the amounts since is not its business. */
static void a_book_leaves_alone_what_it_does_not_change(void **state)
{
    (void)state;
    SmallRegion region = small_region_open(3);
    small_region_empty(&region);
    AllocationDecision granted =
        hear(&region, asks_pic(DELFT, "DUURZAAM_LICHT", "2020-05-15", "2020-11-10", "2020-03-02"));
    Allocation shortened = granted.begun.list[0];
    shortened.period.last = day("2020-08-10");
    AllocationDecision decision = reprice_allocations(region.arena, (Allocations){&shortened, 1},
                                                      between(DELFT, PROVIDER), day("2020-07-01"), region.standing);
    assert_int_equal(decision.ended.count, 0);
    small_region_close(&region);
}

static void what_was_removed_stays_as_it_is(void **state)
{
    (void)state;
    SmallRegion region = small_region_open(4);
    small_region_empty(&region);
    Books all = region.books;
    region.books.count = 3;
    AllocationDecision granted = hear(&region, asks_pic(DELFT, "INTENSIEF", "2020-05-15", "2020-11-10", "2020-03-02"));
    region.books = all;
    Allocation removed = granted.begun.list[0];
    removed.removed = true;
    assert_int_equal(repriced(&region, (Allocations){&removed, 1}).ended.count, 0);
    small_region_close(&region);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_book_reprices_what_it_gives_another_amount),
        cmocka_unit_test(a_book_leaves_alone_what_it_does_not_change),
        cmocka_unit_test(what_was_removed_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
