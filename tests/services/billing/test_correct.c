#include "billing/core/corrected.h"

#include "billing/house.h"
#include "billing/migrations.h"
#include "billing/sql.h"
#include "billing/turn.h"
#include "proto/billing.pb-c.h"
#include "services/billing/story.h"
#include "support/database.h"

#include <stdlib.h>

/* Three providers, one for each way in which a contract lets prices be changed afterwards. */
static const char BOOK[] =
    "region:\n"
    "  code: X\n"
    "  name: Elders\n"
    "  number_floor: 0\n"
    "  municipalities: [{code: '0503', name: Aastad}]\n"
    "segments: [{code: S, name: Zorg}]\n"
    "profiles: [{code: P1, name: Een}]\n"
    "intensities: [{code: SHORT, name: Kort}, {code: LASTING, name: Lang}]\n"
    "providers: [{agb: '90000001', name: Een}, {agb: '90000002', name: Twee}, {agb: '90000003', name: Drie}]\n"
    "contracts:\n"
    "  - {id: one, segment: S, municipalities: ['0503'], providers: ['90000001'], kind: bridging, products: all, "
    "pics: all, corrections: self_billed}\n"
    "  - {id: two, segment: S, municipalities: ['0503'], providers: ['90000002'], kind: bridging, products: all, "
    "pics: all, corrections: declared}\n"
    "  - {id: three, segment: S, municipalities: ['0503'], providers: ['90000003'], kind: bridging, products: all, "
    "pics: all, corrections: settled}\n"
    "pxq_tariffs:\n"
    "  - {product: 45A04, unit: HOUR, cents: 7380}\n"
    "  - {product: 45A53, unit: PIECE, cents: 25000}\n"
    "pic_tariffs:\n"
    "  - {segment: S, profile: P1, cents: {SHORT: 500001, LASTING: 1200001}}\n"
    "payment_terms:\n"
    "  - {segments: S, profiles: P1, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 90,\n"
    "     expected_days: 200, work_in_progress: linear, start_due_by: message, end_due_by: message,\n"
    "     early_end: {EARLY_BY_CLIENT: pro_rata, otherwise: all}}\n"
    "  - {segments: S, profiles: P1, intensities: LASTING, shape: monthly, relapse_days: 0, expected_days: 365,\n"
    "     work_in_progress: linear, start_due_by: message, end_due_by: message, early_end: {otherwise: pro_rata}}\n";

static const char DEARER_PIECES[] = "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 26000}]\n";
static const char DEARER_PIECES_FROM_FEBRUARY[] =
    "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 26000, from: 2021-02-01}]\n";
static const char CHEAPER_PIECES[] = "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 24000}]\n";
static const char PIECES_AS_BEFORE[] = "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 25000}]\n";
static const char DEARER_HOURS[] = "pxq_tariffs: [{product: 45A04, unit: HOUR, cents: 7440}]\n";
static const char DEARER_TRAJECTORIES[] =
    "pic_tariffs: [{segment: S, profile: P1, cents: {SHORT: 600001, LASTING: 1320001}}]\n";
static const char OTHER_SHARES[] =
    "payment_terms:\n"
    "  - {segments: S, profiles: P1, intensities: SHORT, shape: start_end, start_share: 0.5, relapse_days: 90,\n"
    "     expected_days: 200, work_in_progress: linear, start_due_by: message, end_due_by: message,\n"
    "     early_end: {otherwise: all}}\n";
static const char PAID_BY_THE_MONTH[] =
    "payment_terms:\n"
    "  - {segments: S, profiles: P1, intensities: SHORT, shape: monthly, relapse_days: 90,\n"
    "     expected_days: 200, work_in_progress: linear, start_due_by: message, end_due_by: message,\n"
    "     early_end: {otherwise: all}}\n";
static const char ALL_SELF_BILLED[] =
    "contracts:\n"
    "  - {id: four, segment: S, municipalities: ['0503'], providers: ['90000001', '90000002', '90000003'], "
    "kind: bridging, products: all, pics: all, corrections: self_billed}\n"
    "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 28000}]\n";

static const Pic BY_PRODUCT = {"", ""};

static Period days(const char *first, const char *last)
{
    return (Period){day_at(first), day_at(last)};
}

typedef struct World {
    Story *story;
    TestTurns *billing;
    size_t heard;
} World;

static TestTurns *billing_new(void)
{
    TestTurns *billing = test_turns_new("billing", &billing_sql, &billing_migrations, billing_turn, house_new());
    billing->committed = house_committed;
    return billing;
}

static Story *story_new(void)
{
    Story *story = calloc(1, sizeof *story);
    *story = (Story){
        .arena = arena_new(),
        .partition = 3,
        .municipality = "0503",
        .provider = "90000001",
        .known = day_at("2021-01-04"),
    };
    return story;
}

static void story_free(Story *story)
{
    arena_free(story->arena);
    free(story);
}

static int open_world(void **state)
{
    World *world = calloc(1, sizeof *world);
    world->story = story_new();
    world->billing = billing_new();
    *state = world;
    return 0;
}

/* The same house with empty tables, and another story. */
static World *begin_anew(void **state)
{
    World *world = *state;
    assert_int_equal(database_run(world->billing->database, "empty",
                                  "DELETE FROM allocation; DELETE FROM care; DELETE FROM declaration; DELETE FROM line;"
                                  "DELETE FROM adjustment; DELETE FROM correction; DELETE FROM posting;"
                                  "DELETE FROM payment; DELETE FROM outbox; DELETE FROM heard_book;"
                                  "UPDATE outbox_head SET position = 0"),
                     STATUS_OK);
    house_free(world->billing->house);
    world->billing->house = house_new();
    story_free(world->story);
    world->story = story_new();
    world->heard = 0;
    return world;
}

static int close_world(void **state)
{
    World *world = *state;
    house_free(world->billing->house);
    test_turns_free(world->billing);
    story_free(world->story);
    free(world);
    return 0;
}

/* the story so far is heard, and what stands in the tables must add up */

static int64_t number_of(World *world, const char *question)
{
    return test_database_number(world->billing->database, question);
}

static const char UNBALANCED[] =
    "SELECT count(*) FROM (SELECT FROM posting GROUP BY partition, conversation, declaration,"
    " position, service_year HAVING sum(amount_cents) <> 0) AS unbalanced";

/* What lines and their adjustments come to is what stands as cost, for each year. */
static const char COST_DIFFERS[] =
    "SELECT count(*) FROM (SELECT year, sum(cents) FROM ("
    "  SELECT extract(year FROM first_day)::int AS year, amount_cents AS cents FROM line"
    "  UNION ALL SELECT extract(year FROM first_day)::int, amount_cents FROM adjustment"
    "  UNION ALL SELECT service_year, -amount_cents FROM posting WHERE account = 'COST') AS all_of_it"
    " GROUP BY year HAVING sum(cents) <> 0) AS differs";

static void hear(World *world, size_t batch)
{
    Story *story = world->story;
    test_turns_hear(world->billing, story->messages + world->heard, story->count - world->heard, batch);
    world->heard = story->count;
    assert_int_equal(number_of(world, UNBALANCED), 0);
    assert_int_equal(number_of(world, COST_DIFFERS), 0);
}

/* What the provider's line comes to, with all that was made of it. */
static int64_t net_of(World *world, const char *reference)
{
    return number_of(world,
                     arena_format(world->story->arena,
                                  "SELECT coalesce(sum(cents), 0)::bigint FROM ("
                                  " SELECT amount_cents AS cents FROM line"
                                  "  WHERE reference = '%1$s' OR origin = '%1$s' OR credits = '%1$s'"
                                  "  AND origin IS NULL"
                                  " UNION ALL SELECT amount_cents FROM line WHERE origin IS NULL AND credits IN"
                                  "  (SELECT reference FROM line WHERE origin = '%1$s')"
                                  " UNION ALL SELECT amount_cents FROM adjustment WHERE reference = '%1$s'"
                                  " OR reference IN (SELECT reference FROM line WHERE origin = '%1$s')) AS all_of_it",
                                  reference));
}

static int64_t account_of(World *world, const char *account)
{
    return number_of(world,
                     arena_format(world->story->arena,
                                  "SELECT coalesce(sum(amount_cents), 0)::bigint FROM posting WHERE account = '%s'",
                                  account));
}

static Asked piece(const char *reference, const char *month, int64_t volume)
{
    return (Asked){.client = "c-1",
                   .reference = reference,
                   .allocation = "A1",
                   .code = "45A53",
                   .period = period_month(day_at(month)),
                   .volume = volume,
                   .unit = UNIT_PIECE,
                   .tariff = LEFT,
                   .amount = LEFT,
                   .credits = "",
                   .match_code = "",
                   .funding = FUNDING_PXQ};
}

static void declare(World *world, Asked asked)
{
    Story *story = world->story;
    story_declare(story, arena_format(story->arena, "D-%s", asked.reference), period_month(asked.period.first).first,
                  LEFT, &asked, 1);
}

static void credit(World *world, Asked asked)
{
    asked.credits = asked.reference;
    asked.reference = arena_format(world->story->arena, "k-%s", asked.reference);
    declare(world, asked);
}

static void grant_pieces(World *world)
{
    const Grant grant = {
        "A1", "c-1", "45A53", 100, UNIT_PIECE, FREQUENCY_IN_TOTAL, days("2021-01-01", "2021-12-31"), BY_PRODUCT};
    story_grant(world->story, &grant, 1);
}

static void begin(World *world, const char *provider)
{
    world->story->provider = provider;
    story_book(world->story, 1, BOOK);
    grant_pieces(world);
    declare(world, piece("r1", "2021-01-01", 2));
    declare(world, piece("r2", "2021-02-01", 3));
}

/* the three ways */

static void a_contract_says_how_a_new_price_reaches_a_line(void **state)
{
    World *world = *state;
    /* clang-format off */
    static const struct {
        const char *way, *provider;
        int64_t lines, adjustments, payable, expected;
        const char *document;
    } CASES[] = {
        /* r1 is 2 × € 250 and r2 3 × € 250; at € 260 both together cost € 50 more */
        {"credit and new debet", "90000001", 6, 0, -130000, 0,     "nota~2"},
        {"asked of the provider", "90000002", 2, 2, -125000, -5000, "verzoek~2"},
        {"settled for the year",  "90000003", 2, 2, -130000, 0,     "verrekening~2~2021"},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        world = begin_anew(state);
        begin(world, CASES[i].provider);
        story_book(world->story, 2, DEARER_PIECES);
        hear(world, 100);
        assert_int_equal(net_of(world, "r1"), 52000);
        assert_int_equal(net_of(world, "r2"), 78000);
        assert_int_equal(number_of(world, "SELECT count(*) FROM line"), CASES[i].lines);
        assert_int_equal(number_of(world, "SELECT count(*) FROM adjustment"), CASES[i].adjustments);
        assert_int_equal(account_of(world, "COST"), 130000);
        assert_int_equal(account_of(world, "PAYABLE"), CASES[i].payable);
        assert_int_equal(account_of(world, "EXPECTED_CORRECTION"), CASES[i].expected);
        const char *made = arena_format(world->story->arena,
                                        "SELECT count(*) FROM correction WHERE document = '%s' AND lines = 2"
                                        " AND before_cents = 125000 AND after_cents = 130000",
                                        CASES[i].document);
        assert_int_equal(number_of(world, made), 1);
        assert_int_equal(number_of(world, "SELECT count(*) FROM correction"), 1);
    }
}

static void a_book_touches_the_lines_of_its_days_and_no_others(void **state)
{
    World *world = *state;
    begin(world, "90000001");
    story_book(world->story, 2, DEARER_PIECES_FROM_FEBRUARY);
    story_book(world->story, 3, DEARER_HOURS);
    hear(world, 100);
    assert_int_equal(net_of(world, "r1"), 50000);
    assert_int_equal(net_of(world, "r2"), 78000);
    assert_int_equal(number_of(world, "SELECT count(*) FROM line WHERE origin = 'r1'"), 0);
    assert_int_equal(number_of(world, "SELECT count(*) FROM line WHERE origin = 'r2'"), 2);
    assert_int_equal(number_of(world, "SELECT count(*) FROM line WHERE reference = 'r2~2' AND replaces = 'r2'"), 1);
    assert_int_equal(number_of(world, "SELECT count(*) FROM line WHERE reference = 'r2~2c' AND credits = 'r2'"), 1);
    assert_int_equal(number_of(world, "SELECT count(*) FROM correction"), 1);
}

static const char *const PROVIDERS[] = {"90000001", "90000002", "90000003"};

/* Whatever books came between, a line comes to what the last one says. */
static void books_that_follow_each_other_leave_the_last_price(void **state)
{
    static const struct {
        const char *story;
        const char *books[4];
        int64_t net;
    } CASES[] = {
        {"dearer", {DEARER_PIECES}, 52000},
        {"dearer, then cheaper", {DEARER_PIECES, CHEAPER_PIECES}, 48000},
        {"withdrawn", {DEARER_PIECES, PIECES_AS_BEFORE}, 50000},
        {"withdrawn and decided again", {DEARER_PIECES, PIECES_AS_BEFORE, DEARER_PIECES}, 52000},
        {"the contracts change on the way", {DEARER_PIECES, ALL_SELF_BILLED}, 56000},
        {"and the price once more", {DEARER_PIECES, ALL_SELF_BILLED, CHEAPER_PIECES}, 48000},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        for (size_t provider = 0; provider < COUNT(PROVIDERS); provider++) {
            World *world = begin_anew(state);
            begin(world, PROVIDERS[provider]);
            for (int32_t book = 0; book < 4 && CASES[i].books[book]; book++)
                story_book(world->story, book + 2, CASES[i].books[book]);
            hear(world, 100);
            if (net_of(world, "r1") != CASES[i].net)
                fail_msg("%s, provider %s: %lld cents, not %lld", CASES[i].story, PROVIDERS[provider],
                         (long long)net_of(world, "r1"), (long long)CASES[i].net);
            /* What is expected of the provider is gone once its contract has it billed for it. */
            if (i >= 4)
                assert_int_equal(account_of(world, "EXPECTED_CORRECTION"), 0);
        }
}

static void a_credit_takes_the_line_and_its_corrections_back(void **state)
{
    for (size_t provider = 0; provider < COUNT(PROVIDERS); provider++) {
        World *world = begin_anew(state);
        begin(world, PROVIDERS[provider]);
        story_book(world->story, 2, DEARER_PIECES);
        story_book(world->story, 3, CHEAPER_PIECES);
        Asked as_declared = piece("r1", "2021-01-01", 2);
        as_declared.amount = 50000;
        credit(world, as_declared);
        declare(world, piece("r3", "2021-01-01", 2));
        hear(world, 100);
        assert_int_equal(net_of(world, "r1"), 0);
        assert_int_equal(net_of(world, "r3"), 48000);
        assert_int_equal(account_of(world, "COST"), 48000 + 72000);

        /* And is never priced again. */
        story_book(world->story, 4, DEARER_PIECES);
        hear(world, 100);
        assert_int_equal(net_of(world, "r1"), 0);
        assert_int_equal(net_of(world, "r3"), 52000);
    }
}

static void a_line_that_was_credited_cannot_be_credited_again(void **state)
{
    World *world = *state;
    begin(world, "90000001");
    story_book(world->story, 2, DEARER_PIECES);
    credit(world, piece("r1", "2021-01-01", 2));
    Asked again = piece("k2", "2021-01-01", 2);
    again.credits = "r1";
    declare(world, again);
    hear(world, 100);
    assert_int_equal(
        number_of(world, "SELECT count(*) FROM line WHERE reference = 'k2' AND reason = 'CREDITED_BEFORE'"), 1);
    assert_int_equal(net_of(world, "r1"), 0);
}

static void a_note_and_a_settlement_are_paid_by_their_numbers(void **state)
{
    static const struct {
        const char *provider, *document;
        int64_t cents;
    } CASES[] = {{"90000001", "nota~2", 5000}, {"90000003", "verrekening~2~2021", 5000}};
    for (size_t i = 0; i < COUNT(CASES); i++) {
        World *world = begin_anew(state);
        begin(world, CASES[i].provider);
        story_book(world->story, 2, DEARER_PIECES);
        story_pay(world->story, CASES[i].document, CASES[i].cents + 1);
        story_pay(world->story, CASES[i].document, CASES[i].cents);
        hear(world, 100);
        assert_int_equal(number_of(world, "SELECT sum(amount_cents)::bigint FROM posting WHERE account = 'PAID'"),
                         -CASES[i].cents);
        assert_int_equal(number_of(world, "SELECT count(*) FROM payment WHERE reason = 'NOTHING_PAYABLE'"), 1);
    }
}

/* What is taken back of a settlement is no longer payable, to the next message of the same batch too. */
static void what_a_credit_takes_back_is_not_paid(void **state)
{
    World *world = *state;
    begin(world, "90000003");
    story_book(world->story, 2, DEARER_PIECES);
    hear(world, 100);
    credit(world, piece("r1", "2021-01-01", 2));
    story_pay(world->story, "verrekening~2~2021", 5000);
    story_pay(world->story, "verrekening~2~2021", 3000);
    hear(world, 100);
    assert_int_equal(number_of(world, "SELECT count(*) FROM payment WHERE reason = 'NOTHING_PAYABLE'"), 1);
    assert_int_equal(number_of(world, "SELECT count(*) FROM payment WHERE reason = 'PAYMENT_BOOKED'"), 1);
}

/* trajectories */

static void grant_trajectory(World *world, const char *number, const char *intensity, Period period, int64_t cents)
{
    const Grant grant = {
        number,           "c-1", intensity[0] == 'S' ? "PA1P1" : "PA1P2", cents, UNIT_EURO, FREQUENCY_IN_TOTAL, period,
        {"P1", intensity}};
    story_grant(world->story, &grant, 1);
}

static Asked part(const char *reference, const char *allocation, const char *code, Period period)
{
    Asked asked = piece(reference, "2021-01-01", 0);
    asked.allocation = allocation;
    asked.code = code;
    asked.period = period;
    asked.unit = UNIT_EURO;
    asked.funding = FUNDING_PIC;
    return asked;
}

static void parts_are_priced_anew_and_stay_the_same_parts(void **state)
{
    static const struct {
        const char *story;
        const char *books[3];
        int64_t start, end, month;
    } CASES[] = {
        /* 500001 × 0.7 is 350000.7; the rest of 500001 is 150000. A twelfth of 1200001 is 100000.08. */
        {"as first agreed", {0}, 350001, 150000, 100000},
        {"600001 × 0.7 and the rest; a twelfth of 1320001", {DEARER_TRAJECTORIES}, 420001, 180000, 110000},
        {"half at the start", {OTHER_SHARES}, 250001, 250000, 100000},
        {"half at the start, and dearer", {OTHER_SHARES, DEARER_TRAJECTORIES}, 300001, 300000, 110000},
        {"parts that the new terms do not know stay", {PAID_BY_THE_MONTH, DEARER_TRAJECTORIES}, 350001, 150000, 110000},
    };
    for (size_t i = 0; i < COUNT(CASES); i++)
        for (size_t provider = 0; provider < COUNT(PROVIDERS); provider++) {
            World *world = begin_anew(state);
            Story *story = world->story;
            story->provider = PROVIDERS[provider];
            story_book(story, 1, BOOK);
            grant_trajectory(world, "T1", "SHORT", days("2021-01-15", "2021-06-30"), 600001);
            grant_trajectory(world, "T2", "LASTING", days("2021-01-01", "2021-12-31"), 1320001);
            story_start(story, "T1", day_at("2021-01-15"), "");
            story_start(story, "T2", day_at("2021-01-01"), "");
            story_stop(story, "T1", day_at("2021-05-31"), STOP_AS_PLANNED);
            declare(world, part("start", "T1", "PA1P1", days("2021-01-15", "2021-01-31")));
            declare(world, part("end", "T1", "PA1P1", days("2021-05-01", "2021-05-31")));
            declare(world, part("month", "T2", "PA1P2", days("2021-01-01", "2021-01-31")));
            for (int32_t book = 0; book < 3 && CASES[i].books[book]; book++)
                story_book(story, book + 2, CASES[i].books[book]);
            hear(world, 100);
            const int64_t expected[] = {CASES[i].start, CASES[i].end, CASES[i].month};
            const char *const references[] = {"start", "end", "month"};
            for (size_t j = 0; j < COUNT(expected); j++)
                if (net_of(world, references[j]) != expected[j])
                    fail_msg("%s, provider %s, %s: %lld cents, not %lld", CASES[i].story, PROVIDERS[provider],
                             references[j], (long long)net_of(world, references[j]), (long long)expected[j]);
        }
}

/* 152 of 200 days: 500001 × 0.76 less the start of 350001, then 600001 × 0.76 less one of 420001. */
static void an_early_end_by_the_whole_price_is_priced_anew_too(void **state)
{
    static const char WHOLE_PRICE[] =
        "payment_terms:\n"
        "  - {segments: S, profiles: P1, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 90,\n"
        "     pro_rata_of: whole_price, expected_days: 200, work_in_progress: linear, start_due_by: message,\n"
        "     end_due_by: message, early_end: {EARLY_BY_CLIENT: pro_rata, otherwise: all}}\n";
    World *world = *state;
    Story *story = world->story;
    story_book(story, 1, BOOK);
    story_book(story, 2, WHOLE_PRICE);
    grant_trajectory(world, "T1", "SHORT", days("2021-01-15", "2021-06-30"), 600001);
    story_start(story, "T1", day_at("2021-01-15"), "");
    story_stop(story, "T1", day_at("2021-06-15"), STOP_EARLY_BY_CLIENT);
    declare(world, part("start", "T1", "PA1P1", days("2021-01-15", "2021-01-31")));
    declare(world, part("end", "T1", "PA1P1", days("2021-06-01", "2021-06-30")));
    hear(world, 100);
    assert_int_equal(net_of(world, "end"), 30000);
    story_book(story, 3, DEARER_TRAJECTORIES);
    hear(world, 100);
    assert_int_equal(net_of(world, "start"), 420001);
    assert_int_equal(net_of(world, "end"), 36000);
}

/* A stop that is heard after the end part was paid is no reason to pay the part otherwise because the price changed. */
static void what_became_known_of_the_care_since_changes_no_part(void **state)
{
    World *world = *state;
    Story *story = world->story;
    story_book(story, 1, BOOK);
    grant_trajectory(world, "T2", "LASTING", days("2021-01-01", "2021-12-31"), 1320001);
    story_start(story, "T2", day_at("2021-01-01"), "");
    declare(world, part("month", "T2", "PA1P2", days("2021-01-01", "2021-01-31")));
    story_stop(story, "T2", day_at("2021-01-16"), STOP_EARLY_BY_CLIENT);
    story_book(story, 2, DEARER_TRAJECTORIES);
    hear(world, 100);
    assert_int_equal(net_of(world, "month"), 110000);
}

/* cuts and order */

static const char *const TABLES[] = {"line", "adjustment", "correction", "posting", "declaration"};

static int64_t fingerprint(World *world, const char *table)
{
    return number_of(world, arena_format(world->story->arena,
                                         "SELECT ('x' || substr(md5(coalesce(string_agg(row::text, ';' ORDER BY "
                                         "row::text), '')), 1, 15))::bit(60)::bigint FROM %s AS row",
                                         table));
}

static void tell_many(World *world)
{
    Story *story = world->story;
    story_book(story, 1, BOOK);
    for (size_t provider = 0; provider < COUNT(PROVIDERS); provider++) {
        story->provider = PROVIDERS[provider];
        grant_pieces(world);
        for (int month = 1; month <= 12; month++)
            declare(world, piece(arena_format(story->arena, "r%d", month),
                                 arena_format(story->arena, "2021-%02d-01", month), month % 4 + 1));
        credit(world, piece("r4", "2021-04-01", 1));
    }
    story->provider = "90000001";
    story_book(story, 2, DEARER_PIECES_FROM_FEBRUARY);
    story_book(story, 3, DEARER_HOURS);
    story_book(story, 4, CHEAPER_PIECES);
    story->provider = "90000003";
    credit(world, piece("r5", "2021-05-01", 2));
}

/* Long work is cut by number of lines, and comes to the same wherever it is cut. */
static void cuts_change_no_table(void **state)
{
    int64_t expected[COUNT(TABLES)];
    static const size_t CUTS[] = {20000, 1, 2, 5, 12, 13};
    for (size_t i = 0; i < COUNT(CUTS); i++) {
        World *world = begin_anew(state);
        house_cut_at(world->billing->house, CUTS[i]);
        tell_many(world);
        hear(world, i % 2 ? 7 : 500);
        for (size_t table = 0; table < COUNT(TABLES); table++) {
            int64_t found = fingerprint(world, TABLES[table]);
            if (i == 0)
                expected[table] = found;
            else if (found != expected[table])
                fail_msg("%s differs when the work is cut at %zu lines", TABLES[table], CUTS[i]);
        }
        assert_int_equal(number_of(world, "SELECT count(*) FROM correction"), 6);
    }
}

/* A book, a late line and a credit in every order: no final balance differs. */
static void the_order_of_a_book_and_late_lines_changes_no_balance(void **state)
{
    static const char *const ORDERS[] = {"bdc", "dbc", "dcb"};
    for (size_t provider = 0; provider < COUNT(PROVIDERS); provider++)
        for (size_t i = 0; i < COUNT(ORDERS); i++) {
            World *world = begin_anew(state);
            begin(world, PROVIDERS[provider]);
            for (const char *next = ORDERS[i]; *next; next++) {
                if (*next == 'b')
                    story_book(world->story, 2, DEARER_PIECES);
                if (*next == 'd')
                    declare(world, piece("late", "2021-03-01", 1));
                if (*next == 'c')
                    credit(world, piece("r2", "2021-02-01", 3));
            }
            hear(world, 100);
            assert_int_equal(net_of(world, "r1"), 52000);
            assert_int_equal(net_of(world, "r2"), 0);
            assert_int_equal(net_of(world, "late"), 26000);
            assert_int_equal(account_of(world, "COST"), 78000);
            assert_int_equal(account_of(world, "PAYABLE") + account_of(world, "EXPECTED_CORRECTION"), -78000);
        }
}

/* what goes on */

static void the_provider_is_told_line_by_line(void **state)
{
    World *world = *state;
    begin(world, "90000001");
    story_book(world->story, 2, DEARER_PIECES);
    hear(world, 100);
    const Heard *book = &world->story->messages[world->story->count - 1];
    Arena *arena = world->story->arena;

    Bytes first = test_turns_said(world->billing, arena_format(arena, "%s/billing.1", book->id));
    const Billing__Judged *passed_on = message_unpack(arena, &billing__judged__descriptor, first);
    assert_int_equal(passed_on->heard->fact->book_published->number, 2);

    Bytes second = test_turns_said(world->billing, arena_format(arena, "%s/billing.2", book->id));
    const Billing__Judged *judged = message_unpack(arena, &billing__judged__descriptor, second);
    assert_string_equal(judged->heard->fact->municipality, "0503");
    assert_string_equal(judged->heard->fact->provider, "90000001");
    const Billing__Corrected *corrected = judged->corrected;
    assert_int_equal(corrected->book, 2);
    assert_int_equal(corrected->n_lines, 2);
    assert_string_equal(corrected->lines[0]->reference, "r1");
    assert_string_equal(corrected->lines[0]->credited_by, "r1~2c");
    assert_string_equal(corrected->lines[0]->replaced_by, "r1~2");
    assert_int_equal(corrected->lines[0]->before->cents, 50000);
    assert_int_equal(corrected->lines[0]->after->cents, 52000);
    assert_int_equal(corrected->lines[0]->tariff->cents, 26000);
    assert_int_equal(corrected->n_sums, 2);
    assert_int_equal(corrected->sums[0]->debet->cents - corrected->sums[0]->credit->cents, 2000);
    assert_int_equal(corrected->n_documents, 1);
    assert_string_equal(corrected->documents[0]->number, "nota~2");
    assert_int_equal(judged->n_postings, 2);
    assert_int_equal(judged->postings[0]->amount->cents, 5000);
    assert_int_equal(
        number_of(world, "SELECT count(*) FROM outbox WHERE subject = '0503/90000001' AND id LIKE '%billing.2'"), 1);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        STORY(a_contract_says_how_a_new_price_reaches_a_line),
        STORY(a_book_touches_the_lines_of_its_days_and_no_others),
        STORY(books_that_follow_each_other_leave_the_last_price),
        STORY(a_credit_takes_the_line_and_its_corrections_back),
        STORY(a_line_that_was_credited_cannot_be_credited_again),
        STORY(a_note_and_a_settlement_are_paid_by_their_numbers),
        STORY(what_a_credit_takes_back_is_not_paid),
        STORY(parts_are_priced_anew_and_stay_the_same_parts),
        STORY(an_early_end_by_the_whole_price_is_priced_anew_too),
        STORY(what_became_known_of_the_care_since_changes_no_part),
        STORY(cuts_change_no_table),
        STORY(the_order_of_a_book_and_late_lines_changes_no_balance),
        STORY(the_provider_is_told_line_by_line),
    };
#undef STORY
    return cmocka_run_group_tests(tests, NULL, NULL);
}
