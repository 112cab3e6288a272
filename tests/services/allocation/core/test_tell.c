/* What a provider is told beside what was decided, so that it can be told the whole of it. */
#include "allocation/core/tell.h"

#include "small_region.h"

static SmallRegion region;

static int begin(void **state)
{
    (void)state;
    region = small_region_open(3);
    small_region_empty(&region);
    return 0;
}

static int end(void **state)
{
    (void)state;
    small_region_close(&region);
    return 0;
}

/* "501 502": the numbers, in their order. */
static const char *numbers(Allocations allocations)
{
    const char *words = "";
    for (size_t i = 0; i < allocations.count; i++)
        words = arena_format(region.arena, "%s%s%s", words, i ? " " : "", allocations.list[i].number);
    return words;
}

static CareFact word(FactKind kind, const char *reference, const char *known)
{
    return (CareFact){.kind = kind,
                      .conversation = between(THE_HAGUE, PROVIDER),
                      .known = day(known),
                      .word = {.reference = reference, .pic = {"", ""}}};
}

static void all_else_that_a_client_has_is_told_and_what_is_over_is_not(void **state)
{
    (void)state;
    hear(&region, takes_over("501", existing_client("c1"), days("2019-01-01", "2020-12-31")));
    hear(&region, takes_over("502", existing_client("c1"), days("2019-01-01", "2019-12-31")));
    hear(&region, takes_over("503", existing_client("c2"), days("2019-01-01", "2020-12-31")));
    AllocationDecision last = hear(&region, takes_over("504", existing_client("c1"), days("2020-01-01", "2020-06-30")));
    assert_string_equal(numbers(last.unchanged), "501 502");

    CareFact ends = {.kind = FACT_ENDING,
                     .conversation = between(DELFT, PROVIDER),
                     .known = day("2020-02-03"),
                     .ending = {.client = "c1",
                                .allocation = "504",
                                .last_day = day("2020-03-31"),
                                .reason = CHANGE_SHORTENED,
                                .consent = ""}};
    AllocationDecision ended = hear(&region, ends);
    assert_string_equal(numbers(ended.ended), "504");
    assert_string_equal(numbers(ended.unchanged), "501");
    assert_string_equal(ended.asked, "");
}

static void who_asked_is_told_which_request_that_answers(void **state)
{
    (void)state;
    CareFact asked = asks("r-1", new_client("c1"), DELFT, days("2020-03-30", "2020-12-18"), "2020-03-02");
    assert_string_equal(hear(&region, asked).asked, "r-1");

    CareFact unasked = asks("o-1", new_client("c2"), DELFT, days("2020-03-30", "2020-12-18"), "2020-03-02");
    unasked.care_request.granted_by = "inkoop";
    AllocationDecision granted = hear(&region, unasked);
    assert_int_equal(granted.judgement, JUDGEMENT_GRANTED);
    assert_string_equal(granted.asked, "");
}

static void a_person_answers_who_asked_once(void **state)
{
    (void)state;
    CareFact asked = asks("r-1", new_client("c1"), THE_HAGUE, days("2020-03-30", "2020-12-18"), "2020-03-02");
    asked.care_request.products.count = 0;
    AllocationDecision referred = hear(&region, asked);
    assert_reason(referred, ALLOCATION_PRODUCTS_MISSING);
    assert_string_equal(referred.asked, "r-1");

    AllocationDecision again = hear(&region, word(FACT_REQUEST_GRANTED, "r-1", "2020-03-03"));
    assert_int_equal(again.judgement, JUDGEMENT_REFERRED);
    assert_string_equal(again.asked, "");

    AllocationDecision refused_by = hear(&region, word(FACT_REQUEST_REFUSED, "r-1", "2020-03-04"));
    assert_reason(refused_by, ALLOCATION_REFUSED_BY_PERSON);
    assert_string_equal(refused_by.asked, "r-1");

    AllocationDecision late = hear(&region, word(FACT_REQUEST_REFUSED, "r-1", "2020-03-05"));
    assert_reason(late, ALLOCATION_REQUEST_ALREADY_JUDGED);
    assert_string_equal(late.asked, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_else_that_a_client_has_is_told_and_what_is_over_is_not, begin, end),
        cmocka_unit_test_setup_teardown(who_asked_is_told_which_request_that_answers, begin, end),
        cmocka_unit_test_setup_teardown(a_person_answers_who_asked_once, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
