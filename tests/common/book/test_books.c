#include "book/books.h"

#include "book/diff.h"
#include "support/books.h"
#include "support/unit.h"

#include <stdlib.h>

static const char FIRST[] =
    "region:\n"
    "  code: X\n"
    "  name: Elders\n"
    "  number_floor: 5000\n"
    "  municipalities: [{code: '0001', name: Aastad}, {code: '0002', name: Beedorp}, {code: '0003', name: Ceewijk}]\n"
    "  groups: {ALL: ['0001', '0002', '0003'], SMALL: {of: ALL, but: '0001'}}\n"
    "  holidays: [{day: 2020-01-01, name: Nieuwjaarsdag}]\n"
    "cohort:\n"
    "  - {until: 2019-12-31, everyone: NEW}\n"
    "  - {from: 2020-01-01, reference_day: 2019-12-31, gap_days: 30}\n"
    "products:\n"
    "  - {category: '45', code: 45A04, name: Begeleiding, segment: S, units: [HOUR, MINUTE]}\n"
    "  - {category: '45', code: 45A53, name: Behandeling, segment: S, units: HOUR}\n"
    "  - {category: '45', code: PA1P1, name: Herstel, segment: S, units: EURO, own: true, pic: P1/SHORT}\n"
    "providers:\n"
    "  - {agb: '90000001', name: Een, aliases: [{agb: '90000009', from: 2020-06-01}]}\n"
    "contracts:\n"
    "  - {id: c1, providers: '90000001', segment: S, municipalities: ALL, from: 2019-01-01, until: 2019-12-31,\n"
    "     kind: regular, products: [45A04], pics: none, corrections: declared, ceilings: {'0002': 7}}\n"
    "funding:\n"
    "  - {municipalities: ALL, segments: S, cohorts: [NEW, EXISTING], until: 2020-03-15, content: NONE, funding: PXQ,\n"
    "     running: keep}\n"
    "pxq_tariffs:\n"
    "  - {product: 45A04, unit: HOUR, cents: 6000}\n"
    "  - {product: 45A04, unit: HOUR, cents: 6600, municipalities: '0002'}\n"
    "  - {product: 45A04, unit: HOUR, cents: 7200, providers: '90000001', from: 2020-01-01}\n"
    "granting:\n"
    "  - {referrers: [GP], segments: S, by: person}\n"
    "  - {referrers: [GP], segments: S, by: rule, volume: {unit: HOUR, frequency: PER_WEEK, up_to: 4}}\n";

static const char SECOND[] =
    "region: {groups: {BIG: ['0001']}}\n"
    "contracts:\n"
    "  - {id: c2, providers: '90000001', segment: S, municipalities: ['0001', '0002'], from: 2020-01-01,\n"
    "     until: 2020-12-31, kind: bridging, products: all, pics: P1/*, corrections: settled}\n"
    "funding:\n"
    "  - {municipalities: BIG, segments: S, cohorts: NEW, from: 2020-03-16, content: PIC, funding: PIC,\n"
    "     running: by_hand}\n"
    "pxq_tariffs:\n"
    "  - {product: 45A04, unit: HOUR, cents: 9000, from: 2020-01-01}\n"
    "  - {product: 45A04, unit: HOUR, cents: none, providers: '90000001', from: 2020-07-01}\n";

typedef struct World {
    Arena *arena;
    Book *first, *second;
    Books books;
} World;

static int open_world(void **state)
{
    World *world = calloc(1, sizeof *world);
    world->arena = arena_new();
    world->first = book_written(1, FIRST);
    world->second = book_written(2, SECOND);
    assert_true(books_add(&world->books, world->first, day_at("2019-01-01")));
    assert_true(books_add(&world->books, world->second, day_at("2019-12-20")));
    *state = world;
    return 0;
}

static int close_world(void **state)
{
    World *world = *state;
    book_free(world->first);
    book_free(world->second);
    arena_free(world->arena);
    free(world);
    return 0;
}

#define BEFORE day_at("2019-12-19")
#define AFTER day_at("2019-12-20")

static void a_book_is_not_known_before_its_day(void **state)
{
    World *world = *state;
    assert_null(books_newest(&world->books, day_at("2018-12-31")));
    assert_ptr_equal(books_newest(&world->books, BEFORE), world->first);
    assert_ptr_equal(books_newest(&world->books, AFTER), world->second);
    assert_ptr_equal(books_numbered(&world->books, 1), world->first);
    assert_null(books_numbered(&world->books, 3));
    assert_false(books_add(&world->books, world->first, AFTER));
    assert_int_equal(books_number_floor(&world->books, AFTER), 5000);
}

static void the_narrowest_tariff_wins_and_then_the_newest_book(void **state)
{
    World *world = *state;
    static const struct {
        const char *story, *municipality, *provider, *day, *known;
        int64_t cents;
    } CASES[] = {
        {"the region's price", "0001", "90000002", "2020-02-01", "2019-12-19", 6000},
        {"the region's new price", "0001", "90000002", "2020-02-01", "2019-12-20", 9000},
        {"the new price does not reach back", "0001", "90000002", "2019-12-31", "2019-12-20", 6000},
        {"a municipality's own price stays", "0002", "90000002", "2020-02-01", "2019-12-20", 6600},
        {"a provider's own price comes first", "0002", "90000001", "2020-02-01", "2019-12-20", 7200},
        {"until it has none of its own", "0001", "90000001", "2020-07-01", "2019-12-20", 9000},
        {"which nobody knew before", "0001", "90000001", "2020-07-01", "2019-12-19", 7200},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const PxqTariff *tariff = books_pxq_tariff(&world->books, "45A04", CASES[i].municipality, CASES[i].provider,
                                                   day_at(CASES[i].day), day_at(CASES[i].known));
        assert_non_null(tariff);
        if (tariff->price.cents != CASES[i].cents)
            fail_msg("%s: %lld cents", CASES[i].story, (long long)tariff->price.cents);
    }
    assert_null(books_pxq_tariff(&world->books, "45A53", "0001", "90000001", AFTER, AFTER));
}

static void a_contract_is_found_with_its_line_and_its_decision(void **state)
{
    World *world = *state;
    const Contract *contract = books_contract(&world->books, "90000001", "S", "0002", day_at("2019-06-01"), AFTER);
    assert_non_null(contract);
    assert_string_equal(contract->id, "c1/90000001");
    assert_int_equal(contract->kind, CONTRACT_REGULAR);
    assert_int_equal(contract->new_allocations_max, 7);
    assert_int_equal(book_number(contract->entry.book), 1);
    assert_int_equal(contract->entry.line, 20);
    assert_string_equal(contract->entry.rests_on, "Decision 1");
    assert_true(contract->entry.synthetic);
    assert_null(books_contract(&world->books, "90000001", "S", "0003", day_at("2020-01-01"), AFTER));
    assert_null(books_contract(&world->books, "90000001", "S", "0001", day_at("2020-01-01"), BEFORE));
    assert_null(books_contract(&world->books, "90000002", "S", "0001", day_at("2019-06-01"), AFTER));
}

static void a_contract_covers_what_it_names(void **state)
{
    World *world = *state;
    Day day = day_at("2020-01-01");
    const Contract *listed = books_contract(&world->books, "90000001", "S", "0001", day_at("2019-06-01"), AFTER);
    const Contract *all = books_contract(&world->books, "90000001", "S", "0001", day, AFTER);
    const Product *guidance = books_product(&world->books, "45A04", day, AFTER);
    const Product *treatment = books_product(&world->books, "45A53", day, AFTER);
    const Product *recovery = books_pic_product(&world->books, "S", (Pic){"P1", "SHORT"}, day, AFTER);
    assert_string_equal(recovery->code, "PA1P1");
    assert_true(contract_covers_product(listed, guidance));
    assert_false(contract_covers_product(listed, treatment));
    assert_false(contract_covers_product(listed, recovery));
    assert_true(contract_covers_product(all, treatment));
    assert_true(contract_covers_product(all, recovery));
    assert_true(contract_covers_pic(all, (Pic){"P1", "LONG"}));
    assert_false(contract_covers_pic(all, (Pic){"P2", "SHORT"}));
    assert_true(product_has_unit(guidance, UNIT_MINUTE));
    assert_false(product_has_unit(treatment, UNIT_MINUTE));
}

static void a_period_is_cut_where_contract_or_funding_changes(void **state)
{
    World *world = *state;
    static const struct {
        const char *first, *last, *contract;
        Funding funding;
    } EXPECTED[] = {
        {"2019-12-01", "2019-12-31", "c1/90000001", FUNDING_PXQ},
        {"2020-01-01", "2020-03-15", "c2/90000001", FUNDING_PXQ},
        {"2020-03-16", "2020-12-31", "c2/90000001", FUNDING_PIC},
        {"2021-01-01", "2021-01-31", NULL, FUNDING_PIC},
    };
    Period asked = {day_at("2019-12-01"), day_at("2021-01-31")};
    Pieces pieces = books_pieces(world->arena, &world->books, "90000001", "0001", "S", COHORT_NEW, asked, AFTER);
    assert_int_equal(pieces.count, COUNT(EXPECTED));
    for (size_t i = 0; i < COUNT(EXPECTED); i++) {
        Piece piece = pieces.pieces[i];
        assert_int_equal(piece.period.first.number, day_at(EXPECTED[i].first).number);
        assert_int_equal(piece.period.last.number, day_at(EXPECTED[i].last).number);
        assert_int_equal(piece.funding->funding, EXPECTED[i].funding);
        assert_true((piece.contract == NULL) == (EXPECTED[i].contract == NULL));
        if (piece.contract)
            assert_string_equal(piece.contract->id, EXPECTED[i].contract);
    }
    Period unfunded = {day_at("2020-03-15"), day_at("2020-03-16")};
    pieces = books_pieces(world->arena, &world->books, "90000001", "0002", "S", COHORT_NEW, unfunded, AFTER);
    assert_int_equal(pieces.count, 2);
    assert_null(pieces.pieces[1].funding);
}

static void a_client_in_care_on_the_reference_day_is_existing(void **state)
{
    World *world = *state;
    static const struct {
        const char *story, *first, *last, *day;
        Cohort cohort;
    } CASES[] = {
        {"care goes on over the day", "2019-05-01", "2020-02-01", "2020-03-01", COHORT_EXISTING},
        {"care began on the day", "2019-12-31", "2020-02-01", "2020-03-01", COHORT_EXISTING},
        {"care began the day after", "2020-01-01", "2020-02-01", "2020-03-01", COHORT_NEW},
        {"care ended 30 days before", "2019-05-01", "2019-12-01", "2020-03-01", COHORT_EXISTING},
        {"care ended 31 days before", "2019-05-01", "2019-11-30", "2020-03-01", COHORT_NEW},
        {"before 2020 everyone is new", "2019-05-01", "2020-02-01", "2019-12-31", COHORT_NEW},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Period care = {day_at(CASES[i].first), day_at(CASES[i].last)};
        const CohortRule *rule = NULL;
        Cohort cohort = books_cohort(&world->books, &care, 1, day_at(CASES[i].day), AFTER, &rule);
        if (cohort != CASES[i].cohort)
            fail_msg("%s: %s", CASES[i].story, cohort_name(cohort));
        assert_non_null(rule);
    }
    assert_int_equal(books_cohort(&world->books, NULL, 0, day_at("2020-03-01"), AFTER, NULL), COHORT_NEW);
    assert_int_equal(books_cohort(&world->books, NULL, 0, day_at("2020-03-01"), DAY_FIRST, NULL), 0);
}

static void a_request_is_granted_by_the_narrowest_band_it_fits(void **state)
{
    World *world = *state;
    static const struct {
        const char *story;
        int64_t volume;
        Unit unit;
        Frequency frequency;
        Granting granting;
    } CASES[] = {
        {"four hours a week fit", 4, UNIT_HOUR, FREQUENCY_PER_WEEK, GRANTING_BY_RULE},
        {"five do not", 5, UNIT_HOUR, FREQUENCY_PER_WEEK, GRANTING_BY_PERSON},
        {"240 minutes are four hours", 240, UNIT_MINUTE, FREQUENCY_PER_WEEK, GRANTING_BY_RULE},
        {"241 minutes are more", 241, UNIT_MINUTE, FREQUENCY_PER_WEEK, GRANTING_BY_PERSON},
        {"another frequency has no band", 1, UNIT_HOUR, FREQUENCY_PER_MONTH, GRANTING_BY_PERSON},
        {"neither has a PIC", 0, 0, 0, GRANTING_BY_PERSON},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const GrantingRule *rule = books_granting(&world->books, REFERRER_GP, "S", CASES[i].volume, CASES[i].unit,
                                                  CASES[i].frequency, AFTER, AFTER);
        assert_non_null(rule);
        if (rule->granting != CASES[i].granting)
            fail_msg("%s", CASES[i].story);
    }
    assert_null(books_granting(&world->books, REFERRER_JUDGE, "S", 1, UNIT_HOUR, FREQUENCY_PER_WEEK, AFTER, AFTER));
}

/* What few terms say is left as it is by the others; a later book may change any of it. */
static void terms_say_what_a_change_pays_and_where_it_ends(void **state)
{
    (void)state;
    static const char SILENT[] =
        "segments: [{code: S, name: Es}]\n"
        "intensities: [{code: SHORT, name: Kort}]\n"
        "payment_terms:\n"
        "  - {segments: S, intensities: SHORT, shape: start_end, start_share: 0.7, early_end: {otherwise: nothing},\n"
        "     relapse_days: 0, expected_days: 100, work_in_progress: linear, start_due_by: message, end_due_by: "
        "message}\n";
    static const char TELLING[] =
        "payment_terms:\n"
        "  - {segments: S, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 0, expected_days: "
        "100,\n"
        "     early_end: {otherwise: nothing, CHANGE_OF_PIC: pro_rata, CHANGE_OF_FUNDING: all}, pro_rata_of: "
        "whole_price,\n"
        "     start_after_change_of_pic: false, amount_cap: 400000, work_in_progress: linear, start_due_by: message,\n"
        "     end_due_by: message}\n";
    Arena *arena = arena_new();
    Book *first = book_written(1, SILENT), *second = book_written(2, TELLING);
    Books books = {0};
    assert_true(books_add(&books, first, day_at("2020-01-01")));
    BookChanges changes = book_diff(arena, &books, second);
    assert_true(books_add(&books, second, day_at("2020-07-01")));

    Day day = day_at("2020-03-01");
    const PaymentTerms *before = books_payment_terms(&books, "S", (Pic){"P", "SHORT"}, "90000001", day, day);
    assert_int_equal(before->change_of_pic, 0);
    assert_int_equal(before->change_of_funding, 0);
    assert_int_equal(before->pro_rata_of, PRO_RATA_OF_END_PART);
    assert_true(before->start_after_change_of_pic);
    assert_int_equal(before->amount_cap.cents, 0);

    const PaymentTerms *after =
        books_payment_terms(&books, "S", (Pic){"P", "SHORT"}, "90000001", day, day_at("2020-07-01"));
    assert_int_equal(after->change_of_pic, EARLY_END_PAYS_PRO_RATA);
    assert_int_equal(after->change_of_funding, EARLY_END_PAYS_ALL);
    assert_int_equal(after->pro_rata_of, PRO_RATA_OF_WHOLE_PRICE);
    assert_false(after->start_after_change_of_pic);
    assert_int_equal(after->amount_cap.cents, 400000);

    assert_int_equal(changes.count, 1);
    assert_non_null(strstr(changes.changes[0].now, "a change of PIC pays pro_rata, a change of funding pays all"));
    assert_non_null(strstr(changes.changes[0].now,
                           "pro rata of the whole price, no new start after a change of PIC, at most € 4,000.00"));
    assert_null(strstr(changes.changes[0].before, "change"));
    book_free(first);
    book_free(second);
    arena_free(arena);
}

static void a_renamed_provider_keeps_its_conversations(void **state)
{
    World *world = *state;
    assert_string_equal(books_provider_code(&world->books, "90000009", day_at("2020-06-01"), AFTER), "90000001");
    assert_string_equal(books_provider_code(&world->books, "90000009", day_at("2020-05-31"), AFTER), "90000009");
    assert_string_equal(books_provider_code(&world->books, "90000001", day_at("2020-06-01"), AFTER), "90000001");
}

static void weekends_and_holidays_are_no_working_days(void **state)
{
    World *world = *state;
    Day tuesday = day_at("2019-12-31");
    assert_int_equal(books_working_day_after(&world->books, tuesday, 1, AFTER).number, day_at("2020-01-02").number);
    assert_int_equal(books_working_day_after(&world->books, tuesday, 3, AFTER).number, day_at("2020-01-06").number);
    assert_true(books_is_working_day(&world->books, tuesday, AFTER));
    assert_false(books_is_working_day(&world->books, day_at("2020-01-04"), AFTER));
}

static void an_entry_is_found_where_it_stands(void **state)
{
    World *world = *state;
    const PxqTariff *tariff = books_pxq_tariff(&world->books, "45A04", "0001", "90000002", day_at("2020-02-01"), AFTER);
    const Entry *entry = books_entry_at(&world->books, 2, tariff->entry.file, tariff->entry.line);
    assert_non_null(entry);
    assert_int_equal(book_number(entry->book), 2);
    assert_string_equal(entry->rests_on, "Decision 2");
    assert_true(entry->synthetic);
    assert_int_equal(entry->holds.first.number, day_of(2020, 1, 1).number);
    assert_null(books_entry_at(&world->books, 2, tariff->entry.file, 1));
    assert_null(books_entry_at(&world->books, 2, "other.yaml", tariff->entry.line));
    assert_null(books_entry_at(&world->books, 3, tariff->entry.file, tariff->entry.line));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_book_is_not_known_before_its_day),
        cmocka_unit_test(the_narrowest_tariff_wins_and_then_the_newest_book),
        cmocka_unit_test(a_contract_is_found_with_its_line_and_its_decision),
        cmocka_unit_test(a_contract_covers_what_it_names),
        cmocka_unit_test(a_period_is_cut_where_contract_or_funding_changes),
        cmocka_unit_test(a_client_in_care_on_the_reference_day_is_existing),
        cmocka_unit_test(a_request_is_granted_by_the_narrowest_band_it_fits),
        cmocka_unit_test(terms_say_what_a_change_pays_and_where_it_ends),
        cmocka_unit_test(a_renamed_provider_keeps_its_conversations),
        cmocka_unit_test(an_entry_is_found_where_it_stands),
        cmocka_unit_test(weekends_and_holidays_are_no_working_days),
    };
    return cmocka_run_group_tests(tests, open_world, close_world);
}
