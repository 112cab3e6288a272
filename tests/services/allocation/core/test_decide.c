#include "allocation/core/decide.h"

#include "services/allocation/core/small_region.h"

static SmallRegion region;

static int open_region(void **state)
{
    (void)state;
    region = small_region_open(3);
    return 0;
}

static int close_region(void **state)
{
    (void)state;
    small_region_close(&region);
    return 0;
}

static int empty_region(void **state)
{
    (void)state;
    small_region_empty(&region);
    return 0;
}

/* how care is given and paid */

enum { S = 0, H = 1 };
static const char *const SEGMENTS[] = {"SPECIALIST", "HIGHLY_SPECIALIST"};
static const char PLAN[] = "2019-12-02", LETTER[] = "2020-07-01";

static void care_is_given_and_paid_as_the_two_letters_say(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story, *first, *last, *known;
        int segment;
        const char *municipality;
        bool in_care;
        Content content;
        Funding funding;
    } ROWS[] = {
        /* care in                                     segment municipality in care   content  funding */
        {"2019",                                "2019-10-07", "2019-12-20", PLAN, S, DELFT, false,     CONTENT_NONE, FUNDING_PXQ},
        {"2019",                                "2019-10-07", "2019-12-20", PLAN, S, DELFT, true,      CONTENT_NONE, FUNDING_PXQ},
        {"2019",                                "2019-10-07", "2019-12-20", PLAN, S, THE_HAGUE, false, CONTENT_NONE, FUNDING_PXQ},
        {"2019",                                "2019-10-07", "2019-12-20", PLAN, H, DELFT, true,      CONTENT_NONE, FUNDING_PXQ},
        {"2019",                                "2019-10-07", "2019-12-20", PLAN, H, THE_HAGUE, true,  CONTENT_NONE, FUNDING_PXQ},
        {"2020, plan of 2019, the nine",        "2020-02-03", "2020-11-27", PLAN, S, DELFT, false,     CONTENT_PIC,  FUNDING_PIC},
        {"2020, plan of 2019, the nine",        "2020-02-03", "2020-11-27", PLAN, S, DELFT, true,      CONTENT_NONE, FUNDING_PXQ},
        {"2020, plan of 2019, The Hague",       "2020-02-03", "2020-11-27", PLAN, S, THE_HAGUE, false, CONTENT_PIC,  FUNDING_PXQ},
        {"2020, plan of 2019, The Hague",       "2020-02-03", "2020-11-27", PLAN, S, THE_HAGUE, true,  CONTENT_NONE, FUNDING_PXQ},
        {"2020, plan of 2019, all ten",         "2020-02-03", "2020-11-27", PLAN, H, DELFT, false,     CONTENT_PIC,  FUNDING_PXQ},
        {"2020, plan of 2019, all ten",         "2020-02-03", "2020-11-27", PLAN, H, DELFT, true,      CONTENT_NONE, FUNDING_PXQ},
        {"2020, plan of 2019, all ten",         "2020-02-03", "2020-11-27", PLAN, H, THE_HAGUE, false, CONTENT_PIC,  FUNDING_PXQ},
        {"2020, plan of 2019, all ten",         "2020-02-03", "2020-11-27", PLAN, H, THE_HAGUE, true,  CONTENT_NONE, FUNDING_PXQ},
        {"2021, plan of 2019, all ten",         "2021-02-01", "2021-11-26", PLAN, S, DELFT, false,     CONTENT_PIC,  FUNDING_PIC},
        {"2021, plan of 2019, all ten",         "2021-02-01", "2021-11-26", PLAN, S, DELFT, true,      CONTENT_PIC,  FUNDING_PIC},
        {"2021, plan of 2019, all ten",         "2021-02-01", "2021-11-26", PLAN, S, THE_HAGUE, false, CONTENT_PIC,  FUNDING_PIC},
        {"2021, plan of 2019, all ten",         "2021-02-01", "2021-11-26", PLAN, H, THE_HAGUE, true,  CONTENT_PIC,  FUNDING_PIC},
        {"2021, as decided in 2020, all ten",   "2021-02-01", "2021-11-26", LETTER, S, DELFT, false,     CONTENT_PIC,  FUNDING_PXQ},
        {"2021, as decided in 2020, all ten",   "2021-02-01", "2021-11-26", LETTER, S, DELFT, true,      CONTENT_NONE, FUNDING_PXQ},
        {"2021, as decided in 2020, all ten",   "2021-02-01", "2021-11-26", LETTER, S, THE_HAGUE, false, CONTENT_PIC,  FUNDING_PXQ},
        {"2021, as decided in 2020, all ten",   "2021-02-01", "2021-11-26", LETTER, H, THE_HAGUE, true,  CONTENT_NONE, FUNDING_PXQ},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        const char *name = arena_format(region.arena, "request-%zu", i);
        Client client = ROWS[i].in_care ? existing_client(name) : new_client(name);
        CareFact fact = asks(name, client, ROWS[i].municipality, days(ROWS[i].first, ROWS[i].last), ROWS[i].known);
        fact.care_request.segment = SEGMENTS[ROWS[i].segment];
        fact.care_request.products.list = ROWS[i].segment == H ? HIGH_HOURS : HOURS;

        AllocationDecision decision = hear(&region, fact);
        if (decision.judgement != JUDGEMENT_GRANTED || decision.trajectory->content != ROWS[i].content ||
            decision.begun.list[0].funding != ROWS[i].funding)
            fail_msg("row %zu, %s: %s %s", i, ROWS[i].story, allocation_reason_name(decision.reason),
                     told_all(region.arena, decision.begun));
        assert_int_equal(decision.begun.count, 1);
        bool has_pic = decision.begun.list[0].pic.profile[0];
        assert_int_equal(has_pic, ROWS[i].content == CONTENT_PIC);
    }
}

static void a_period_that_crosses_a_change_of_funding_becomes_several_allocations(void **state)
{
    (void)state;
    static const AllocatedProduct IN_TOTAL[] = {{"45", "45A48", 40, UNIT_HOUR, FREQUENCY_IN_TOTAL}};
    static const AllocatedProduct SILENT[] = {{"45", "45A48", 0, 0, 0}};
    static const AllocatedProduct BY_PERSON[] = {{"45", "45A65", 0, 0, 0}};
    static const AllocatedProduct THREE[] = {{"45", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK},
                                             {"45", "45A53", 2, UNIT_DAY_PART, FREQUENCY_PER_WEEK},
                                             {"45", "45A65", 4, UNIT_PIECE, FREQUENCY_PER_MONTH}};
    /* clang-format off */
    static const struct {
        const char *story, *municipality, *known, *first, *last, *pic_intensity;
        AllocatedProducts products;
        AllocationReason reason;
        const char *becomes;
    } CASES[] = {
        {"within one row of the table", DELFT, PLAN, "2020-02-03", "2020-11-27", "INTENSIEF", {HOURS, 1},
         ALLOCATION_GRANTED_BY_RULE, "2020-02-03..2020-11-27 PIC P1INT 450000 EURO"},
        {"a lasting PIC is paid a twelfth of the year for each month that falls due", DELFT, PLAN,
         "2020-02-03", "2020-11-27", "DUURZAAM_LICHT", {HOURS, 1}, ALLOCATION_GRANTED_BY_RULE,
         "2020-02-03..2020-11-27 PIC P1DUU 1000000 EURO"},
        {"and none for a last month that ends before its part does", DELFT, PLAN,
         "2020-02-28", "2020-11-27", "DUURZAAM_LICHT", {HOURS, 1}, ALLOCATION_GRANTED_BY_RULE,
         "2020-02-28..2020-11-27 PIC P1DUU 900000 EURO"},
        {"twelve months, and the terms pay eleven at most", DELFT, PLAN, "2020-01-06", "2020-12-25", "DUURZAAM_LICHT",
         {HOURS, 1}, ALLOCATION_GRANTED_BY_RULE, "2020-01-06..2020-12-25 PIC P1DUU 1100000 EURO"},
        {"one PIC and three products", THE_HAGUE, PLAN, "2020-02-03", "2020-11-27", "INTENSIEF", {THREE, 3},
         ALLOCATION_PERSON_MUST_JUDGE, ""},
        {"from PIC to products, the switch withdrawn", DELFT, LETTER, "2020-09-01", "2021-05-31", "INTENSIEF",
         {HOURS, 1}, ALLOCATION_GRANTED_BY_RULE,
         "2020-09-01..2020-12-31 PIC P1INT 450000 EURO; 2021-01-01..2021-05-31 PXQ 45A48 3 HOUR"},
        {"from products to PIC, as planned", THE_HAGUE, PLAN, "2020-09-01", "2021-05-31", "INTENSIEF", {HOURS, 1},
         ALLOCATION_GRANTED_BY_RULE,
         "2020-09-01..2020-12-31 PXQ 45A48 3 HOUR; 2021-01-01..2021-05-31 PIC P1INT 450000 EURO"},
        {"a total over all of it can't be cut, the book says two hours a week", THE_HAGUE, PLAN, "2020-09-01",
         "2021-05-31", "INTENSIEF", {IN_TOTAL, 1}, ALLOCATION_GRANTED_BY_RULE,
         "2020-09-01..2020-12-31 PXQ 45A48 2 HOUR; 2021-01-01..2021-05-31 PIC P1INT 450000 EURO"},
        {"no volume at all, the book says two hours a week", THE_HAGUE, PLAN, "2020-02-03", "2020-11-27",
         "INTENSIEF", {SILENT, 1}, ALLOCATION_GRANTED_BY_RULE, "2020-02-03..2020-11-27 PXQ 45A48 2 HOUR"},
        {"no volume, and the book leaves it to a person", THE_HAGUE, PLAN, "2020-02-03", "2020-11-27", "INTENSIEF",
         {BY_PERSON, 1}, ALLOCATION_VOLUME_MISSING, ""},
        {"a total within one row stays as asked", THE_HAGUE, PLAN, "2020-02-03", "2020-11-27", "INTENSIEF",
         {IN_TOTAL, 1}, ALLOCATION_PERSON_MUST_JUDGE, ""},
        {"paid by product, and none is named", THE_HAGUE, PLAN, "2020-02-03", "2020-11-27", "INTENSIEF", {NULL, 0},
         ALLOCATION_PRODUCTS_MISSING, ""},
        {"the contract of 2019 ends and the bridging one begins, the funding stays", DELFT, PLAN, "2019-11-04",
         "2020-03-27", "INTENSIEF", {HOURS, 1}, ALLOCATION_GRANTED_BY_RULE,
         "2019-11-04..2020-03-27 PXQ 45A48 3 HOUR"},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *name = arena_format(region.arena, "request-%zu", i);
        CareFact fact =
            asks(name, new_client(name), CASES[i].municipality, days(CASES[i].first, CASES[i].last), CASES[i].known);
        fact.care_request.pic.intensity = CASES[i].pic_intensity;
        fact.care_request.products = CASES[i].products;
        AllocationDecision decision = hear(&region, fact);
        const char *becomes = told_all(region.arena, decision.begun);
        if (decision.reason != CASES[i].reason || strcmp(becomes, CASES[i].becomes) != 0)
            fail_msg("%s: %s %s", CASES[i].story, allocation_reason_name(decision.reason), becomes);
        for (size_t j = 0; j < decision.begun.count; j++)
            assert_string_equal(decision.begun.list[j].trajectory, decision.trajectory->id);
    }
}

/* Care that begins in 2019 makes its client an existing one in 2020: that is the soft transition. */
static void care_that_runs_over_the_reference_day_stays_by_product(void **state)
{
    (void)state;
    AllocationDecision decision =
        hear(&region, asks("r", new_client("c"), DELFT, days("2019-11-04", "2020-08-28"), PLAN));
    assert_reason(decision, ALLOCATION_GRANTED_BY_RULE);
    assert_string_equal(told_all(region.arena, decision.begun), "2019-11-04..2020-08-28 PXQ 45A48 3 HOUR");
    assert_int_equal(decision.trajectory->content, CONTENT_NONE);
}

/* what stands in the way of a request */

static void two_of_the_same(CareRequest *request)
{
    static const AllocatedProduct TWICE[] = {{"45", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK},
                                             {"45", "45A48", 1, UNIT_HOUR, FREQUENCY_PER_WEEK}};
    request->products = (AllocatedProducts){TWICE, 2};
}

static void one_product(CareRequest *request, AllocatedProduct product)
{
    AllocatedProduct *list = arena_copy(region.arena, &product, sizeof product);
    request->products = (AllocatedProducts){list, 1};
}

/* clang-format off */
static void reversed(CareFact *fact) { fact->care_request.period = days("2020-11-27", "2020-02-03"); }
static void elsewhere(CareFact *fact) { fact->conversation = between("0363", PROVIDER); }
static void no_segment(CareFact *fact) { fact->care_request.segment = "LIGHT"; }
static void no_product(CareFact *fact) { one_product(&fact->care_request, (AllocatedProduct){"45", "45A99", 3, UNIT_HOUR, FREQUENCY_PER_WEEK}); }
static void other_category(CareFact *fact) { one_product(&fact->care_request, (AllocatedProduct){"41", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK}); }
static void other_segment(CareFact *fact) { fact->care_request.products.list = HIGH_HOURS; }
static void twice(CareFact *fact) { two_of_the_same(&fact->care_request); }
static void in_days(CareFact *fact) { one_product(&fact->care_request, (AllocatedProduct){"45", "45A48", 3, UNIT_DAY, FREQUENCY_PER_WEEK}); }
static void not_contracted(CareFact *fact) { one_product(&fact->care_request, (AllocatedProduct){"41", "41A03", 3, UNIT_DAY_PART, FREQUENCY_PER_WEEK}); }
static void undecided(CareFact *fact) { fact->care_request.referrer = REFERRER_MUNICIPALITY; }
static void without_pic(CareFact *fact) { fact->care_request.pic = (Pic){"", ""}; }
static void other_pic(CareFact *fact) { fact->care_request.pic = (Pic){"P9", "INTENSIEF"}; }
static void without_results(CareFact *fact) { fact->care_request.results.count = 0; }
static void uncontracted_pic(CareFact *fact) { fact->care_request.pic = (Pic){"P2", "INTENSIEF"}; }
static void no_contract(CareFact *fact) { fact->conversation = between(fact->conversation.municipality, "90000003"); }
static void past_the_contract(CareFact *fact) { fact->care_request.period.last = day("2022-08-26"); }
static void by_specialist(CareFact *fact) { fact->care_request.referrer = REFERRER_SPECIALIST; }
static void nine_hours(CareFact *fact) { one_product(&fact->care_request, (AllocatedProduct){"45", "45A48", 9, UNIT_HOUR, FREQUENCY_PER_WEEK}); }
static void after_the_table(CareFact *fact) { fact->care_request.period = days("2022-02-07", "2022-05-27"); }
static void after_the_cohorts(CareFact *fact) { fact->care_request.period = days("2023-02-06", "2023-05-26"); }
static void without_end(CareFact *fact) { fact->care_request.period.last = DAY_LAST; }
static void of_age(CareFact *fact) { fact->care_request.client.age_first = 23; }
static void coming_of_age(CareFact *fact) { fact->care_request.client.age_last = 18; }
static void pic_as_product(CareFact *fact) { one_product(&fact->care_request, (AllocatedProduct){"50", "P1INT", 450000, UNIT_EURO, FREQUENCY_IN_TOTAL}); }
/* clang-format on */

static void unpriced_pic(CareFact *fact)
{
    fact->care_request.segment = "HIGHLY_SPECIALIST";
    fact->care_request.period = days("2021-02-01", "2021-05-28");
    fact->care_request.pic = (Pic){"P2", "INTENSIEF"};
}

static void a_request_is_held_against_all_that_is_agreed(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story;
        const char *municipality;
        void (*flaw)(CareFact *fact);
        AllocationReason reason;
        Judgement judgement;
    } CASES[] = {
        {"the last day comes first", DELFT, reversed, ALLOCATION_PERIOD_IS_EMPTY, JUDGEMENT_REFUSED},
        {"Amsterdam is none of the region's", DELFT, elsewhere, ALLOCATION_MUNICIPALITY_UNKNOWN, JUDGEMENT_REFUSED},
        {"a segment that nobody agreed", DELFT, no_segment, ALLOCATION_SEGMENT_UNKNOWN, JUDGEMENT_REFUSED},
        {"a product that nobody agreed", THE_HAGUE, no_product, ALLOCATION_PRODUCT_UNKNOWN, JUDGEMENT_REFUSED},
        {"a product under another category", THE_HAGUE, other_category, ALLOCATION_PRODUCT_UNKNOWN, JUDGEMENT_REFUSED},
        {"a product of the other segment", THE_HAGUE, other_segment, ALLOCATION_PRODUCT_UNKNOWN, JUDGEMENT_REFUSED},
        {"one product twice", THE_HAGUE, twice, ALLOCATION_PRODUCT_NAMED_TWICE, JUDGEMENT_REFUSED},
        {"hours of guidance asked in days", THE_HAGUE, in_days, ALLOCATION_UNIT_NOT_OF_PRODUCT, JUDGEMENT_REFUSED},
        {"a product outside the contract", THE_HAGUE, not_contracted, ALLOCATION_PRODUCT_NOT_IN_CONTRACT, JUDGEMENT_REFUSED},
        {"the municipality refers and names no decision", DELFT, undecided, ALLOCATION_DECISION_NOT_NAMED, JUDGEMENT_REFUSED},
        {"a new client of 2020 without a PIC", DELFT, without_pic, ALLOCATION_PIC_MISSING, JUDGEMENT_REFUSED},
        {"without a PIC, where it is paid by product", THE_HAGUE, without_pic, ALLOCATION_PIC_MISSING, JUDGEMENT_REFUSED},
        {"a profile that nobody agreed", DELFT, other_pic, ALLOCATION_PIC_UNKNOWN, JUDGEMENT_REFUSED},
        {"a PIC without a result to reach", DELFT, without_results, ALLOCATION_RESULTS_MISSING, JUDGEMENT_REFUSED},
        {"a PIC outside the contract", DELFT, uncontracted_pic, ALLOCATION_PIC_NOT_IN_CONTRACT, JUDGEMENT_REFUSED},
        {"a provider without a contract", DELFT, no_contract, ALLOCATION_NO_CONTRACT, JUDGEMENT_REFUSED},
        {"the contract ends halfway", DELFT, past_the_contract, ALLOCATION_CONTRACT_HAS_GAP, JUDGEMENT_REFUSED},
        {"a specialist's word needs a person", THE_HAGUE, by_specialist, ALLOCATION_PERSON_MUST_JUDGE, JUDGEMENT_REFERRED},
        {"nine hours a week need a person", THE_HAGUE, nine_hours, ALLOCATION_PERSON_MUST_JUDGE, JUDGEMENT_REFERRED},
        {"the funding table ends halfway", DELFT, after_the_table, ALLOCATION_FUNDING_UNKNOWN, JUDGEMENT_REFERRED},
        {"no cohort is agreed for 2023", DELFT, after_the_cohorts, ALLOCATION_COHORT_UNKNOWN, JUDGEMENT_REFERRED},
        {"the code of a PIC as if it were a product", THE_HAGUE, pic_as_product, ALLOCATION_PRODUCT_UNKNOWN, JUDGEMENT_REFUSED},
        {"twenty-three on the first day", DELFT, of_age, ALLOCATION_CLIENT_TOO_OLD, JUDGEMENT_REFUSED},
        {"eighteen before the last day", DELFT, coming_of_age, ALLOCATION_COMES_OF_AGE, JUDGEMENT_REFERRED},
        {"no last day", DELFT, without_end, ALLOCATION_END_DATE_MISSING, JUDGEMENT_REFUSED},
        {"a PIC without a price", DELFT, unpriced_pic, ALLOCATION_PIC_WITHOUT_PRICE, JUDGEMENT_REFERRED},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *name = arena_format(region.arena, "request-%zu", i);
        CareFact fact = asks(name, new_client(name), CASES[i].municipality, days("2020-02-03", "2020-11-27"), PLAN);
        CASES[i].flaw(&fact);
        AllocationDecision decision = hear(&region, fact);
        if (decision.reason != CASES[i].reason || decision.judgement != CASES[i].judgement)
            fail_msg("%s: %s", CASES[i].story, allocation_reason_name(decision.reason));
        assert_int_equal(decision.begun.count, 0);
        assert_string_equal(decision.reference, name);
        assert_int_equal(decision.request->state,
                         decision.judgement == JUDGEMENT_REFERRED ? REQUEST_PENDING : REQUEST_REFUSED);
    }
}

/* who grants */

static void the_referrer_the_volume_and_a_person_decide_who_grants(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story;
        Referrer referrer;
        const char *decision, *granted_by;
        int64_t hours;
        AllocationReason reason;
    } CASES[] = {
        /* story                                      referrer                        decision  granted by  hours outcome */
        {"a GP, up to eight hours",                   REFERRER_GP,                    "",       "",         8, ALLOCATION_GRANTED_BY_RULE},
        {"a GP, nine hours",                          REFERRER_GP,                    "",       "",         9, ALLOCATION_PERSON_MUST_JUDGE},
        {"the municipality names its decision",       REFERRER_MUNICIPALITY,          "B-1",    "",        20, ALLOCATION_GRANTED_BY_RULE},
        {"the municipality names none",               REFERRER_MUNICIPALITY,          "",       "",         1, ALLOCATION_DECISION_NOT_NAMED},
        {"a judge, whatever the volume",              REFERRER_JUDGE,                 "",       "",       100, ALLOCATION_GRANTED_AS_BOUND},
        {"a certified institution",                   REFERRER_CERTIFIED_INSTITUTION, "",       "",       100, ALLOCATION_GRANTED_AS_BOUND},
        {"nobody referred, and the book is silent",   REFERRER_SELF,                  "",       "",         1, ALLOCATION_PERSON_MUST_JUDGE},
        {"the municipality grants, nobody asked",     REFERRER_MUNICIPALITY,          "",       "operator", 9, ALLOCATION_GRANTED_UNASKED},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *name = arena_format(region.arena, "request-%zu", i);
        CareFact fact = asks(name, new_client(name), THE_HAGUE, days("2020-02-03", "2020-11-27"), PLAN);
        fact.care_request.referrer = CASES[i].referrer;
        fact.care_request.decision = CASES[i].decision;
        fact.care_request.granted_by = CASES[i].granted_by;
        one_product(&fact.care_request,
                    (AllocatedProduct){"45", "45A48", CASES[i].hours, UNIT_HOUR, FREQUENCY_PER_WEEK});
        AllocationDecision decision = hear(&region, fact);
        if (decision.reason != CASES[i].reason)
            fail_msg("%s: %s", CASES[i].story, allocation_reason_name(decision.reason));
    }
}

static CareFact word(FactKind kind, const char *reference, const char *municipality, const char *known)
{
    return (CareFact){
        .kind = kind,
        .conversation = between(municipality, PROVIDER),
        .known = day(known),
        .word = {.reference = reference, .pic = {"", ""}},
    };
}

static void what_a_person_must_judge_waits_five_working_days_and_is_judged_once(void **state)
{
    (void)state;
    CareFact fact = asks("r1", new_client("c"), THE_HAGUE, days("2020-05-04", "2020-11-27"), "2020-04-09");
    fact.care_request.referrer = REFERRER_SPECIALIST;
    AllocationDecision referred = hear(&region, fact);
    assert_reason(referred, ALLOCATION_PERSON_MUST_JUDGE);
    assert_int_equal(referred.due.number, day("2020-04-17").number); /* Easter Monday is no working day */

    fact.care_request.reference = "r2";
    assert_reason(hear(&region, fact), ALLOCATION_REQUEST_ALREADY_PENDING);
    fact.care_request.reference = "r1";
    assert_reason(hear(&region, fact), ALLOCATION_REFERENCE_USED);

    assert_reason(hear(&region, word(FACT_REQUEST_GRANTED, "r9", THE_HAGUE, "2020-04-14")), ALLOCATION_REQUEST_UNKNOWN);
    AllocationDecision granted = hear(&region, word(FACT_REQUEST_GRANTED, "r1", THE_HAGUE, "2020-04-14"));
    assert_reason(granted, ALLOCATION_GRANTED_BY_PERSON);
    assert_string_equal(told_all(region.arena, granted.begun), "2020-05-04..2020-11-27 PXQ 45A48 3 HOUR");
    assert_int_equal(granted.begun.list[0].known.number, day("2020-04-14").number);
    assert_int_equal(granted.request->version, 2);
    assert_reason(hear(&region, word(FACT_REQUEST_REFUSED, "r1", THE_HAGUE, "2020-04-15")),
                  ALLOCATION_REQUEST_ALREADY_JUDGED);
}

static void a_person_refuses_and_the_client_may_be_asked_for_again(void **state)
{
    (void)state;
    CareFact fact = asks("r1", new_client("c"), THE_HAGUE, days("2020-05-04", "2020-11-27"), PLAN);
    fact.care_request.referrer = REFERRER_SPECIALIST;
    hear(&region, fact);
    assert_reason(hear(&region, word(FACT_REQUEST_REFUSED, "r1", THE_HAGUE, "2019-12-03")),
                  ALLOCATION_REFUSED_BY_PERSON);
    fact.care_request.reference = "r2";
    assert_reason(hear(&region, fact), ALLOCATION_PERSON_MUST_JUDGE);
}

static void a_person_fills_in_what_a_request_lacked(void **state)
{
    (void)state;
    CareFact fact = asks("r1", new_client("c"), THE_HAGUE, days("2020-05-04", "2020-11-27"), PLAN);
    fact.care_request.products = (AllocatedProducts){0};
    assert_reason(hear(&region, fact), ALLOCATION_PRODUCTS_MISSING);

    AllocationDecision still = hear(&region, word(FACT_REQUEST_GRANTED, "r1", THE_HAGUE, PLAN));
    assert_reason(still, ALLOCATION_PRODUCTS_MISSING);
    assert_int_equal(still.request->state, REQUEST_PENDING);

    CareFact filled_in = word(FACT_REQUEST_GRANTED, "r1", THE_HAGUE, PLAN);
    filled_in.word.products = (AllocatedProducts){HOURS, 1};
    AllocationDecision granted = hear(&region, filled_in);
    assert_reason(granted, ALLOCATION_GRANTED_BY_PERSON);
    assert_string_equal(told_all(region.arena, granted.begun), "2020-05-04..2020-11-27 PXQ 45A48 3 HOUR");
}

static void an_operator_who_grants_hears_at_once_what_is_missing(void **state)
{
    (void)state;
    CareFact fact = asks("", new_client("c"), THE_HAGUE, days("2020-05-04", "2020-11-27"), PLAN);
    fact.care_request.granted_by = "operator";
    fact.care_request.products = (AllocatedProducts){0};
    AllocationDecision decision = hear(&region, fact);
    assert_reason(decision, ALLOCATION_PRODUCTS_MISSING);
    assert_int_equal(decision.judgement, JUDGEMENT_REFUSED);
    assert_null(decision.request);
}

static void a_ceiling_stops_new_allocations_and_no_judge(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *client;
        const char *municipality;
        Referrer referrer;
        bool goes_on;
        AllocationReason reason;
    } CASES[] = {
        {"before", DELFT, REFERRER_GP, true, ALLOCATION_GRANTED_BY_RULE}, /* care that goes on is not new */
        {"first", DELFT, REFERRER_GP, false, ALLOCATION_GRANTED_BY_RULE},
        {"second", DELFT, REFERRER_GP, false, ALLOCATION_CEILING_REACHED},
        {"after", DELFT, REFERRER_GP, true, ALLOCATION_GRANTED_BY_RULE},
        {"third", DELFT, REFERRER_JUDGE, false, ALLOCATION_GRANTED_AS_BOUND},
        {"fourth", THE_HAGUE, REFERRER_GP, false, ALLOCATION_GRANTED_BY_RULE}, /* the ceiling is Delft's alone */
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CareFact fact = asks(CASES[i].client, new_client(CASES[i].client), CASES[i].municipality,
                             days("2020-02-03", "2020-11-27"), PLAN);
        fact.conversation = between(CASES[i].municipality, SMALL_PROVIDER);
        fact.care_request.referrer = CASES[i].referrer;
        fact.care_request.goes_on = CASES[i].goes_on;
        assert_reason(hear(&region, fact), CASES[i].reason);
    }
}

/* numbers */

static void numbers_begin_at_the_floor_and_name_their_partition(void **state)
{
    (void)state;
    for (int64_t i = 0; i < 3; i++) {
        const char *name = arena_format(region.arena, "request-%lld", (long long)i);
        AllocationDecision decision =
            hear(&region, asks(name, new_client(name), DELFT, days("2020-02-03", "2020-11-27"), PLAN));
        int64_t number = strtoll(decision.begun.list[0].number, NULL, 10);
        assert_int_equal(number, 1000000 + PARTITIONS * i + partition_of(DELFT, PROVIDER));
        assert_int_equal(number % PARTITIONS, partition_of(DELFT, PROVIDER));
    }
}

/* care of the old administration */

static void running_care_keeps_its_number_and_stays_paid_by_product(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story, *number, *first, *last, *municipality, *segment;
        AllocationReason reason;
    } CASES[] = {
        {"covered to the end of 2019",          "77",      "2019-03-04", "2019-12-27", DELFT,  "SPECIALIST", ALLOCATION_TAKEN_OVER},
        {"a contract with a later one",         "78",      "2019-03-04", "2020-06-26", DELFT,  "SPECIALIST", ALLOCATION_TAKEN_OVER},
        {"longer than any contract",            "79",      "2019-03-04", "2023-06-30", DELFT,  "SPECIALIST", ALLOCATION_TAKEN_OVER_UNCOVERED},
        {"the same number again",               "77",      "2019-03-04", "2019-12-27", DELFT,  "SPECIALIST", ALLOCATION_NUMBER_USED},
        {"a number that the region may give out", "1000001", "2019-03-04", "2019-12-27", DELFT, "SPECIALIST", ALLOCATION_NUMBER_ABOVE_FLOOR},
        {"a number with letters is nobody else's", "A1000001", "2019-03-04", "2019-12-27", DELFT, "SPECIALIST", ALLOCATION_TAKEN_OVER},
        {"the last day comes first",            "80",      "2019-12-27", "2019-03-04", DELFT,  "SPECIALIST", ALLOCATION_PERIOD_IS_EMPTY},
        {"Amsterdam is none of the region's",   "80",      "2019-03-04", "2019-12-27", "0363", "SPECIALIST", ALLOCATION_MUNICIPALITY_UNKNOWN},
        {"a segment that nobody agreed",        "80",      "2019-03-04", "2019-12-27", DELFT,  "LIGHT",      ALLOCATION_SEGMENT_UNKNOWN},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        CareFact fact = takes_over(CASES[i].number, existing_client("c"), days(CASES[i].first, CASES[i].last));
        fact.conversation = between(CASES[i].municipality, PROVIDER);
        fact.take_over.segment = CASES[i].segment;
        AllocationDecision decision = hear(&region, fact);
        if (decision.reason != CASES[i].reason)
            fail_msg("%s: %s", CASES[i].story, allocation_reason_name(decision.reason));
        if (decision.judgement != JUDGEMENT_GRANTED)
            continue;
        assert_string_equal(decision.begun.list[0].number, CASES[i].number);
        assert_int_equal(decision.begun.list[0].funding, FUNDING_PXQ);
    }
}

/* changes */

enum { AS_IT_IS = 0 };

/* Taken over: 77, three hours a week to 2020-06-26. Granted: "new", a PIC to 2020-11-27; "total", 40 hours in all. */
static void three_allocations(const char *numbers[3])
{
    static const AllocatedProduct IN_TOTAL[] = {{"45", "45A48", 40, UNIT_HOUR, FREQUENCY_IN_TOTAL}};
    hear(&region, takes_over("77", existing_client("c"), days("2019-03-04", "2020-06-26")));
    AllocationDecision pic =
        hear(&region, asks("pic", new_client("new"), DELFT, days("2020-02-03", "2020-11-27"), PLAN));
    CareFact fact = asks("total", new_client("total"), DELFT, days("2019-06-03", "2019-12-27"), "2019-06-03");
    fact.care_request.products.list = IN_TOTAL;
    fact.care_request.referrer = REFERRER_JUDGE;
    AllocationDecision total = hear(&region, fact);
    numbers[0] = "77";
    numbers[1] = pic.begun.list[0].number;
    numbers[2] = total.begun.list[0].number;
}

static void a_number_changes_in_its_end_and_its_total_and_else_another_follows_it(void **state)
{
    (void)state;
    enum { HOURS_A_WEEK, A_PIC, A_TOTAL };
    static const char *const CLIENTS[] = {"c", "new", "total"};
    /* clang-format off */
    static const struct {
        const char *story;
        int which;
        const char *known, *first, *last;
        AllocatedProduct product;
        AllocationReason reason;
        const char *changed, *begun;
    } CASES[] = {
        {"a later end, unchanged: it is stretched", HOURS_A_WEEK, "2020-02-03", NULL, "2020-09-25", {"", "", 0, 0, 0},
         ALLOCATION_CHANGED_AS_ASKED, "2019-03-04..2020-09-25 PXQ 45A48 3 HOUR", ""},
        {"an earlier end", HOURS_A_WEEK, "2020-02-03", NULL, "2020-03-27", {"", "", 0, 0, 0},
         ALLOCATION_CHANGED_AS_ASKED, "2019-03-04..2020-03-27 PXQ 45A48 3 HOUR", ""},
        {"an earlier end in the past: the provider asks, so it agrees", HOURS_A_WEEK, "2020-02-03", NULL,
         "2019-12-27", {"", "", 0, 0, 0}, ALLOCATION_CHANGED_AS_ASKED, "2019-03-04..2019-12-27 PXQ 45A48 3 HOUR", ""},
        {"more hours a week: from the next day under a new number", HOURS_A_WEEK, "2020-02-03", NULL, NULL,
         {"", "", 4, 0, 0}, ALLOCATION_CHANGED_BY_NEW_NUMBER, "2019-03-04..2020-02-03 PXQ 45A48 3 HOUR",
         "2020-02-04..2020-06-26 PXQ 45A48 4 HOUR"},
        {"another product, from a day that is named", HOURS_A_WEEK, "2020-02-03", "2020-03-02", NULL,
         {"45", "45A48", 3, UNIT_MINUTE, FREQUENCY_PER_MONTH}, ALLOCATION_PERSON_MUST_JUDGE, "", ""},
        {"nine hours a week need a person", HOURS_A_WEEK, "2020-02-03", NULL, NULL, {"", "", 9, 0, 0},
         ALLOCATION_PERSON_MUST_JUDGE, "", ""},
        {"a new number from a day in the past", HOURS_A_WEEK, "2020-02-03", "2020-01-06", NULL, {"", "", 4, 0, 0},
         ALLOCATION_CHANGE_IN_PAST, "", ""},
        {"a new number from a day after the end", HOURS_A_WEEK, "2020-02-03", "2020-07-06", NULL, {"", "", 4, 0, 0},
         ALLOCATION_CHANGE_OUTSIDE_PERIOD, "", ""},
        {"a later end for a part of the period", HOURS_A_WEEK, "2020-02-03", "2020-03-02", "2020-09-25",
         {"", "", 0, 0, 0}, ALLOCATION_CHANGE_OF_WHOLE_PERIOD, "", ""},
        {"nothing", HOURS_A_WEEK, "2020-02-03", NULL, NULL, {"", "", 3, 0, 0}, ALLOCATION_NOTHING_CHANGES, "", ""},
        {"longer than the contract", HOURS_A_WEEK, "2020-02-03", NULL, "2022-09-30", {"", "", 0, 0, 0},
         ALLOCATION_CONTRACT_HAS_GAP, "", ""},
        {"an end before the begin, once it runs", HOURS_A_WEEK, "2020-02-03", NULL, "2019-03-01", {"", "", 0, 0, 0},
         ALLOCATION_CARE_HAS_BEGUN, "", ""},
        {"after its end", HOURS_A_WEEK, "2020-06-29", NULL, "2020-09-25", {"", "", 0, 0, 0}, ALLOCATION_NOT_RUNNING,
         "", ""},
        {"an end before the begin, before it runs", A_PIC, "2020-01-06", NULL, "2020-02-02", {"", "", 0, 0, 0},
         ALLOCATION_REMOVED_BEFORE_BEGIN, "2020-02-03..2020-02-03 PIC P1INT 450000 EURO removed", ""},
        {"a PIC for longer, at the price of its trajectory", A_PIC, "2020-03-02", NULL, "2020-12-18",
         {"", "", 0, 0, 0}, ALLOCATION_CHANGED_AS_ASKED, "2020-02-03..2020-12-18 PIC P1INT 450000 EURO", ""},
        {"a PIC into 2021, where care is paid by product: a person", A_PIC, "2020-07-06", NULL, "2021-03-26",
         {"", "", 0, 0, 0}, ALLOCATION_PRODUCTS_MISSING, "", ""},
        {"a PIC for another amount", A_PIC, "2020-03-02", NULL, NULL, {"", "", 500000, 0, 0},
         ALLOCATION_PIC_AMOUNT_IS_FIXED, "", ""},
        {"a PIC for hours", A_PIC, "2020-03-02", NULL, NULL, {"45", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK},
         ALLOCATION_PIC_AMOUNT_IS_FIXED, "", ""},
        {"a higher total, granted to a judge", A_TOTAL, "2019-08-05", NULL, NULL, {"", "", 60, 0, 0},
         ALLOCATION_CHANGED_AS_ASKED, "2019-06-03..2019-12-27 PXQ 45A48 60 HOUR", ""},
        {"a lower total, at the provider's own request", A_TOTAL, "2019-08-05", NULL, NULL, {"", "", 20, 0, 0},
         ALLOCATION_CHANGED_AS_ASKED, "2019-06-03..2019-12-27 PXQ 45A48 20 HOUR", ""},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        small_region_empty(&region);
        const char *numbers[3];
        three_allocations(numbers);
        CareFact fact = {
            .kind = FACT_CHANGE_REQUEST,
            .conversation = between(DELFT, PROVIDER),
            .known = day(CASES[i].known),
            .change_request =
                {
                    .reference = "change",
                    .client =
                        CASES[i].which == HOURS_A_WEEK ? existing_client("c") : new_client(CLIENTS[CASES[i].which]),
                    .allocation = numbers[CASES[i].which],
                    .product = CASES[i].product,
                    .ends = CASES[i].last,
                    .begins = CASES[i].first,
                },
        };
        if (CASES[i].last)
            fact.change_request.last_day = day(CASES[i].last);
        if (CASES[i].first)
            fact.change_request.first_day = day(CASES[i].first);

        AllocationDecision decision = hear(&region, fact);
        const char *changed = told_all(region.arena, decision.ended), *begun = told_all(region.arena, decision.begun);
        if (decision.reason != CASES[i].reason || strcmp(changed, CASES[i].changed) != 0 ||
            strcmp(begun, CASES[i].begun) != 0)
            fail_msg("%s: %s [%s] [%s]", CASES[i].story, allocation_reason_name(decision.reason), changed, begun);
        for (size_t j = 0; j < decision.ended.count; j++)
            assert_int_equal(decision.ended.list[j].version, 2);
    }
}

static void a_change_is_asked_once_by_the_provider_of_the_client(void **state)
{
    (void)state;
    const char *numbers[3];
    three_allocations(numbers);
    CareFact fact = {
        .kind = FACT_CHANGE_REQUEST,
        .conversation = between(DELFT, PROVIDER),
        .known = day("2020-02-03"),
        .change_request = {.reference = "change-1",
                           .client = new_client("someone"),
                           .allocation = "77",
                           .product = {"", "", 9, 0, 0}},
    };
    assert_reason(hear(&region, fact), ALLOCATION_CLIENT_DIFFERS);
    assert_reason(hear(&region, fact), ALLOCATION_REFERENCE_USED);

    fact.change_request.client = existing_client("c");
    fact.change_request.reference = "change-2";
    assert_reason(hear(&region, fact), ALLOCATION_PERSON_MUST_JUDGE);
    fact.change_request.reference = "change-3";
    assert_reason(hear(&region, fact), ALLOCATION_REQUEST_ALREADY_PENDING);

    AllocationDecision granted = hear(&region, word(FACT_REQUEST_GRANTED, "change-2", DELFT, "2020-02-06"));
    assert_reason(granted, ALLOCATION_CHANGED_BY_NEW_NUMBER);
    assert_string_equal(told_all(region.arena, granted.begun), "2020-02-07..2020-06-26 PXQ 45A48 9 HOUR");

    fact.conversation = between(DELFT, SMALL_PROVIDER);
    assert_reason(hear(&region, fact), ALLOCATION_NOT_RUNNING);
}

/* conversions */

static CareFact converts(const char *number, const char *on, const char *known, const char *consent)
{
    return (CareFact){
        .kind = FACT_CONVERSION,
        .conversation = between(DELFT, PROVIDER),
        .known = day(known),
        .conversion = {.client = existing_client("c"),
                       .allocation = number,
                       .day = day(on),
                       .pic = {"P1", "INTENSIEF"},
                       .results = {ONE_RESULT, 1},
                       .consent = consent},
    };
}

static int fundings_on(Day on, const char *client)
{
    bool paid[FUNDING_PIC + 1] = {false};
    const AllocationStanding *allocation =
        standing_client(region.standing, between(DELFT, PROVIDER), client)->allocations;
    for (; allocation; allocation = allocation->next_of_client)
        if (!allocation->now->removed && period_has(allocation->now->period, on))
            paid[allocation->now->funding] = true;
    return paid[FUNDING_PXQ] + paid[FUNDING_PIC];
}

static void an_existing_client_moves_to_pic_and_no_day_has_two_fundings_or_none(void **state)
{
    (void)state;
    CareFact beside = takes_over("78", existing_client("c"), days("2019-05-06", "2020-10-30"));
    hear(&region, takes_over("77", existing_client("c"), days("2019-03-04", "2020-06-26")));
    beside.take_over.product = (AllocatedProduct){"45", "45A53", 2, UNIT_DAY_PART, FREQUENCY_PER_WEEK};
    hear(&region, beside);

    AllocationDecision decision = hear(&region, converts("77", "2020-04-06", "2020-03-16", ""));
    assert_reason(decision, ALLOCATION_CONVERTED);
    assert_string_equal(told_all(region.arena, decision.ended),
                        "2019-03-04..2020-04-05 PXQ 45A48 3 HOUR; 2019-05-06..2020-04-05 PXQ 45A53 2 DAY_PART");
    assert_string_equal(told_all(region.arena, decision.begun), "2020-04-06..2020-10-30 PIC P1INT 450000 EURO");
    assert_int_equal(decision.ended.list[0].change, CHANGE_NEW_FUNDING);
    for (Day on = day("2019-03-04"); day_compare(on, day("2020-10-30")) <= 0; on = day_plus(on, 1))
        assert_int_equal(fundings_on(on, "c"), 1);

    /* From that day on the client counts as new: the next care that is asked goes by PIC. */
    AllocationDecision next =
        hear(&region, asks("next", existing_client("c"), DELFT, days("2020-11-02", "2020-12-18"), "2020-10-05"));
    assert_string_equal(told_all(region.arena, next.begun), "2020-11-02..2020-12-18 PIC P1INT 450000 EURO");
    assert_int_equal(next.doubt_count, 0);
}

static void a_conversion_is_held_against_all_that_is_agreed(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story, *number, *on, *known, *consent, *client;
        AllocationReason reason;
    } CASES[] = {
        {"a number that nobody has", "99", "2020-04-06", "2020-03-16", "", "c", ALLOCATION_NOT_RUNNING},
        {"another client", "77", "2020-04-06", "2020-03-16", "", "d", ALLOCATION_CLIENT_DIFFERS},
        {"on its first day, once it has begun", "77", "2019-03-04", "2019-06-03", "", "c", ALLOCATION_DAY_NOT_INSIDE},
        {"after its last day", "77", "2020-06-27", "2020-03-16", "", "c", ALLOCATION_DAY_NOT_INSIDE},
        {"in the past", "77", "2020-04-06", "2020-05-04", "", "c", ALLOCATION_CONSENT_MISSING},
        {"in the past, with consent", "77", "2020-04-06", "2020-05-04", "letter of 1 May", "c", ALLOCATION_CONVERTED},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        small_region_empty(&region);
        hear(&region, takes_over("77", existing_client("c"), days("2019-03-04", "2020-06-26")));
        CareFact fact = converts(CASES[i].number, CASES[i].on, CASES[i].known, CASES[i].consent);
        fact.conversion.client.reference = CASES[i].client;
        AllocationDecision decision = hear(&region, fact);
        if (decision.reason != CASES[i].reason)
            fail_msg("%s: %s", CASES[i].story, allocation_reason_name(decision.reason));
    }
}

static void care_that_is_funded_as_the_book_says_is_not_converted(void **state)
{
    (void)state;
    hear(&region, takes_over("77", existing_client("c"), days("2019-03-04", "2019-12-27")));
    assert_reason(hear(&region, converts("77", "2019-10-07", "2019-09-02", "")), ALLOCATION_ALREADY_FUNDED_SO);
}

static void care_paid_as_pic_goes_back_to_products_when_the_switch_is_withdrawn(void **state)
{
    (void)state;
    AllocationDecision planned =
        hear(&region, asks("r", new_client("c"), DELFT, days("2021-02-01", "2021-11-26"), PLAN));
    assert_string_equal(told_all(region.arena, planned.begun), "2021-02-01..2021-11-26 PIC P1INT 450000 EURO");

    CareFact fact = converts(planned.begun.list[0].number, "2021-04-01", "2021-03-01", "");
    fact.conversion.client = new_client("c");
    fact.conversion.pic = (Pic){"", ""};
    fact.conversion.results.count = 0;
    assert_reason(hear(&region, fact), ALLOCATION_PRODUCTS_MISSING); /* nobody guesses */

    fact.conversion.products = (AllocatedProducts){HOURS, 1};
    AllocationDecision decision = hear(&region, fact);
    assert_reason(decision, ALLOCATION_CONVERTED);
    assert_string_equal(told_all(region.arena, decision.ended), "2021-02-01..2021-03-31 PIC P1INT 450000 EURO");
    assert_string_equal(told_all(region.arena, decision.begun), "2021-04-01..2021-11-26 PXQ 45A48 3 HOUR");
    assert_string_equal(decision.begun.list[0].trajectory, planned.trajectory->id); /* the same help goes on */
}

static void another_pic_is_a_new_number_and_the_old_one_ends_the_day_before(void **state)
{
    (void)state;
    AllocationDecision granted =
        hear(&region, asks("r", new_client("c"), DELFT, days("2020-02-03", "2020-11-27"), PLAN));
    const char *number = granted.begun.list[0].number;

    CareFact fact = converts(number, "2020-06-01", "2020-05-11", "");
    fact.conversion.client = new_client("c");
    assert_reason(hear(&region, fact), ALLOCATION_ALREADY_FUNDED_SO); /* the PIC that it has */

    fact.conversion.pic = (Pic){"P1", "DUURZAAM_LICHT"};
    AllocationDecision decision = hear(&region, fact);
    assert_reason(decision, ALLOCATION_CONVERTED);
    assert_string_equal(told_all(region.arena, decision.ended), "2020-02-03..2020-05-31 PIC P1INT 450000 EURO");
    assert_string_equal(told_all(region.arena, decision.begun), "2020-06-01..2020-11-27 PIC P1DUU 600000 EURO");
    assert_int_equal(decision.ended.list[0].change, CHANGE_NEW_FUNDING);
    assert_true(decision.trajectory_begins);
    assert_string_not_equal(decision.begun.list[0].trajectory, granted.trajectory->id);
    for (Day on = day("2020-02-03"); day_compare(on, day("2020-11-27")) <= 0; on = day_plus(on, 1))
        assert_int_equal(fundings_on(on, "c"), 1);
}

/* care that becomes known late */

static void earlier_care_known_late_is_listed_and_nothing_flips(void **state)
{
    (void)state;
    hear(&region, asks("r1", new_client("c"), DELFT, days("2020-02-03", "2020-05-29"), PLAN));
    AllocationDecision later =
        hear(&region, asks("r2", existing_client("c"), DELFT, days("2020-06-01", "2020-11-27"), "2020-05-11"));
    assert_string_equal(told_all(region.arena, later.begun), "2020-06-01..2020-11-27 PXQ 45A48 3 HOUR");
    assert_int_equal(later.doubt_count, 1);
    assert_int_equal(later.doubts[0].would_be, COHORT_EXISTING);
    assert_string_equal(told(region.arena, later.doubts[0].allocation), "2020-02-03..2020-05-29 PIC P1INT 450000 EURO");

    AllocationDecision again =
        hear(&region, asks("r3", existing_client("c"), DELFT, days("2020-11-30", "2020-12-18"), "2020-11-02"));
    assert_int_equal(again.doubt_count, 0); /* it stands on the list */
}

/* starts, stops and outcomes */

static void a_notice_belongs_to_a_running_allocation_of_its_client(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story;
        FactKind kind;
        const char *number, *client, *on;
        AllocationReason reason;
    } STEPS[] = {
        {"a number that nobody has",     FACT_START,   "99", "c", "2020-02-10", ALLOCATION_NO_SUCH_ALLOCATION},
        {"another client",               FACT_START,   NULL, "d", "2020-02-10", ALLOCATION_CLIENT_DIFFERS},
        {"before the first day",         FACT_START,   NULL, "c", "2020-01-27", ALLOCATION_DAY_OUTSIDE_ALLOCATION},
        {"a stop before any start",      FACT_STOP,    NULL, "c", "2020-02-10", ALLOCATION_NOT_STARTED},
        {"it starts",                    FACT_START,   NULL, "c", "2020-02-10", ALLOCATION_FITS},
        {"it starts again",              FACT_START,   NULL, "c", "2020-02-11", ALLOCATION_ALREADY_STARTED},
        {"it stops before it started",   FACT_STOP,    NULL, "c", "2020-02-07", ALLOCATION_STOPPED_BEFORE_START},
        {"it stops",                     FACT_STOP,    NULL, "c", "2020-06-26", ALLOCATION_FITS},
        {"it goes on after the summer",  FACT_START,   NULL, "c", "2020-09-01", ALLOCATION_FITS},
        {"a result, after the last day", FACT_OUTCOME, NULL, "c", "2020-12-18", ALLOCATION_FITS},
        {"a result, before the first",   FACT_OUTCOME, NULL, "c", "2020-01-27", ALLOCATION_DAY_OUTSIDE_ALLOCATION},
        {"care taken over had started",  FACT_STOP,    "77", "c", "2019-12-20", ALLOCATION_FITS},
    };
    /* clang-format on */
    hear(&region, takes_over("77", existing_client("c"), days("2019-03-04", "2019-12-27")));
    CareFact request = asks("r", new_client("c"), DELFT, days("2020-02-03", "2020-11-27"), PLAN);
    const char *number = hear(&region, request).begun.list[0].number;
    for (size_t i = 0; i < COUNT(STEPS); i++) {
        AllocationDecision decision =
            hear(&region, (CareFact){
                              .kind = STEPS[i].kind,
                              .conversation = between(DELFT, PROVIDER),
                              .known = day("2020-12-21"),
                              .notice = {STEPS[i].client, STEPS[i].number ? STEPS[i].number : number, day(STEPS[i].on),
                                         STOP_AS_PLANNED},
                          });
        if (decision.reason != STEPS[i].reason)
            fail_msg("%s: %s", STEPS[i].story, allocation_reason_name(decision.reason));
        assert_int_equal(decision.notice != NULL, decision.reason == ALLOCATION_FITS);
    }
}

/* care that leaves */

static CareFact ends(const char *number, const char *last_day, ChangeReason reason, const char *known,
                     const char *consent)
{
    return (CareFact){
        .kind = FACT_ENDING,
        .conversation = between(DELFT, PROVIDER),
        .known = day(known),
        .ending = {.client = "c",
                   .allocation = number,
                   .last_day = day(last_day),
                   .reason = reason,
                   .consent = consent,
                   .whole_trajectory = true},
    };
}

static void care_ends_as_the_municipality_says_and_the_past_is_the_providers(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story, *number, *last, *known, *consent, *client, *said;
        ChangeReason why;
        AllocationReason reason;
        const char *becomes;
    } CASES[] = {
        {"she moves next month", "77", "2020-03-31", "2020-03-16", "", "c", NULL, CHANGE_MOVED,
         ALLOCATION_ENDED_AS_SAID, "2019-03-04..2020-03-31 PXQ 45A48 3 HOUR"},
        {"she moves tomorrow: today is no past", "77", "2020-03-16", "2020-03-16", "", "c", NULL, CHANGE_MOVED,
         ALLOCATION_ENDED_AS_SAID, "2019-03-04..2020-03-16 PXQ 45A48 3 HOUR"},
        {"she moved yesterday", "77", "2020-03-15", "2020-03-16", "", "c", NULL, CHANGE_MOVED,
         ALLOCATION_CONSENT_MISSING, ""},
        {"she moved yesterday, and the provider agrees", "77", "2020-03-15", "2020-03-16", "letter of 16 March", "c",
         NULL, CHANGE_MOVED, ALLOCATION_ENDED_AS_SAID, "2019-03-04..2020-03-15 PXQ 45A48 3 HOUR"},
        {"it was said in time and came here late", "77", "2020-03-15", "2020-03-20", "", "c", "2020-03-14",
         CHANGE_MOVED, ALLOCATION_ENDED_AS_SAID, "2019-03-04..2020-03-15 PXQ 45A48 3 HOUR"},
        {"another provider takes over", "77", "2020-03-31", "2020-03-16", "", "c", NULL, CHANGE_OTHER_PROVIDER,
         ALLOCATION_ENDED_AS_SAID, "2019-03-04..2020-03-31 PXQ 45A48 3 HOUR"},
        {"an end that is no reason to end", "77", "2020-03-31", "2020-03-16", "", "c", NULL, CHANGE_EXTENDED,
         ALLOCATION_END_REASON_WRONG, ""},
        {"no reason at all", "77", "2020-03-31", "2020-03-16", "", "c", NULL, CHANGE_NONE,
         ALLOCATION_END_REASON_WRONG, ""},
        {"a number that nobody has", "99", "2020-03-31", "2020-03-16", "", "c", NULL, CHANGE_MOVED,
         ALLOCATION_NOT_RUNNING, ""},
        {"another client", "77", "2020-03-31", "2020-03-16", "", "d", NULL, CHANGE_MOVED,
         ALLOCATION_CLIENT_DIFFERS, ""},
        {"it ends by itself before that day", "77", "2020-06-26", "2020-03-16", "", "c", NULL, CHANGE_MOVED,
         ALLOCATION_NOTHING_CHANGES, ""},
        {"it is to begin later: it is removed", "78", "2020-03-31", "2020-03-16", "", "c", NULL, CHANGE_MOVED,
         ALLOCATION_ENDED_AS_SAID, "2020-04-01..2020-04-01 PXQ 45A48 3 HOUR removed"},
        {"it has begun, and may not be taken away whoever agrees", "78", "2020-03-31", "2020-04-16", "letter", "c",
         NULL, CHANGE_MOVED, ALLOCATION_CARE_HAS_BEGUN, ""},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        small_region_empty(&region);
        hear(&region, takes_over("77", existing_client("c"), days("2019-03-04", "2020-06-26")));
        hear(&region, takes_over("78", existing_client("c"), days("2020-04-01", "2020-06-26")));
        CareFact fact = ends(CASES[i].number, CASES[i].last, CASES[i].why, CASES[i].known, CASES[i].consent);
        fact.ending.client = CASES[i].client;
        if (CASES[i].said)
            fact.ending.said = day(CASES[i].said);
        AllocationDecision decision = hear(&region, fact);
        const char *becomes = told_all(region.arena, decision.ended);
        if (decision.reason != CASES[i].reason || strcmp(becomes, CASES[i].becomes) != 0)
            fail_msg("%s: %s %s", CASES[i].story, allocation_reason_name(decision.reason), becomes);
        for (size_t j = 0; j < decision.ended.count; j++)
            assert_int_equal(decision.ended.list[j].change,
                             decision.ended.list[j].removed ? CHANGE_REMOVED : CASES[i].why);
    }
}

static void what_is_left_of_a_trajectory_ends_together(void **state)
{
    (void)state;
    AllocationDecision granted =
        hear(&region, asks("r", new_client("c"), DELFT, days("2020-09-01", "2021-05-31"), LETTER));
    assert_string_equal(told_all(region.arena, granted.begun),
                        "2020-09-01..2020-12-31 PIC P1INT 450000 EURO; 2021-01-01..2021-05-31 PXQ 45A48 3 HOUR");
    CareFact fact = ends(granted.begun.list[0].number, "2020-11-30", CHANGE_MOVED, "2020-10-05", "");
    AllocationDecision decision = hear(&region, fact);
    assert_string_equal(
        told_all(region.arena, decision.ended),
        "2020-09-01..2020-11-30 PIC P1INT 450000 EURO; 2021-01-01..2021-01-01 PXQ 45A48 3 HOUR removed");
}

static void a_death_ends_what_runs_and_removes_what_was_to_begin(void **state)
{
    (void)state;
    hear(&region, takes_over("76", existing_client("c"), days("2019-03-04", "2019-12-31")));
    hear(&region, takes_over("77", existing_client("c"), days("2019-03-04", "2020-06-26")));
    hear(&region, takes_over("78", existing_client("c"), days("2020-04-01", "2020-06-26")));
    hear(&region, takes_over("79", existing_client("d"), days("2019-03-04", "2020-06-26")));
    CareFact fact = {.kind = FACT_DEATH,
                     .conversation = between(DELFT, PROVIDER),
                     .known = day("2020-04-06"),
                     .death = {"c", day("2020-03-10")}};
    AllocationDecision decision = hear(&region, fact);
    assert_reason(decision, ALLOCATION_CLIENT_DIED);
    assert_string_equal(told_all(region.arena, decision.ended),
                        "2019-03-04..2020-03-10 PXQ 45A48 3 HOUR; 2020-04-01..2020-04-01 PXQ 45A48 3 HOUR removed");
    assert_int_equal(decision.ended.list[0].change, CHANGE_DEATH);

    AllocationDecision again = hear(&region, fact);
    assert_int_equal(again.judgement, JUDGEMENT_CHANGED);
    assert_int_equal(again.ended.count, 0);
}

static void two_clients_who_are_one_have_all_allocations_under_one_reference(void **state)
{
    (void)state;
    CareFact request = asks("r", new_client("old"), DELFT, days("2020-02-03", "2020-11-27"), PLAN);
    hear(&region, request);
    hear(&region, takes_over("77", existing_client("old"), days("2019-03-04", "2019-12-27")));
    hear(&region, takes_over("78", existing_client("new"), days("2019-03-04", "2020-06-26")));
    CareFact join = {.kind = FACT_JOINING,
                     .conversation = between(DELFT, PROVIDER),
                     .known = day("2020-04-06"),
                     .joining = {"old", "new"}};
    AllocationDecision decision = hear(&region, join);
    assert_reason(decision, ALLOCATION_CLIENT_JOINED);
    assert_int_equal(decision.ended.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(decision.ended.list[i].client, "new");
        assert_int_equal(decision.ended.list[i].change, CHANGE_ADMINISTRATIVE);
        assert_int_equal(decision.ended.list[i].version, 2);
    }
    int count = 0;
    const AllocationStanding *each = standing_client(region.standing, join.conversation, "new")->allocations;
    for (; each; each = each->next_of_client)
        count++;
    assert_int_equal(count, 3);
    assert_null(standing_client(region.standing, join.conversation, "old")->allocations);

    DeclaredLine line = {"new", "77", "45", "45A48", days("2019-09-01", "2019-09-30"), UNIT_HOUR, false};
    CareFact declared = {.kind = FACT_DECLARATION,
                         .conversation = join.conversation,
                         .known = day("2020-04-07"),
                         .declaration = {days("2020-03-01", "2020-03-31"), &line, 1}};
    assert_reason(hear(&region, declared).lines[0], ALLOCATION_FITS);
    line.client = "old";
    assert_reason(hear(&region, declared).lines[0], ALLOCATION_CLIENT_DIFFERS);
}

static void care_that_goes_on_from_elsewhere_is_no_new_care(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story;
        bool in_care;
        Cohort cohort;
        const char *becomes;
    } CASES[] = {
        {"in care since before 2020, and paid by product there", true, COHORT_EXISTING, "2020-02-03..2020-11-27 PXQ 45A48 3 HOUR"},
        {"in care since before 2020, and moved to a PIC there", true, COHORT_NEW, "2020-02-03..2020-11-27 PIC P1INT 450000 EURO"},
        {"a new client", false, COHORT_NEW, "2020-02-03..2020-11-27 PIC P1INT 450000 EURO"},
        {"not known: as the care periods say", true, (Cohort)0, "2020-02-03..2020-11-27 PXQ 45A48 3 HOUR"},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        small_region_empty(&region);
        Client client = CASES[i].in_care ? existing_client("c") : new_client("c");
        CareFact fact = asks("r", client, DELFT, days("2020-02-03", "2020-11-27"), PLAN);
        fact.care_request.granted_by = "operator-a";
        fact.care_request.goes_on = true;
        fact.care_request.cohort = CASES[i].cohort;
        AllocationDecision decision = hear(&region, fact);
        assert_false(decision.counts_as_new);
        if (strcmp(told_all(region.arena, decision.begun), CASES[i].becomes) != 0)
            fail_msg("%s: %s %s", CASES[i].story, allocation_reason_name(decision.reason),
                     told_all(region.arena, decision.begun));
    }
}

/* declared lines */

static void a_declared_line_is_held_against_the_allocation_that_it_names(void **state)
{
    (void)state;
    /* 77: hours a week, 2019-03-04 to 2019-12-16. 78 is removed before it begins. */
    /* clang-format off */
    static const struct {
        const char *story, *number, *client, *category, *code;
        Unit unit;
        const char *first, *last;
        bool credit;
        const char *declared; /* any day of the month */
        const char *return_code;
    } LINES[] = {
        {"a whole month",               "77", "c", "45", "45A48", UNIT_HOUR,   "2019-09-01", "2019-09-30", false, "2019-12-02", ""},
        {"hours declared in minutes",   "77", "c", "45", "45A48", UNIT_MINUTE, "2019-08-01", "2019-08-31", false, "2019-12-02", ""},
        {"from the first day allocated","77", "c", "45", "45A48", UNIT_HOUR,   "2019-03-04", "2019-03-31", false, "2019-12-02", ""},
        {"to the last day allocated",   "77", "c", "45", "45A48", UNIT_HOUR,   "2019-12-01", "2019-12-16", false, "2019-12-02", ""},
        {"a number that nobody has",    "99", "c", "45", "45A48", UNIT_HOUR,   "2019-09-01", "2019-09-30", false, "2019-12-02", "9338"},
        {"another client",              "77", "d", "45", "45A48", UNIT_HOUR,   "2019-09-01", "2019-09-30", false, "2019-12-02", "8187"},
        {"nobody of ours",              "77", "",  "45", "45A48", UNIT_HOUR,   "2019-09-01", "2019-09-30", false, "2019-12-02", "8187"},
        {"another category",            "77", "c", "41", "45A48", UNIT_HOUR,   "2019-09-01", "2019-09-30", false, "2019-12-02", "9339"},
        {"another product",             "77", "c", "45", "45A53", UNIT_HOUR,   "2019-09-01", "2019-09-30", false, "2019-12-02", "9340"},
        {"another unit",                "77", "c", "45", "45A48", UNIT_PIECE,  "2019-09-01", "2019-09-30", false, "2019-12-02", "9341"},
        {"before the first day",        "77", "c", "45", "45A48", UNIT_HOUR,   "2019-03-01", "2019-03-31", false, "2019-12-02", "9307"},
        {"after the last day",          "77", "c", "45", "45A48", UNIT_HOUR,   "2019-12-01", "2019-12-31", false, "2019-12-02", "9308"},
        {"on a removed allocation",     "78", "c", "45", "45A48", UNIT_HOUR,   "2019-09-01", "2019-09-30", false, "2019-12-02", "9384"},
        {"without its first days",      "77", "c", "45", "45A48", UNIT_HOUR,   "2019-09-02", "2019-09-30", false, "2019-12-02", "9387"},
        {"without its last days",       "77", "c", "45", "45A48", UNIT_HOUR,   "2019-09-01", "2019-09-29", false, "2019-12-02", "9388"},
        {"two months in one",           "77", "c", "45", "45A48", UNIT_HOUR,   "2019-08-01", "2019-09-30", false, "2019-12-02", "9388"},
        {"a month that is yet to come", "77", "c", "45", "45A48", UNIT_HOUR,   "2019-11-01", "2019-11-30", false, "2019-10-01", "9319"},
        {"a credit, whatever became of the allocation", "78", "c", "45", "45A48", UNIT_HOUR, "2019-09-01", "2019-09-30", true, "2019-12-02", ""},
        {"a credit for another client", "77", "d", "45", "45A48", UNIT_HOUR,   "2019-09-01", "2019-09-30", true, "2019-12-02", "8187"},
    };
    /* clang-format on */
    hear(&region, takes_over("77", existing_client("c"), days("2019-03-04", "2019-12-16")));
    hear(&region, takes_over("78", existing_client("c"), days("2019-07-01", "2019-12-16")));
    hear(&region, (CareFact){
                      .kind = FACT_CHANGE_REQUEST,
                      .conversation = between(DELFT, PROVIDER),
                      .known = day("2019-06-10"),
                      .change_request = {.reference = "removal",
                                         .client = existing_client("c"),
                                         .allocation = "78",
                                         .ends = true,
                                         .last_day = day("2019-06-30"),
                                         .product = {"", "", 0, 0, 0}},
                  });

    CareFact fact = {.kind = FACT_DECLARATION, .conversation = between(DELFT, PROVIDER), .known = day("2020-01-06")};
    for (size_t i = 0; i < COUNT(LINES); i++) {
        DeclaredLine line = {
            LINES[i].client, LINES[i].number, LINES[i].category, LINES[i].code, days(LINES[i].first, LINES[i].last),
            LINES[i].unit,   LINES[i].credit};
        fact.declaration = (Declaration){period_month(day(LINES[i].declared)), &line, 1};
        LineMatch match = hear(&region, fact).lines[0];
        if (strcmp(allocation_reason_code(match.reason), LINES[i].return_code) != 0)
            fail_msg("%s: %s", LINES[i].story, allocation_reason_name(match.reason));
    }
}

static void a_line_on_the_allocation_of_another_provider_has_none(void **state)
{
    (void)state;
    hear(&region, takes_over("77", existing_client("c"), days("2019-03-04", "2019-12-16")));
    DeclaredLine lines[] = {
        {"c", "77", "45", "45A48", days("2019-09-01", "2019-09-30"), UNIT_HOUR, false},
        {"c", "77", "45", "45A48", days("2019-10-01", "2019-10-31"), UNIT_HOUR, false},
    };
    CareFact fact = {
        .kind = FACT_DECLARATION,
        .conversation = between(DELFT, PROVIDER),
        .known = day("2019-11-04"),
        .declaration = {days("2019-10-01", "2019-10-31"), lines, COUNT(lines)},
    };
    AllocationDecision decision = hear(&region, fact);
    assert_int_equal(decision.line_count, 2);
    assert_reason(decision.lines[1], ALLOCATION_FITS);

    fact.conversation = between(DELFT, SMALL_PROVIDER);
    assert_reason(hear(&region, fact).lines[1], ALLOCATION_LINE_WITHOUT_ALLOCATION);
}

static void what_asks_for_no_judgement_is_passed_on(void **state)
{
    (void)state;
    AllocationDecision decision =
        hear(&region, (CareFact){.kind = FACT_PASSED_ON, .conversation = between(DELFT, PROVIDER)});
    assert_int_equal(decision.judgement, JUDGEMENT_NONE);
}

/* Runs last: each reason came up in a row of the tables above. */
static void every_reason_occurs(void **state)
{
    (void)state;
    int missing = 0;
    for (AllocationReason reason = ALLOCATION_FITS + 1; reason < ALLOCATION_REASON_COUNT; reason++) {
        if (reasons_seen[reason])
            continue;
        print_message("never seen: %s\n", allocation_reason_name(reason));
        missing++;
    }
    assert_int_equal(missing, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(care_is_given_and_paid_as_the_two_letters_say, empty_region),
        cmocka_unit_test_setup(a_period_that_crosses_a_change_of_funding_becomes_several_allocations, empty_region),
        cmocka_unit_test_setup(care_that_runs_over_the_reference_day_stays_by_product, empty_region),
        cmocka_unit_test_setup(a_request_is_held_against_all_that_is_agreed, empty_region),
        cmocka_unit_test_setup(the_referrer_the_volume_and_a_person_decide_who_grants, empty_region),
        cmocka_unit_test_setup(what_a_person_must_judge_waits_five_working_days_and_is_judged_once, empty_region),
        cmocka_unit_test_setup(a_person_refuses_and_the_client_may_be_asked_for_again, empty_region),
        cmocka_unit_test_setup(a_person_fills_in_what_a_request_lacked, empty_region),
        cmocka_unit_test_setup(an_operator_who_grants_hears_at_once_what_is_missing, empty_region),
        cmocka_unit_test_setup(a_ceiling_stops_new_allocations_and_no_judge, empty_region),
        cmocka_unit_test_setup(numbers_begin_at_the_floor_and_name_their_partition, empty_region),
        cmocka_unit_test_setup(running_care_keeps_its_number_and_stays_paid_by_product, empty_region),
        cmocka_unit_test_setup(a_number_changes_in_its_end_and_its_total_and_else_another_follows_it, empty_region),
        cmocka_unit_test_setup(a_change_is_asked_once_by_the_provider_of_the_client, empty_region),
        cmocka_unit_test_setup(an_existing_client_moves_to_pic_and_no_day_has_two_fundings_or_none, empty_region),
        cmocka_unit_test_setup(a_conversion_is_held_against_all_that_is_agreed, empty_region),
        cmocka_unit_test_setup(care_that_is_funded_as_the_book_says_is_not_converted, empty_region),
        cmocka_unit_test_setup(another_pic_is_a_new_number_and_the_old_one_ends_the_day_before, empty_region),
        cmocka_unit_test_setup(care_paid_as_pic_goes_back_to_products_when_the_switch_is_withdrawn, empty_region),
        cmocka_unit_test_setup(earlier_care_known_late_is_listed_and_nothing_flips, empty_region),
        cmocka_unit_test_setup(a_notice_belongs_to_a_running_allocation_of_its_client, empty_region),
        cmocka_unit_test_setup(care_ends_as_the_municipality_says_and_the_past_is_the_providers, empty_region),
        cmocka_unit_test_setup(care_that_goes_on_from_elsewhere_is_no_new_care, empty_region),
        cmocka_unit_test_setup(what_is_left_of_a_trajectory_ends_together, empty_region),
        cmocka_unit_test_setup(a_death_ends_what_runs_and_removes_what_was_to_begin, empty_region),
        cmocka_unit_test_setup(two_clients_who_are_one_have_all_allocations_under_one_reference, empty_region),
        cmocka_unit_test_setup(a_declared_line_is_held_against_the_allocation_that_it_names, empty_region),
        cmocka_unit_test_setup(a_line_on_the_allocation_of_another_provider_has_none, empty_region),
        cmocka_unit_test_setup(what_asks_for_no_judgement_is_passed_on, empty_region),
        cmocka_unit_test(every_reason_occurs),
    };
    return cmocka_run_group_tests(tests, open_region, close_region);
}
