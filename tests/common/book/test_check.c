#include "book/check.h"

#include "support/books.h"
#include "support/unit.h"

/* A first book that is in order. */
static const char GOOD[] =
    "region:\n"
    "  code: X\n"
    "  name: Elders\n"
    "  number_floor: 1\n"
    "  municipalities: [{code: '0001', name: Aastad}, {code: '0002', name: Beedorp}]\n"
    "  groups: {ALL: ['0001', '0002']}\n"
    "segments: [{code: S, name: Es}, {code: T, name: Te}]\n"
    "profiles: [{code: P1, name: Een}]\n"
    "intensities: [{code: SHORT, name: Kort}]\n"
    "cohort: [{reference_day: 2019-12-31, gap_days: 0}]\n"
    "providers: [{agb: '90000001', name: Een}]\n"
    "products:\n"
    "  - {category: '45', code: 45A04, name: Begeleiding, segment: S, units: [HOUR, MINUTE]}\n"
    "  - {category: '45', code: PAP01, name: Herstel, segment: S, units: EURO, own: true, pic: P1/SHORT}\n"
    "contracts:\n"
    "  - {id: c, providers: '90000001', segment: S, municipalities: ALL, from: 2019-01-01, until: 2020-12-31,\n"
    "     kind: regular, products: all, pics: all, corrections: declared}\n"
    "pxq_tariffs: [{product: 45A04, unit: HOUR, cents: 6000}]\n"
    "funding:\n"
    "  - {municipalities: ALL, segments: S, cohorts: [NEW, EXISTING], content: NONE, funding: PXQ, running: keep}\n";

static void assert_told(const BookFaults *faults, const char *story, const char *words, int line)
{
    for (size_t i = 0; i < faults->count; i++)
        if (strstr(faults->faults[i].what, words) && (line == 0 || faults->faults[i].line == line)) {
            assert_non_null(faults->faults[i].what_to_do);
            return;
        }
    for (size_t i = 0; i < faults->count; i++)
        print_error("%d: %s. %s\n", faults->faults[i].line, faults->faults[i].what, faults->faults[i].what_to_do);
    fail_msg("%s: nobody says \"%s\" of line %d", story, words, line);
}

static BookFaults faults_of(Arena *arena, const char *sections)
{
    return book_faults_of(arena, NULL, 1, sections);
}

static int open_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int close_arena(void **state)
{
    arena_free(*state);
    return 0;
}

static void a_book_in_order_has_no_faults(void **state)
{
    BookFaults faults = faults_of(*state, GOOD);
    for (size_t i = 0; i < faults.count; i++)
        print_error("%d: %s\n", faults.faults[i].line, faults.faults[i].what);
    assert_int_equal(faults.count, 0);
}

static const struct {
    const char *story, *sections;
    int line; /* 3 is the first line of `sections` */
    const char *words;
} FORM[] = {
    {"a misspelt section", "tarifs: []\n", 3, "unknown key `tarifs` in a file"},
    {"a misspelt key", "segments: [{code: S, naam: Es}]\n", 3, "unknown key `naam` in a segment"},
    {"years that are none", "region: {retention: [{years: 0}]}\n", 3, "`years: 0` is out of range"},
    {"a key that is missing", "segments:\n  - {code: S}\n", 4, "a segment without `name`"},
    {"a key twice", "segments: [{code: S, name: Es, name: Te}]\n", 3, "`name` stands twice"},
    {"a section twice", "segments: []\nsegments: []\n", 4, "`segments` stands twice"},
    {"a list where one value belongs", "segments: [{code: [S], name: Es}]\n", 3, "`code` has no single value"},
    {"one value where a list belongs", "segments: S\n", 3, "`segments` is not a list"},
    {"a text where keys belong", "segments: [S]\n", 3, "a segment is not a set of keys"},
    {"an anchor", "segments: &all []\n", 3, "an anchor or alias"},
    {"an alias", "segments: *all\n", 3, "an anchor or alias"},
    {"a tag", "segments: !!seq []\n", 3, "a tag"},
    {"nesting without end", "segments: [[[[[[[[[[[]]]]]]]]]]]\n", 3, "nested deeper"},
    {"a second document", "---\nsegments: []\n", 3, "a second document"},
    {"no YAML", "segments: [}\n", 3, "not YAML"},
    {"no day", "cohort: [{from: 2020-02-30, everyone: NEW}]\n", 3, "`from: 2020-02-30` is not a day"},
    {"a day of another form", "cohort: [{from: 1-1-2020, everyone: NEW}]\n", 3, "is not a day"},
    {"a period that ends before it begins", "cohort: [{from: 2020-02-01, until: 2020-01-31, everyone: NEW}]\n", 3,
     "a cohort rule ends before it begins"},
    {"a cohort told twice over", "cohort: [{everyone: NEW, reference_day: 2020-01-01, gap_days: 1}]\n", 3,
     "no reference day tells them apart"},
    {"no number", "budgets: [{year: next, cents: {'0001': 1}}]\n", 3, "`year: next` is not a whole number"},
    {"a number out of range", "budgets: [{year: 3020, cents: {'0001': 1}}]\n", 3, "`year: 3020` is out of range"},
    {"euros with a point", "pxq_tariffs: [{product: 45A04, unit: HOUR, cents: 60.00}]\n", 3, "is not a whole number"},
    {"a price below zero", "pxq_tariffs: [{product: 45A04, unit: HOUR, cents: -1}]\n", 3, "out of range"},
    {"an unknown unit", "pxq_tariffs: [{product: 45A04, unit: WEEK, cents: 1}]\n", 3, "`unit: WEEK` is not known"},
    {"a product code of four", "pxq_tariffs: [{product: 45A0, unit: HOUR, cents: 1}]\n", 3,
     "`product: 45A0` is not what it should be"},
    {"an AGB code of seven", "providers: [{agb: '9000001', name: Een}]\n", 3,
     "`agb: 9000001` is not what it should be"},
    {"an unknown group",
     "funding: [{municipalities: H9, segments: S, cohorts: NEW, content: PIC, funding: PIC, running: keep}]\n", 3,
     "H9 is no group of municipalities"},
    {"a municipality twice",
     "budgets: []\nfunding: [{municipalities: ['0001', '0001'], segments: S, cohorts: NEW, content: PIC, funding: PIC, "
     "running: keep}]\n",
     4, "names 0001 twice"},
    {"PIC paid without a PIC",
     "funding: [{municipalities: '0001', segments: S, cohorts: NEW, content: NONE, funding: PIC, running: keep}]\n", 3,
     "paid by PIC, but care has no PIC"},
    {"a conversion without a day",
     "funding: [{municipalities: '0001', segments: S, cohorts: NEW, content: PIC, funding: PIC, running: convert}]\n",
     3, "without `convert_on`"},
    {"a conversion outside its rule",
     "funding: [{municipalities: '0001', segments: S, cohorts: NEW, content: PIC, funding: PIC, running: convert, "
     "from: 2021-01-01, convert_on: 2020-12-31}]\n",
     3, "lies outside the rule's period"},
    {"a share above one", "payment_terms: [{segments: S, intensities: SHORT, shape: start_end, start_share: 1.2}]\n", 3,
     "`start_share: 1.2` is more than the whole"},
    {"a share below zero", "payment_terms: [{segments: S, intensities: SHORT, shape: start_end, start_share: -0.2}]\n",
     3, "is not a share"},
    {"a share of nothing", "payment_terms: [{segments: S, intensities: SHORT, shape: start_end, start_share: 1/0}]\n",
     3, "is not a share"},
    {"a start share by the month",
     "payment_terms: [{segments: S, intensities: SHORT, shape: monthly, start_share: 0.5}]\n", 3,
     "nothing has a start share"},
    {"an early end that is forgotten",
     "payment_terms: [{segments: S, intensities: SHORT, shape: monthly, early_end: {DEATH: all}}]\n", 3,
     "what an early end pays without `EARLY_BY_CLIENT`"},
    {"a change that pays what nobody knows",
     "payment_terms: [{segments: S, intensities: SHORT, shape: monthly, early_end: {otherwise: all, CHANGE_OF_PIC: "
     "half}}]\n",
     3, "`CHANGE_OF_PIC: half` is not known"},
    {"a cap of nothing", "payment_terms: [{segments: S, intensities: SHORT, shape: monthly, amount_cap: 0}]\n", 3,
     "`amount_cap: 0`"},
    {"a cap in euros", "payment_terms: [{segments: S, intensities: SHORT, shape: monthly, amount_cap: 4000.00}]\n", 3,
     "`amount_cap: 4000.00`"},
    {"pro rata of something else",
     "payment_terms: [{segments: S, intensities: SHORT, shape: start_end, start_share: 0.7, pro_rata_of: start}]\n", 3,
     "`pro_rata_of: start` is not known"},
    {"pro rata of the price of a month",
     "payment_terms: [{segments: S, intensities: SHORT, shape: monthly, pro_rata_of: whole_price}]\n", 3,
     "pro rata is of the month"},
    {"a start after a change, by the month",
     "payment_terms: [{segments: S, intensities: SHORT, shape: monthly, start_after_change_of_pic: true}]\n", 3,
     "no PIC begins with a start share"},
    {"a start after a change, perhaps",
     "payment_terms: [{segments: S, intensities: SHORT, shape: start_end, start_share: 0.7, start_after_change_of_pic: "
     "maybe}]\n",
     3, "neither true nor false"},
    {"a PIC under a national code",
     "products: [{category: '45', code: 45A04, name: B, segment: S, units: EURO, pic: P1/SHORT}]\n", 3,
     "a national code carries no PIC"},
    {"a PIC by the hour",
     "products: [{category: '45', code: PAP01, name: B, segment: S, units: HOUR, own: true, pic: P1/SHORT}]\n", 3,
     "declared as an amount"},
    {"a band in minutes",
     "granting: [{referrers: GP, segments: S, by: rule, volume: {unit: MINUTE, frequency: PER_WEEK, up_to: 1}}]\n", 3,
     "a band in minutes"},
    {"an unknown referrer", "granting: [{referrers: DOCTOR, segments: S, by: rule}]\n", 3, "DOCTOR is no referrer"},
    {"a ceiling for a stranger",
     "contracts: [{id: c, providers: '90000001', segment: S, municipalities: '0001', kind: regular, products: all, "
     "pics: all, corrections: declared, ceilings: {'0009': 1}}]\n",
     3, "a ceiling for 0009"},
    {"a measure in words of one's own", "targets: [{code: A, name: A, measure: percentage of clients, at_least: 1}]\n",
     3, "`measure: percentage of clients` is not known"},
    {"a target without an aim", "targets: [{code: A, name: A, measure: goal_reached}]\n", 3, "two aims or with none"},
    {"a target with two aims", "targets: [{code: A, name: A, measure: goal_reached, at_least: 1, at_most: 1}]\n", 3,
     "two aims or with none"},
    {"more than all", "targets: [{code: A, name: A, measure: goal_reached, at_least: 101}]\n", 3,
     "`at_least: 101` is out of range"},
};

static void every_fault_of_form_is_told_with_its_line(void **state)
{
    for (size_t i = 0; i < COUNT(FORM); i++) {
        BookFaults faults = faults_of(*state, FORM[i].sections);
        assert_true(faults.errors > 0);
        assert_told(&faults, FORM[i].story, FORM[i].words, FORM[i].line);
    }
}

/*
 * The second book of a region whose first is GOOD. Line 4 is the first line of `sections`; line 18 is that of the
 * contract in the first book.
 */
static const struct {
    const char *story, *sections;
    int line;
    const char *words;
} BESIDE[] = {
    {"two prices for one day",
     "pxq_tariffs:\n  - {product: 45A04, unit: HOUR, cents: 6000, until: 2020-06-30}\n"
     "  - {product: 45A04, unit: HOUR, cents: 7200, from: 2020-06-30}\n",
     6, "tariff of product 45A04  stands twice for 2020-06-30"},
    {"an unknown product", "pxq_tariffs: [{product: 45A99, unit: HOUR, cents: 6000}]\n", 4,
     "product 45A99 is not described"},
    {"an unknown municipality", "budgets: [{year: 2020, cents: {'0009': 100}}]\n", 4,
     "municipality 0009 is not described"},
    {"an unknown segment", "granting: [{referrers: GP, segments: Z, by: rule}]\n", 4, "segment Z is not described"},
    {"an unknown provider", "pxq_tariffs: [{product: 45A04, unit: HOUR, cents: 1, providers: '90000002'}]\n", 4,
     "provider 90000002 is not described"},
    {"an unknown profile", "pic_tariffs: [{segment: S, profile: P9, cents: {SHORT: 100}}]\n", 4,
     "profile P9 is not described"},
    {"an unknown intensity", "pic_tariffs: [{segment: S, profile: P1, cents: {LONG: 100}}]\n", 4,
     "intensity LONG is not described"},
    {"a price by another unit", "pxq_tariffs: [{product: 45A04, unit: DAY, cents: 60, municipalities: '0001'}]\n", 4,
     "a price for a DAY, while product 45A04 is counted in HOUR"},
    {"a substitution by another unit",
     "substitutions: [{segment: S, products: 45A04, unit: DAY, volume: 1, frequency: PER_WEEK}]\n", 4,
     "product 45A04 is not counted in DAY"},
    {"a target of a stranger",
     "targets: [{code: A, name: A, municipalities: ['0001', '0009'], measure: goal_reached, at_least: 1}]\n", 4,
     "municipality 0009 is not described"},
    {"a contract for what has no price",
     "contracts:\n  - {id: d, providers: '90000001', segment: T, municipalities: '0001', from: 2020-01-01, until: "
     "2020-12-31,\n"
     "     kind: regular, products: [45A05], pics: none, corrections: declared}\n"
     "products: [{category: '45', code: 45A05, name: B, segment: T, units: HOUR}]\n"
     "funding: [{municipalities: '0001', segments: T, cohorts: [NEW, EXISTING], content: NONE, funding: PXQ, running: "
     "keep}]\n",
     5, "product 45A05 has no price on 2020-01-01"},
    {"a contract for another segment's product",
     "contracts:\n  - {id: d, providers: '90000001', segment: T, municipalities: '0001', from: 2020-01-01, until: "
     "2020-12-31,\n"
     "     kind: regular, products: [45A04], pics: none, corrections: declared}\n"
     "funding: [{municipalities: '0001', segments: T, cohorts: [NEW, EXISTING], content: NONE, funding: PXQ, running: "
     "keep}]\n",
     5, "product 45A04 is of segment S, the contract of T"},
    {"a contract without funding",
     "contracts:\n  - {id: d, providers: '90000001', segment: T, municipalities: '0001', from: 2020-01-01, until: "
     "2020-12-31,\n"
     "     kind: regular, products: all, pics: none, corrections: declared}\n"
     "funding: [{municipalities: '0001', segments: T, cohorts: NEW, until: 2020-03-31, content: NONE, funding: PXQ, "
     "running: keep}]\n",
     5, "no funding for 0001 T NEW from 2020-04-01 to 2020-12-31"},
    {"a PIC without a price",
     "funding: [{municipalities: ALL, segments: S, cohorts: NEW, from: 2020-07-01, content: PIC, funding: PIC, "
     "running: keep}]\n",
     18, "S P1/SHORT has no price on 2020-07-01"},
    {"a PIC without terms",
     "funding: [{municipalities: ALL, segments: S, cohorts: NEW, from: 2020-07-01, content: PIC, funding: PIC, "
     "running: keep}]\n",
     18, "S P1/SHORT has no payment terms on 2020-07-01"},
};

static void every_fault_beside_other_entries_is_told_with_its_line(void **state)
{
    Book *first = book_written(1, GOOD);
    Books earlier = {0};
    assert_true(books_add(&earlier, first, day_at("2019-01-01")));
    for (size_t i = 0; i < COUNT(BESIDE); i++) {
        const char *sections =
            arena_format(*state, "region: {groups: {ALL: ['0001', '0002']}}\n%s", BESIDE[i].sections);
        BookFaults faults = book_faults_of(*state, &earlier, 2, sections);
        assert_told(&faults, BESIDE[i].story, BESIDE[i].words, BESIDE[i].line);
    }
    book_free(first);
}

static void a_book_that_is_not_the_next_is_refused(void **state)
{
    BookFaults faults = book_faults_of(*state, NULL, 3, GOOD);
    assert_int_equal(faults.errors, 1);
    assert_told(&faults, "the third comes first", "the book is number 3, and the next is 1", 0);
}

static void an_hour_price_that_gives_no_whole_minute_is_a_warning(void **state)
{
    Book *first = book_written(1, GOOD);
    Books earlier = {0};
    assert_true(books_add(&earlier, first, day_at("2019-01-01")));
    BookFaults faults =
        book_faults_of(*state, &earlier, 2, "pxq_tariffs: [{product: 45A04, unit: HOUR, cents: 6001}]\n");
    assert_int_equal(faults.errors, 0);
    assert_int_equal(faults.count, 1);
    assert_true(faults.faults[0].warning);
    book_free(first);
}

static void all_faults_are_told_at_once(void **state)
{
    BookFaults faults = faults_of(*state, "segments: [{code: S}]\n"
                                          "cohort: [{from: soon, everyone: NEW}]\n"
                                          "pxq_tariffs: [{product: 45A99, unit: HOUR, cents: 61}]\n"
                                          "tarifs: []\n");
    assert_told(&faults, "form", "a segment without `name`", 3);
    assert_told(&faults, "form", "`from: soon` is not a day", 4);
    assert_told(&faults, "beside", "product 45A99 is not described", 5);
    assert_told(&faults, "form", "unknown key `tarifs`", 6);
    for (size_t i = 1; i < faults.count; i++)
        if (strcmp(faults.faults[i - 1].file, faults.faults[i].file) == 0)
            assert_true(faults.faults[i - 1].line <= faults.faults[i].line);
}

static void a_file_must_say_whether_it_is_invented(void **state)
{
    static const char TEXT[] = "decision: {number: 1, slug: s, name: N, decided: 2019-01-01, source: s}\n";
    BookFaults faults = book_faults(*state);
    BookFile file = {"decision.yaml", {(const uint8_t *)TEXT, sizeof TEXT - 1}};
    Book *book = NULL;
    assert_false(book_read(&file, 1, &book, &faults));
    assert_null(book);
    assert_told(&faults, "silence", "a file without `synthetic`", 0);
}

static void a_folder_is_bounded(void **state)
{
    static uint8_t spaces[BOOK_FILE_BYTES_MAX + 1];
    memset(spaces, ' ', sizeof spaces);
    BookFile files[] = {
        {"large.yaml", {spaces, sizeof spaces}},
        {"../passwd", {spaces, 1}},
        {"twice.yaml", {spaces, 1}},
        {"twice.yaml", {spaces, 1}},
    };
    BookFaults faults = book_faults(*state);
    Book *book = NULL;
    assert_false(book_read(files, COUNT(files), &book, &faults));
    assert_told(&faults, "size", "larger than", 1);
    assert_told(&faults, "name", "the name of the file is not what it should be", 1);
    assert_told(&faults, "twice", "two files of this name", 1);
    assert_told(&faults, "empty", "no decision", 1);
}

static void the_digest_is_of_names_and_texts_whatever_their_order(void **state)
{
    (void)state;
    BookFile files[] = {{"a.yaml", {(const uint8_t *)"1", 1}}, {"b.yaml", {(const uint8_t *)"2", 1}}};
    BookFile turned[] = {files[1], files[0]};
    BookFile moved[] = {{"a.yaml", {(const uint8_t *)"12", 2}}, {"b.yaml", {(const uint8_t *)"", 0}}};
    Digest digest = book_files_digest(files, 2), same = book_files_digest(turned, 2);
    Digest other = book_files_digest(moved, 2);
    assert_true(digest_equal(&digest, &same));
    assert_false(digest_equal(&digest, &other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_book_in_order_has_no_faults),
        cmocka_unit_test(every_fault_of_form_is_told_with_its_line),
        cmocka_unit_test(every_fault_beside_other_entries_is_told_with_its_line),
        cmocka_unit_test(a_book_that_is_not_the_next_is_refused),
        cmocka_unit_test(an_hour_price_that_gives_no_whole_minute_is_a_warning),
        cmocka_unit_test(all_faults_are_told_at_once),
        cmocka_unit_test(a_file_must_say_whether_it_is_invented),
        cmocka_unit_test(a_folder_is_bounded),
        cmocka_unit_test(the_digest_is_of_names_and_texts_whatever_their_order),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
