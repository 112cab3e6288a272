/* Care that goes on under another funding: what the book wants of it, and what a conversion makes of it. */
#include "allocation/core/convert.h"

#include "allocation/core/transition.h"
#include "small_region.h"

static SmallRegion region;

static int open_region(void **state)
{
    (void)state;
    region = small_region_open(3);
    small_region_empty(&region);
    return 0;
}

static int close_region(void **state)
{
    (void)state;
    small_region_close(&region);
    return 0;
}

/* So many books are heard; the others are to come. */
static void books_known(size_t count)
{
    static Books all;
    if (region.books.count == 3)
        all = region.books;
    region.books = all;
    region.books.count = count;
}

static CareFact converts(const char *municipality, const char *number, const char *client, const char *on,
                         const char *known)
{
    return (CareFact){
        .kind = FACT_CONVERSION,
        .conversation = between(municipality, PROVIDER),
        .known = day(known),
        .conversion =
            {.client = new_client(client), .allocation = number, .day = day(on), .pic = {"", ""}, .consent = ""},
    };
}

static CareFact word(const char *reference, const char *municipality, const char *known)
{
    return (CareFact){
        .kind = FACT_REQUEST_GRANTED,
        .conversation = between(municipality, PROVIDER),
        .known = day(known),
        .word = {.reference = reference, .pic = {"", ""}},
    };
}

static void the_book_says_what_becomes_of_care_that_runs(void **state)
{
    (void)state;
    static const struct {
        const char *story;
        size_t books; /* when it was granted; all three are known when it is asked */
        const char *municipality, *first, *last, *today;
        bool existing;
        TransitionWay way;
        const char *since, *on;
    } CASES[] = {
        /* clang-format off */
        {"a new client of 2020, paid by PIC as the book says", 2, DELFT, "2020-02-03", "2020-11-27", "2020-07-01",
         false, TRANSITION_NONE, NULL, NULL},
        {"which is paid by product in 2021: as it ends", 2, DELFT, "2020-02-03", "2020-12-31", "2020-07-01", false,
         TRANSITION_AS_IT_ENDS, "2021-01-01", "2021-01-01"},
        {"planned by PIC for 2021, before the switch was withdrawn", 2, DELFT, "2021-02-01", "2021-11-26",
         "2020-07-01", false, TRANSITION_BY_HAND, "2021-02-01", "2021-02-01"},
        {"and once it runs, from the next day on", 2, DELFT, "2021-02-01", "2021-11-26", "2021-03-15", false,
         TRANSITION_BY_HAND, "2021-02-01", "2021-03-16"},
        {"on its last day but one", 2, DELFT, "2021-02-01", "2021-11-26", "2021-11-25", false, TRANSITION_BY_HAND,
         "2021-02-01", "2021-11-26"},
        {"on its last day there is nothing left of it but what comes after", 2, DELFT, "2021-02-01", "2021-11-26",
         "2021-11-26", false, TRANSITION_AS_IT_ENDS, "2021-11-27", "2021-11-27"},
        {"after it", 2, DELFT, "2021-02-01", "2021-11-26", "2021-11-27", false, TRANSITION_NONE, NULL, NULL},
        {"paid by product in The Hague, as before", 2, THE_HAGUE, "2020-02-03", "2020-11-27", "2020-07-01", true,
         TRANSITION_NONE, NULL, NULL},
        /* clang-format on */
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        small_region_empty(&region);
        books_known(CASES[i].books);
        CareFact fact = asks("r", CASES[i].existing ? existing_client("c") : new_client("c"), CASES[i].municipality,
                             days(CASES[i].first, CASES[i].last), "2020-02-01");
        fact.care_request.referrer = REFERRER_JUDGE;
        AllocationDecision granted = hear(&region, fact);
        assert_int_equal(granted.begun.count, 1);
        books_known(3);
        Transition found = transition_of(region.arena, &granted.begun.list[0], day(CASES[i].today), region.standing,
                                         fact.conversation);
        char since[DAY_TEXT_SIZE] = "", on[DAY_TEXT_SIZE] = "";
        if (found.way) {
            day_write(found.since, since);
            day_write(found.day, on);
        }
        if (found.way != CASES[i].way || (CASES[i].since && strcmp(since, CASES[i].since) != 0) ||
            (CASES[i].on && strcmp(on, CASES[i].on) != 0))
            fail_msg("%s: %s since %s, on %s", CASES[i].story, transition_way_name(found.way), since, on);
    }
}

/* Care of 2020 by product that runs into 2021, granted before the plan was known: the book names the day. */
static AllocationDecision care_before_the_plan(const char *client)
{
    books_known(1);
    CareFact fact = takes_over("77", existing_client(client), days("2019-03-04", "2021-06-25"));
    AllocationDecision taken = hear(&region, fact);
    books_known(2);
    return taken;
}

static void a_switch_converts_on_its_day_and_leaves_the_cohort(void **state)
{
    (void)state;
    AllocationDecision taken = care_before_the_plan("c");
    Transition found =
        transition_of(region.arena, &taken.begun.list[0], day("2020-11-02"), region.standing, between(DELFT, PROVIDER));
    assert_int_equal(found.way, TRANSITION_CONVERTS);
    assert_int_equal(found.day.number, day("2021-01-01").number);

    CareFact fact = converts(DELFT, "77", "c", "2021-01-01", "2020-11-02");
    fact.conversion.pic = (Pic){"P1", "INTENSIEF"};
    fact.conversion.results = (Results){ONE_RESULT, 1};
    AllocationDecision decision = hear(&region, fact);
    assert_reason(decision, ALLOCATION_CONVERTED);
    assert_string_equal(told_all(region.arena, decision.ended), "2019-03-04..2020-12-31 PXQ 45A48 3 HOUR");
    assert_string_equal(told_all(region.arena, decision.begun), "2021-01-01..2021-06-25 PIC P1INT 450000 EURO");
    assert_int_equal(decision.begun.list[0].cohort, COHORT_EXISTING);
    assert_null(decision.moved_client);
}

/* What the book does not demand moves the client, who then counts as new. */
static void a_client_is_moved_by_a_conversion_that_no_book_demands(void **state)
{
    (void)state;
    care_before_the_plan("c");
    CareFact fact = converts(DELFT, "77", "c", "2020-06-01", "2020-05-04");
    fact.conversion.pic = (Pic){"P1", "INTENSIEF"};
    fact.conversion.results = (Results){ONE_RESULT, 1};
    AllocationDecision decision = hear(&region, fact);
    assert_reason(decision, ALLOCATION_CONVERTED);
    assert_int_equal(decision.begun.list[0].cohort, COHORT_NEW);
    assert_string_equal(decision.moved_client, "c");
}

static void what_a_conversion_lacks_waits_for_a_person(void **state)
{
    (void)state;
    care_before_the_plan("c");
    CareFact fact = converts(DELFT, "77", "c", "2021-01-01", "2020-11-02");
    AllocationDecision decision = hear(&region, fact);
    assert_int_equal(decision.judgement, JUDGEMENT_REFERRED);
    assert_reason(decision, ALLOCATION_PIC_MISSING);
    assert_string_equal(decision.reference, "omzetting~77~2021-01-01");
    assert_int_equal(decision.begun.count + decision.ended.count, 0);
    assert_true(period_days((Period){day("2020-11-02"), decision.due}) > 5);

    /* Said again it waits still, and the provider may ask for care meanwhile. */
    assert_reason(hear(&region, fact), ALLOCATION_REQUEST_ALREADY_PENDING);
    assert_null(standing_client(region.standing, fact.conversation, "c")->pending);

    /* A person who does not fill in everything leaves it waiting. */
    CareFact half = word("omzetting~77~2021-01-01", DELFT, "2020-11-03");
    half.word.pic = (Pic){"P1", "INTENSIEF"};
    assert_reason(hear(&region, half), ALLOCATION_RESULTS_MISSING);
    CareFact whole = word("omzetting~77~2021-01-01", DELFT, "2020-11-04");
    whole.word.pic = (Pic){"P1", "INTENSIEF"};
    whole.word.results = (Results){ONE_RESULT, 1};
    decision = hear(&region, whole);
    assert_reason(decision, ALLOCATION_CONVERTED);
    assert_int_equal(decision.request->state, REQUEST_GRANTED);
    assert_string_equal(told_all(region.arena, decision.begun), "2021-01-01..2021-06-25 PIC P1INT 450000 EURO");
    assert_reason(hear(&region, whole), ALLOCATION_REQUEST_ALREADY_JUDGED);
}

static void a_person_may_refuse_a_conversion_and_it_does_not_wait_again(void **state)
{
    (void)state;
    care_before_the_plan("c");
    CareFact fact = converts(DELFT, "77", "c", "2021-01-01", "2020-11-02");
    hear(&region, fact);
    CareFact no = word("omzetting~77~2021-01-01", DELFT, "2020-11-03");
    no.kind = FACT_REQUEST_REFUSED;
    assert_reason(hear(&region, no), ALLOCATION_REFUSED_BY_PERSON);
    AllocationDecision again = hear(&region, fact);
    assert_int_equal(again.judgement, JUDGEMENT_REFUSED);
    assert_reason(again, ALLOCATION_PIC_MISSING);
}

static void what_has_not_begun_is_removed_and_granted_anew(void **state)
{
    (void)state;
    books_known(2);
    AllocationDecision granted =
        hear(&region, asks("r", new_client("c"), DELFT, days("2021-02-01", "2021-11-26"), "2020-06-01"));
    books_known(3);
    static const char *const DAYS[] = {"2021-01-01", "2021-02-01"};
    for (size_t i = 0; i < COUNT(DAYS); i++) {
        CareFact fact = converts(DELFT, granted.begun.list[0].number, "c", DAYS[i], "2020-07-01");
        fact.conversion.products = (AllocatedProducts){HOURS, 1};
        AllocationDecision decision = allocation_decide(region.arena, &fact, region.standing);
        assert_reason(decision, ALLOCATION_CONVERTED);
        assert_string_equal(told_all(region.arena, decision.ended),
                            "2021-02-01..2021-02-01 PIC P1INT 450000 EURO removed");
        assert_int_equal(decision.ended.list[0].change, CHANGE_REMOVED);
        assert_string_equal(told_all(region.arena, decision.begun), "2021-02-01..2021-11-26 PXQ 45A48 3 HOUR");
    }
}

/* Two products, of which one began later: a day of the past before that would remove care that has begun. */
static void care_that_has_begun_is_never_removed(void **state)
{
    (void)state;
    care_before_the_plan("c");
    CareFact later = takes_over("78", existing_client("c"), days("2020-03-02", "2021-06-25"));
    later.take_over.product = (AllocatedProduct){"45", "45A53", 2, UNIT_DAY_PART, FREQUENCY_PER_WEEK};
    hear(&region, later);
    CareFact fact = converts(DELFT, "77", "c", "2020-02-03", "2020-05-04");
    fact.conversion.pic = (Pic){"P1", "INTENSIEF"};
    fact.conversion.results = (Results){ONE_RESULT, 1};
    fact.conversion.consent = "letter of 1 May";
    assert_reason(hear(&region, fact), ALLOCATION_CARE_HAS_BEGUN);
}

/* The Hague gives new clients a PIC and pays by product: another content is another allocation, with the same products. */
static void care_gets_a_pic_and_keeps_its_products(void **state)
{
    (void)state;
    books_known(2);
    CareFact asked = asks("r", existing_client("c"), THE_HAGUE, days("2020-02-03", "2020-11-27"), "2020-01-20");
    AllocationDecision granted = hear(&region, asked);
    CareFact fact = converts(THE_HAGUE, granted.begun.list[0].number, "c", "2020-06-01", "2020-05-04");
    assert_reason(hear(&region, fact), ALLOCATION_PIC_MISSING);
    fact.conversion.pic = (Pic){"P1", "INTENSIEF"};
    fact.conversion.results = (Results){ONE_RESULT, 1};
    AllocationDecision decision = hear(&region, fact);
    assert_reason(decision, ALLOCATION_CONVERTED);
    assert_string_equal(told_all(region.arena, decision.begun), "2020-06-01..2020-11-27 PXQ 45A48 3 HOUR");
    assert_int_equal(decision.trajectory->content, CONTENT_PIC);
    assert_int_equal(decision.request->state, REQUEST_GRANTED); /* it waits no more */
}

/* Products, a PIC for a while, and products again: what comes after the PIC is not converted with what comes before. */
static void what_is_paid_otherwise_in_between_stays_as_it_is(void **state)
{
    (void)state;
    books_known(1);
    Conversation delft = between(DELFT, PROVIDER);
    AllocationDecision taken = hear(&region, takes_over("77", existing_client("c"), days("2019-03-04", "2020-06-26")));
    books_known(2);
    Allocation between_them = taken.begun.list[0], after = taken.begun.list[0];
    between_them.number = "78";
    between_them.funding = FUNDING_PIC;
    between_them.period = days("2020-08-03", "2020-10-30");
    after.number = "79";
    after.period = days("2020-10-31", "2020-12-18");
    standing_put_allocation(region.standing, delft, &between_them);
    standing_put_allocation(region.standing, delft, &after);

    CareFact fact = converts(DELFT, "77", "c", "2020-04-06", "2020-03-16");
    fact.conversion.pic = (Pic){"P1", "INTENSIEF"};
    fact.conversion.results = (Results){ONE_RESULT, 1};
    AllocationDecision decision = hear(&region, fact);
    assert_reason(decision, ALLOCATION_CONVERTED);
    assert_string_equal(told_all(region.arena, decision.ended), "2019-03-04..2020-04-05 PXQ 45A48 3 HOUR");
    assert_string_equal(told_all(region.arena, decision.begun), "2020-04-06..2020-06-26 PIC P1INT 450000 EURO");
}

int main(void)
{
#define IN_REGION(test) cmocka_unit_test_setup_teardown(test, open_region, close_region)
    const struct CMUnitTest tests[] = {
        IN_REGION(the_book_says_what_becomes_of_care_that_runs),
        IN_REGION(a_switch_converts_on_its_day_and_leaves_the_cohort),
        IN_REGION(a_client_is_moved_by_a_conversion_that_no_book_demands),
        IN_REGION(what_a_conversion_lacks_waits_for_a_person),
        IN_REGION(a_person_may_refuse_a_conversion_and_it_does_not_wait_again),
        IN_REGION(what_has_not_begun_is_removed_and_granted_anew),
        IN_REGION(care_that_has_begun_is_never_removed),
        IN_REGION(care_gets_a_pic_and_keeps_its_products),
        IN_REGION(what_is_paid_otherwise_in_between_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
