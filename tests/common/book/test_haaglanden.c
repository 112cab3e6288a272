/* What the two letters demand, as the books of Haaglanden answer it. */
#include "book/books.h"

#include "support/books.h"
#include "support/unit.h"

static const char *const TEN[] = {"0503", "0518", "1916", "1842", "1926", "0603", "0626", "0629", "1783", "0637"};

typedef enum Where { THE_NINE, THE_HAGUE, ALL_TEN } Where;
typedef enum Segments { SPECIALIST, HIGHLY, BOTH } Segments;

/* What one kind of client gets, and how it is paid. */
typedef struct Cell {
    Content content;
    Funding funding;
} Cell;

/* clang-format off */
#define PRODUCTS_PXQ {CONTENT_NONE, FUNDING_PXQ}
#define PIC_PXQ {CONTENT_PIC, FUNDING_PXQ}
#define PIC_PIC {CONTENT_PIC, FUNDING_PIC}
/* clang-format on */

typedef struct Row {
    const char *first, *last; /* care in */
    const char *known;
    Segments segments;
    Where where;
    Cell new_client, existing_client;
} Row;

static const Row AS_PLANNED_IN_2019[] = {
    /* care in                   known on      segment     where      new           existing */
    {"2015-01-01", "2019-12-31", "2018-12-31", BOTH, ALL_TEN, PRODUCTS_PXQ, PRODUCTS_PXQ},
    {"2015-01-01", "2019-12-31", "2022-01-01", BOTH, ALL_TEN, PRODUCTS_PXQ, PRODUCTS_PXQ},
    {"2020-01-01", "2020-12-31", "2019-04-23", SPECIALIST, THE_NINE, PIC_PIC, PRODUCTS_PXQ},
    {"2020-01-01", "2020-12-31", "2019-04-23", SPECIALIST, THE_HAGUE, PIC_PXQ, PRODUCTS_PXQ},
    {"2020-01-01", "2020-12-31", "2019-04-23", HIGHLY, ALL_TEN, PIC_PXQ, PRODUCTS_PXQ},
    {"2021-01-01", "2024-12-31", "2019-04-23", BOTH, ALL_TEN, PIC_PIC, PIC_PIC},
    /* the day before the second letter the plan of 2021 still stands */
    {"2021-01-01", "2024-12-31", "2020-07-06", BOTH, ALL_TEN, PIC_PIC, PIC_PIC},
};

static const Row AS_DECIDED_IN_2020[] = {
    {"2021-01-01", "2024-12-31", "2020-07-07", BOTH, ALL_TEN, PIC_PXQ, PRODUCTS_PXQ},
    {"2021-01-01", "2024-12-31", "2022-01-01", BOTH, ALL_TEN, PIC_PXQ, PRODUCTS_PXQ},
};

static const Row BRIDGED_BY_THE_PLAN[] = {
    {"2020-01-01", "2020-12-31", "2019-12-20", SPECIALIST, THE_NINE, PIC_PIC, PRODUCTS_PXQ},
    {"2020-01-01", "2020-12-31", "2022-01-01", SPECIALIST, THE_NINE, PIC_PIC, PRODUCTS_PXQ},
    {"2020-01-01", "2020-12-31", "2022-01-01", SPECIALIST, THE_HAGUE, PIC_PXQ, PRODUCTS_PXQ},
    {"2020-01-01", "2020-12-31", "2022-01-01", HIGHLY, ALL_TEN, PIC_PXQ, PRODUCTS_PXQ},
};

static const Row BRIDGED_BY_PRODUCT[] = {
    {"2020-01-01", "2020-12-31", "2019-12-19", SPECIALIST, THE_NINE, PIC_PIC, PRODUCTS_PXQ},
    {"2020-01-01", "2020-12-31", "2019-12-20", BOTH, ALL_TEN, PIC_PXQ, PRODUCTS_PXQ},
    {"2020-01-01", "2020-12-31", "2022-01-01", BOTH, ALL_TEN, PIC_PXQ, PRODUCTS_PXQ},
};

static bool lies(const char *municipality, Where where)
{
    bool the_hague = strcmp(municipality, "0518") == 0;
    return where == ALL_TEN || the_hague == (where == THE_HAGUE);
}

static void assert_cell(const Books *books, const Row *row, const char *municipality, const char *segment,
                        Cohort cohort, Day day)
{
    const Cell *cell = cohort == COHORT_NEW ? &row->new_client : &row->existing_client;
    const FundingRule *rule = books_funding(books, municipality, segment, cohort, day, day_at(row->known));
    char text[DAY_TEXT_SIZE];
    if (!rule)
        fail_msg("%s %s %s on %s: no rule", municipality, segment, cohort_name(cohort), day_write(day, text));
    else if (rule->content != cell->content || rule->funding != cell->funding)
        fail_msg("%s %s %s on %s, known on %s: %s / %s", municipality, segment, cohort_name(cohort),
                 day_write(day, text), row->known, content_name(rule->content), funding_name(rule->funding));
}

/* The first, the last and each first day of a month between. */
static void assert_row_in(const Books *books, const Row *row, const char *municipality, const char *segment)
{
    Period care = {day_at(row->first), day_at(row->last)};
    for (Day day = care.first; day_compare(day, care.last) <= 0; day = day_plus(period_month(day).last, 1))
        for (Cohort cohort = COHORT_NEW; cohort <= COHORT_EXISTING; cohort++) {
            assert_cell(books, row, municipality, segment, cohort, day);
            assert_cell(books, row, municipality, segment, cohort, day_earliest(period_month(day).last, care.last));
        }
}

static void assert_rows(const Books *books, const Row *rows, size_t count)
{
    for (size_t r = 0; r < count; r++)
        for (size_t m = 0; m < COUNT(TEN); m++) {
            if (!lies(TEN[m], rows[r].where))
                continue;
            if (rows[r].segments != HIGHLY)
                assert_row_in(books, &rows[r], TEN[m], "SPECIALIST");
            if (rows[r].segments != SPECIALIST)
                assert_row_in(books, &rows[r], TEN[m], "HIGHLY_SPECIALIST");
        }
}

static int open_region(void **state)
{
    *state = haaglanden_open();
    return 0;
}

static int open_pxq_region(void **state)
{
    *state = haaglanden_pxq_open();
    return 0;
}

static int close_region(void **state)
{
    region_books_close(*state);
    return 0;
}

static const Books *books_of(void **state)
{
    return &((RegionBooks *)*state)->books;
}

static void care_is_funded_as_planned_in_2019(void **state)
{
    assert_rows(books_of(state), AS_PLANNED_IN_2019, COUNT(AS_PLANNED_IN_2019));
}

static void the_switch_of_2021_is_withdrawn_in_2020(void **state)
{
    assert_rows(books_of(state), AS_DECIDED_IN_2020, COUNT(AS_DECIDED_IN_2020));
}

static void bridging_contracts_may_honour_the_plan(void **state)
{
    assert_rows(books_of(state), BRIDGED_BY_THE_PLAN, COUNT(BRIDGED_BY_THE_PLAN));
}

static void bridging_contracts_may_pay_by_product_throughout(void **state)
{
    assert_rows(books_of(state), BRIDGED_BY_PRODUCT, COUNT(BRIDGED_BY_PRODUCT));
    assert_rows(books_of(state), AS_DECIDED_IN_2020, COUNT(AS_DECIDED_IN_2020));
}

static void what_becomes_of_running_care_was_planned_and_withdrawn(void **state)
{
    const Books *books = books_of(state);
    Day in_2021 = day_at("2021-03-01");
    const FundingRule *moved =
        books_funding(books, "0503", "SPECIALIST", COHORT_EXISTING, day_at("2020-03-01"), day_at("2020-03-01"));
    const FundingRule *planned =
        books_funding(books, "0503", "SPECIALIST", COHORT_EXISTING, in_2021, day_at("2020-03-01"));
    const FundingRule *decided = books_funding(books, "0503", "SPECIALIST", COHORT_EXISTING, in_2021, in_2021);
    assert_int_equal(moved->running, RUNNING_BY_HAND);
    assert_int_equal(planned->running, RUNNING_CONVERT);
    assert_int_equal(planned->convert_on.number, day_at("2021-01-01").number);
    assert_int_equal(decided->running, RUNNING_KEEP);
    assert_string_equal(planned->entry.rests_on, "Gefaseerde invoering resultaatgerichte bekostiging");
    assert_string_equal(planned->entry.file, "funding.yaml");
}

static void a_client_in_care_on_the_last_day_of_2019_is_existing(void **state)
{
    const Books *books = books_of(state);
    Day day = day_at("2020-03-01"), known = day;
    Period over_the_year = {day_at("2019-11-01"), day_at("2020-01-15")};
    Period ended_before = {day_at("2019-11-01"), day_at("2019-12-30")};
    assert_int_equal(books_cohort(books, &over_the_year, 1, day, known, NULL), COHORT_EXISTING);
    assert_int_equal(books_cohort(books, &ended_before, 1, day, known, NULL), COHORT_NEW);
    assert_int_equal(books_cohort(books, NULL, 0, day, known, NULL), COHORT_NEW);
}

static void no_day_is_without_a_contract_that_covers_the_care(void **state)
{
    const Books *books = books_of(state);
    RegionBooks *region = *state;
    static const struct {
        const char *known, *first, *last;
        size_t pieces;
        bool covered;
    } CASES[] = {
        {"2019-12-19", "2019-12-01", "2020-01-31", 2, false}, /* before the bridging contract is known */
        {"2019-12-20", "2019-12-01", "2020-01-31", 2, true},
        {"2020-07-06", "2020-12-01", "2021-01-31", 2, false}, /* before the contracts of 2021 are */
        {"2020-07-07", "2020-12-01", "2021-01-31", 2, true},
        {"2020-07-07", "2019-01-01", "2022-12-31", 3, true},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Period care = {day_at(CASES[i].first), day_at(CASES[i].last)};
        Pieces pieces = books_pieces(region->arena, books, "90000001", "0503", "SPECIALIST", COHORT_NEW, care,
                                     day_at(CASES[i].known));
        assert_int_equal(pieces.count, CASES[i].pieces);
        for (size_t p = 0; p < pieces.count; p++) {
            assert_non_null(pieces.pieces[p].funding);
            if (p == pieces.count - 1)
                assert_int_equal(pieces.pieces[p].contract != NULL, CASES[i].covered);
        }
    }
}

static void the_contract_of_2020_is_a_bridge(void **state)
{
    const Books *books = books_of(state);
    static const struct {
        const char *day;
        ContractKind kind;
    } CASES[] = {{"2019-06-01", CONTRACT_REGULAR}, {"2020-06-01", CONTRACT_BRIDGING}, {"2021-06-01", CONTRACT_REGULAR}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const Contract *contract =
            books_contract(books, "90000013", "HIGHLY_SPECIALIST", "1783", day_at(CASES[i].day), day_at("2022-01-01"));
        assert_non_null(contract);
        assert_int_equal(contract->kind, CASES[i].kind);
    }
    assert_null(
        books_contract(books, "90000014", "HIGHLY_SPECIALIST", "1783", day_at("2020-06-01"), day_at("2022-01-01")));
}

/* The tariffs for a personal budget are 75 % of these; an hour has a whole price for a minute. */
static void tariffs_follow_from_the_public_regulation(void **state)
{
    const Books *books = books_of(state);
    static const struct {
        const char *product;
        Unit unit;
        int64_t cents, personal_budget_cents;
    } CASES[] = {
        {"40A04", UNIT_HOUR, 4680, 3510},       {"45A70", UNIT_HOUR, 5280, 3960},
        {"45A48", UNIT_HOUR, 7200, 5400},       {"45A53", UNIT_HOUR, 10980, 8235},
        {"41A22", UNIT_DAY_PART, 5865, 4399},   {"41A23", UNIT_DAY_PART, 6955, 5216},
        {"41A24", UNIT_DAY_PART, 10103, 7577},  {"45A49", UNIT_DAY_PART, 12155, 9116},
        {"45A54", UNIT_DAY_PART, 20933, 15700}, {"42A03", UNIT_PIECE, 3500, 2625},
        {"44A09", UNIT_DAY, 11087, 8315},       {"44A45", UNIT_DAY, 26516, 19887},
        {"43A66", UNIT_DAY, 33876, 25407},
    };
    Day day = day_at("2020-06-01");
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const PxqTariff *tariff = books_pxq_tariff(books, CASES[i].product, "0518", "90000005", day, day);
        assert_non_null(tariff);
        assert_int_equal(tariff->price.cents, CASES[i].cents);
        assert_int_equal(tariff->unit, CASES[i].unit);
        assert_int_equal((CASES[i].cents * 75 + 50) / 100, CASES[i].personal_budget_cents);
        assert_true(CASES[i].unit != UNIT_HOUR || CASES[i].cents % 60 == 0);
    }
}

static void only_highly_specialist_care_has_a_price_per_provider(void **state)
{
    const Books *books = books_of(state);
    Day day = day_at("2020-06-01");
    Pic trauma = {"P4", "PERSPECTIEF"};
    const PicTariff *regional = books_pic_tariff(books, "HIGHLY_SPECIALIST", trauma, "0503", "90000005", day, day);
    const PicTariff *own = books_pic_tariff(books, "HIGHLY_SPECIALIST", trauma, "0503", "90000001", day, day);
    const PicTariff *one = books_pic_tariff(books, "SPECIALIST", trauma, "0503", "90000001", day, day);
    const PicTariff *same = books_pic_tariff(books, "SPECIALIST", trauma, "0637", "90000005", day, day);
    assert_true(own->price.cents > regional->price.cents);
    assert_ptr_equal(one, same);
    assert_true(own->entry.synthetic);
}

static void recovery_is_paid_in_two_parts_and_lasting_care_by_the_month(void **state)
{
    const Books *books = books_of(state);
    Day day = day_at("2020-06-01");
    const PaymentTerms *recovery =
        books_payment_terms(books, "SPECIALIST", (Pic){"P2", "INTENSIEF"}, "90000001", day, day);
    const PaymentTerms *lasting =
        books_payment_terms(books, "SPECIALIST", (Pic){"P2", "DUURZAAM_ZWAAR"}, "90000001", day, day);
    assert_int_equal(recovery->shape, PAYMENT_START_END);
    assert_int_equal(recovery->start_share_numerator * 10, 7 * recovery->start_share_denominator);
    assert_int_equal(recovery->early_end[STOP_EARLY_BY_CLIENT], EARLY_END_PAYS_PRO_RATA);
    assert_int_equal(recovery->early_end[STOP_EARLY_BY_PROVIDER], EARLY_END_PAYS_NOTHING);
    assert_int_equal(recovery->early_end[STOP_AS_PLANNED], EARLY_END_PAYS_ALL);
    assert_int_equal(recovery->change_of_pic, EARLY_END_PAYS_PRO_RATA);
    assert_int_equal(recovery->change_of_funding, EARLY_END_PAYS_PRO_RATA);
    assert_true(recovery->start_after_change_of_pic);
    assert_int_equal(lasting->shape, PAYMENT_MONTHLY);
    assert_null(
        books_payment_terms(books, "SPECIALIST", (Pic){"P2", "INTENSIEF"}, "90000001", day_at("2019-06-01"), day));
}

static void every_pic_has_a_code_of_its_own(void **state)
{
    const Books *books = books_of(state);
    static const char *const INTENSITIES[] = {"PERSPECTIEF", "INTENSIEF", "DUURZAAM_LICHT", "DUURZAAM_ZWAAR"};
    static const char *const SEGMENTS[] = {"SPECIALIST", "HIGHLY_SPECIALIST"};
    Day day = day_at("2020-06-01");
    for (size_t s = 0; s < COUNT(SEGMENTS); s++)
        for (char p = '1'; p <= '9'; p++)
            for (size_t i = 0; i < COUNT(INTENSITIES); i++) {
                char profile[] = {'P', p, 0};
                Pic pic = {profile, INTENSITIES[i]};
                const Product *product = books_pic_product(books, SEGMENTS[s], pic, day, day);
                assert_non_null(product);
                assert_true(product->own && product->unit == UNIT_EURO);
                assert_ptr_not_equal(books_product(books, product->code, day, day), NULL);
                assert_non_null(books_pic_tariff(books, SEGMENTS[s], pic, "0518", "90000001", day, day));
            }
}

/* Whoever asks on a day before the table was known gets the prices of then, for ever. */
static void the_tariff_table_of_2020_reaches_back_to_january(void **state)
{
    const Books *books = books_of(state);
    static const struct {
        const char *product, *municipality, *provider;
        int64_t bridging, table;
    } CASES[] = {
        {"45A48", "0503", "90000005", 7200, 7500},   {"42A03", "0518", "90000005", 3500, 3640},
        {"42A03", "1842", "90000005", 3650, 3796},   {"43A12", "0518", "90000005", 52890, 55005},
        {"43A12", "0518", "90000001", 54110, 56274}, {"43A38", "0637", "90000003", 37080, 38563},
    };
    Day march = day_at("2020-03-01"), year_before = day_at("2019-12-31");
    Day hearing = day_at("2020-06-08"), after = day_at("2020-10-01");
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *product = CASES[i].product, *municipality = CASES[i].municipality, *provider = CASES[i].provider;
        const int64_t prices[] = {
            books_pxq_tariff(books, product, municipality, provider, march, hearing)->price.cents,
            books_pxq_tariff(books, product, municipality, provider, march, after)->price.cents,
            books_pxq_tariff(books, product, municipality, provider, year_before, after)->price.cents,
        };
        assert_int_equal(prices[0], CASES[i].bridging);
        assert_int_equal(prices[1], CASES[i].table);
        assert_int_equal(prices[2], CASES[i].bridging);
    }
}

static void residence_follows_the_young_person_from_2022(void **state)
{
    const Books *books = books_of(state);
    Day known = day_at("2021-12-15");
    assert_int_equal(books_residence(books, day_at("2021-12-31"), known)->residence, RESIDENCE_GUARDIAN);
    assert_int_equal(books_residence(books, day_at("2022-01-01"), known)->residence, RESIDENCE_REGISTERED_ADDRESS);
}

static void persons_are_known_for_twenty_years_from_2020(void **state)
{
    const Books *books = books_of(state);
    Day known = day_at("2021-12-15");
    assert_null(books_retention(books, day_at("2019-12-31"), known));
    assert_int_equal(books_retention(books, day_at("2020-01-01"), known)->years, 20);
    assert_null(books_retention(books, day_at("2020-01-01"), day_at("2019-04-23")));
}

static void deadlines_skip_easter(void **state)
{
    const Books *books = books_of(state);
    Day thursday = day_at("2020-04-09"), known = day_at("2020-04-09");
    assert_int_equal(books_working_day_after(books, thursday, 1, known).number, day_at("2020-04-14").number);
    assert_int_equal(books_working_day_after(books, thursday, 10, known).number, day_at("2020-04-28").number);
}

static void what_a_judge_decides_is_binding(void **state)
{
    const Books *books = books_of(state);
    static const struct {
        Referrer referrer;
        int64_t hours;
        Granting granting;
    } CASES[] = {
        {REFERRER_JUDGE, 40, GRANTING_BINDING}, {REFERRER_CERTIFIED_INSTITUTION, 40, GRANTING_BINDING},
        {REFERRER_GP, 6, GRANTING_BY_RULE},     {REFERRER_GP, 7, GRANTING_BY_PERSON},
        {REFERRER_SELF, 1, GRANTING_BY_PERSON}, {REFERRER_MUNICIPALITY, 40, GRANTING_BY_RULE},
    };
    Day day = day_at("2020-06-01");
    for (size_t i = 0; i < COUNT(CASES); i++)
        assert_int_equal(books_granting(books, CASES[i].referrer, "SPECIALIST", CASES[i].hours, UNIT_HOUR,
                                        FREQUENCY_PER_WEEK, day, day)
                             ->granting,
                         CASES[i].granting);
}

static void what_is_named_is_listed_once_in_order(void **state)
{
    static const struct {
        NamedKind kind;
        const char *known;
        size_t count;
        const char *first;
    } CASES[] = {
        {NAMED_MUNICIPALITIES, "2020-12-31", 10, "0503"},
        {NAMED_SEGMENTS, "2020-12-31", 2, "HIGHLY_SPECIALIST"},
        {NAMED_PROFILES, "2018-12-31", 0, ""},
        {NAMED_MUNICIPALITIES, "1999-12-31", 0, ""},
    };
    RegionBooks *region = *state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        size_t count;
        const Named *list = books_named(region->arena, &region->books, CASES[i].kind, day_at(CASES[i].known), &count);
        assert_int_equal(count, CASES[i].count);
        if (count > 0)
            assert_string_equal(list[0].code, CASES[i].first);
        for (size_t j = 1; j < count; j++)
            assert_true(strcmp(list[j - 1].code, list[j].code) < 0);
    }
    assert_true(books_any_synthetic(&region->books, day_at("2020-12-31")));
    assert_false(books_any_synthetic(&region->books, day_at("1999-12-31")));
}

/* The second letter sets new ones for the development years, and moving over is no aim any more. */
static void each_year_has_the_targets_known_for_it(void **state)
{
    RegionBooks *region = *state;
    static const struct {
        const char *day, *known, *codes;
    } CASES[] = {
        {"2019-12-31", "2022-01-01", ""},
        {"2020-12-31", "2019-01-01", ""},
        {"2020-12-31", "2020-01-01", "DROPPED_OUT<=15 GOAL_REACHED>=70 MOVED_TO_PIC>=60 SATISFACTION>=75 "},
        {"2021-12-31", "2020-07-06", ""},
        {"2021-12-31", "2020-07-07", "DROPPED_OUT<=14 GOAL_REACHED>=72 SATISFACTION>=76 "},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Targets targets = books_targets(region->arena, &region->books, day_at(CASES[i].day), day_at(CASES[i].known));
        const char *codes = "";
        for (size_t t = 0; t < targets.count; t++)
            codes = arena_format(region->arena, "%s%s%s%lld ", codes, targets.list[t]->code,
                                 targets.list[t]->at_most ? "<=" : ">=", (long long)targets.list[t]->aim);
        assert_string_equal(codes, CASES[i].codes);
    }
    Day day = day_at("2020-12-31");
    const Target *moved = books_target(&region->books, "MOVED_TO_PIC", day, day);
    assert_int_equal(moved->measure, MEASURE_MOVED_TO_PIC);
    assert_int_equal(moved->municipality_count, 9);
    for (size_t i = 0; i < moved->municipality_count; i++)
        assert_string_not_equal(moved->municipalities[i], "0518");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(care_is_funded_as_planned_in_2019),
        cmocka_unit_test(the_switch_of_2021_is_withdrawn_in_2020),
        cmocka_unit_test(bridging_contracts_may_honour_the_plan),
        cmocka_unit_test(what_becomes_of_running_care_was_planned_and_withdrawn),
        cmocka_unit_test(a_client_in_care_on_the_last_day_of_2019_is_existing),
        cmocka_unit_test(no_day_is_without_a_contract_that_covers_the_care),
        cmocka_unit_test(the_contract_of_2020_is_a_bridge),
        cmocka_unit_test(tariffs_follow_from_the_public_regulation),
        cmocka_unit_test(only_highly_specialist_care_has_a_price_per_provider),
        cmocka_unit_test(recovery_is_paid_in_two_parts_and_lasting_care_by_the_month),
        cmocka_unit_test(every_pic_has_a_code_of_its_own),
        cmocka_unit_test(the_tariff_table_of_2020_reaches_back_to_january),
        cmocka_unit_test(residence_follows_the_young_person_from_2022),
        cmocka_unit_test(persons_are_known_for_twenty_years_from_2020),
        cmocka_unit_test(deadlines_skip_easter),
        cmocka_unit_test(what_a_judge_decides_is_binding),
        cmocka_unit_test(what_is_named_is_listed_once_in_order),
        cmocka_unit_test(each_year_has_the_targets_known_for_it),
    };
    const struct CMUnitTest variant[] = {cmocka_unit_test(bridging_contracts_may_pay_by_product_throughout)};
    int failed = cmocka_run_group_tests(tests, open_region, close_region);
    return failed + cmocka_run_group_tests(variant, open_pxq_region, close_region);
}
