#include "billing/turn.h"

#include "billing/house.h"
#include "billing/migrations.h"
#include "billing/sql.h"
#include "proto/billing.pb-c.h"
#include "services/billing/story.h"
#include "support/database.h"

#include <stdlib.h>

static const char BOOK[] =
    "region:\n"
    "  code: X\n"
    "  name: Elders\n"
    "  number_floor: 0\n"
    "  municipalities: [{code: '0503', name: Aastad}]\n"
    "segments: [{code: S, name: Zorg}]\n"
    "profiles: [{code: P1, name: Een}]\n"
    "intensities: [{code: SHORT, name: Kort}]\n"
    "providers: [{agb: '90000001', name: Een}, {agb: '90000002', name: Twee}]\n"
    "contracts:\n"
    "  - {id: c1, segment: S, municipalities: ['0503'], providers: ['90000001'], kind: bridging, products: all, "
    "pics: all, corrections: self_billed}\n"
    "  - {id: c2, segment: S, municipalities: ['0503'], providers: ['90000002'], kind: bridging, products: all, "
    "pics: all, corrections: declared}\n"
    "pxq_tariffs:\n"
    "  - {product: 45A53, unit: PIECE, cents: 25000}\n"
    "pic_tariffs:\n"
    "  - {segment: S, profile: P1, cents: {SHORT: 500000}}\n"
    "payment_terms:\n"
    "  - {segments: S, profiles: P1, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 90,\n"
    "     expected_days: 200, work_in_progress: linear, start_due_by: message, end_due_by: message,\n"
    "     early_end: {otherwise: all}}\n";

static const char SECOND_BOOK[] = "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 26000}]\n";

static const Pic BY_PRODUCT = {"", ""};
static const Pic SHORT = {"P1", "SHORT"};

static Period days(const char *first, const char *last)
{
    return (Period){day_at(first), day_at(last)};
}

typedef struct World {
    Story *story;
    TestTurns *billing;
} World;

static TestTurns *billing_new(size_t piece)
{
    House *house = house_new();
    house_cut_at(house, piece);
    TestTurns *billing = test_turns_new("billing", &billing_sql, &billing_migrations, billing_turn, house);
    billing->committed = house_committed;
    return billing;
}

static void billing_free(TestTurns *billing)
{
    house_free(billing->house);
    test_turns_free(billing);
}

static int open_world(void **state)
{
    World *world = calloc(1, sizeof *world);
    world->story = calloc(1, sizeof *world->story);
    *world->story = (Story){.arena = arena_new(), .partition = 3, .municipality = "0503", .provider = "90000001"};
    world->story->known = day_at("2020-12-01");
    world->billing = billing_new(20000);
    *state = world;
    return 0;
}

static int close_world(void **state)
{
    World *world = *state;
    arena_free(world->story->arena);
    free(world->story);
    billing_free(world->billing);
    free(world);
    return 0;
}

static int64_t number_of(World *world, const char *question)
{
    return test_database_number(world->billing->database, question);
}

static void expect(World *world, const char *question, int64_t expected)
{
    int64_t found = number_of(world, question);
    if (found != expected)
        fail_msg("%s: %lld instead of %lld", question, (long long)found, (long long)expected);
}

static Asked piece(const char *reference, const char *allocation, const char *first, const char *last, int64_t volume)
{
    return (Asked){"c-1", reference, allocation, "45A53", days(first, last), volume, UNIT_PIECE,
                   LEFT,  LEFT,      "",         "",      FUNDING_PXQ};
}

/* Pieces and a trajectory that is half way at the end of the year; an allocation on which nobody declares. */
static void tell_2020(Story *story)
{
    const Grant grants[] = {
        {"A1", "c-1", "45A53", 90, UNIT_PIECE, FREQUENCY_IN_TOTAL, days("2020-01-01", "2021-12-31"), BY_PRODUCT},
        {"A2", "c-1", "45A53", 90, UNIT_PIECE, FREQUENCY_IN_TOTAL, days("2020-01-01", "2020-12-31"), BY_PRODUCT},
        {"A3", "c-1", "45A53", 90, UNIT_PIECE, FREQUENCY_IN_TOTAL, days("2021-01-01", "2021-12-31"), BY_PRODUCT},
        {"T1", "c-2", "45P01", 500000, UNIT_EURO, FREQUENCY_IN_TOTAL, days("2020-12-22", "2020-12-31"), SHORT},
        {"T2", "c-3", "45P01", 500000, UNIT_EURO, FREQUENCY_IN_TOTAL, days("2020-12-01", "2021-06-30"), SHORT}};
    story_grant(story, grants, COUNT(grants));
    story_start(story, "T1", day_at("2020-12-22"), "");
    story_start(story, "T2", day_at("2020-12-01"), "");
    const Asked december[] = {
        piece("r1", "A1", "2020-11-01", "2020-11-30", 2),
        piece("r2", "A1", "2020-12-01", "2020-12-31", 100),
        {"c-3", "t1", "T2", "45P01", days("2020-12-01", "2020-12-31"), 350000, UNIT_EURO, LEFT, 350000, "", "",
         FUNDING_PIC},
    };
    story_declare(story, "D1", day_at("2020-12-01"), LEFT, december, COUNT(december));
    story_new_day(story, day_at("2021-01-20"));
    Asked january[] = {
        piece("r3", "A1", "2020-12-01", "2020-12-31", 4),
        piece("r4", "A1", "2021-01-01", "2021-01-31", 1),
        piece("r5", "A1", "2020-11-01", "2020-11-30", 2),
    };
    january[2].credits = "r1";
    story_declare(story, "D2", day_at("2021-01-01"), LEFT, january, COUNT(january));
}

/* What statements say of costs is what the ledger has of the year; so it is of work in progress and obligations. */
#define COST_OF(YEAR) \
    "SELECT coalesce(sum(amount_cents), 0)::bigint FROM posting WHERE account = 'COST' AND booked_year = " YEAR
#define FROZEN_COST_OF(YEAR)                                                                   \
    "SELECT sum(approved_cents - credited_cents + corrected_cents)::bigint FROM statement_row" \
    " WHERE position = (SELECT max(position) FROM year_decided WHERE closed AND year = " YEAR ") AND year = " YEAR

static void a_year_is_closed_and_what_comes_later_is_booked_in_the_open_one(void **state)
{
    World *world = *state;
    Story *story = world->story;
    story_book(story, 1, BOOK);
    tell_2020(story);
    story_new_day(story, day_at("2021-03-31"));
    story_close(story, 2020);
    size_t closed = story->count;
    Asked late[] = {piece("r6", "A1", "2020-11-01", "2020-11-30", 3), piece("r7", "A1", "2020-12-01", "2020-12-31", 4)};
    late[1].credits = "r3";
    story_declare(story, "D3", day_at("2021-03-01"), LEFT, late, COUNT(late));
    story_book(story, 2, SECOND_BOOK);

    test_turns_hear(world->billing, story->messages, closed, 100);
    expect(world, "SELECT count(*) FROM statement", 1);
    /* A1 of 2020: r3 of 100,000 stands, r1 was credited, r2 was rejected; r1 and r3 and the start of T2 are approved. */
    expect(world, "SELECT count(*) FROM statement_row", 2);
    expect(world, "SELECT approved_cents FROM statement_row WHERE code = '45A53'", 150000);
    expect(world, "SELECT credited_cents FROM statement_row WHERE code = '45A53'", 50000);
    expect(world, "SELECT rejected_lines FROM statement_row WHERE code = '45A53'", 1);
    expect(world, "SELECT undeclared FROM statement_row WHERE code = '45A53'", 1);
    expect(world, "SELECT approved_cents FROM statement_row WHERE profile = 'P1'", 350000);
    /* T1 is delivered in whole and nothing of it is paid; of T2 31 of 212 days: paid ahead, and its end part is owed. */
    expect(world, "SELECT in_progress_cents FROM statement_row WHERE profile = 'P1'", 500000);
    expect(world, "SELECT ahead_cents FROM statement_row WHERE profile = 'P1'", 350000 - 73113);
    expect(world, "SELECT obligation_cents FROM statement_row WHERE profile = 'P1'", 150000);
    expect(world, "SELECT undeclared FROM statement_row WHERE profile = 'P1'", 1);
    expect(world, FROZEN_COST_OF("2020"), 450000);
    expect(world, COST_OF("2020"), 450000);
    expect(world, COST_OF("2021"), 25000);
    expect(world,
           "SELECT sum(amount_cents)::bigint FROM posting WHERE account = 'WORK_IN_PROGRESS' AND booked_year = 2020",
           500000);
    expect(world, "SELECT sum(amount_cents)::bigint FROM posting WHERE account = 'WORK_IN_PROGRESS'", 0);
    expect(world, "SELECT sum(amount_cents)::bigint FROM posting WHERE account = 'OBLIGATION' AND booked_year = 2020",
           150000);
    expect(world, "SELECT sum(amount_cents)::bigint FROM posting", 0);

    test_turns_hear(world->billing, story->messages + closed, story->count - closed, 100);
    expect(world, COST_OF("2020"), 450000);
    expect(world, FROZEN_COST_OF("2020"), 450000);
    /* r6 at the price of then, less r3, and the second book makes both lines that stand dearer by a thousand a piece. */
    expect(world, COST_OF("2021"), 25000 + 75000 - 100000 + 4000);
    expect(world, "SELECT count(*) FROM line WHERE booked_year = 2021 AND first_day < '2021-01-01'", 4);
    expect(world,
           "SELECT count(*) FROM posting WHERE service_year = 2020 AND booked_year = 2021 AND declaration = 'D3'", 2);
    expect(world,
           "SELECT sum(amount_cents)::bigint FROM posting WHERE service_year = 2020 AND booked_year = 2021 AND "
           "declaration = 'nota~2' AND account = 'COST'",
           3000);
}

static void a_year_that_is_opened_again_takes_back_what_was_posted_and_is_booked_in_again(void **state)
{
    World *world = *state;
    Story *story = world->story;
    story_book(story, 1, BOOK);
    tell_2020(story);
    story_new_day(story, day_at("2021-03-31"));
    story_close(story, 2020);
    story_new_day(story, day_at("2021-04-07"));
    story_reopen(story, 2020);
    const Asked late[] = {piece("r6", "A1", "2020-11-01", "2020-11-30", 3)};
    story_declare(story, "D3", day_at("2021-03-01"), LEFT, late, COUNT(late));
    story_close(story, 2020);
    test_turns_hear(world->billing, story->messages, story->count, 100);

    expect(world, "SELECT count(*) FROM statement", 2);
    expect(world, COST_OF("2020"), 525000);
    expect(world, FROZEN_COST_OF("2020"), 525000);
    expect(world,
           "SELECT sum(amount_cents)::bigint FROM posting WHERE account = 'WORK_IN_PROGRESS' AND booked_year = 2020",
           500000);
    expect(world,
           "SELECT sum(amount_cents)::bigint FROM posting WHERE account = 'WORK_IN_PROGRESS' AND booked_year = 2021",
           -500000);
    expect(world,
           "SELECT count(*) FROM (SELECT FROM posting GROUP BY declaration, position, service_year HAVING "
           "sum(amount_cents) <> 0) AS off",
           0);
}

static void a_year_is_not_closed_twice_nor_before_it_has_ended(void **state)
{
    World *world = *state;
    Story *story = world->story;
    story_book(story, 1, BOOK);
    story_close(story, 2020);
    story_new_day(story, day_at("2021-03-31"));
    story_reopen(story, 2020);
    story_close(story, 2020);
    story_close(story, 2020);
    test_turns_hear(world->billing, story->messages, 1, 100);
    static const Status EXPECTED[] = {STATUS_SET_ASIDE, STATUS_OK, STATUS_SET_ASIDE, STATUS_OK, STATUS_SET_ASIDE};
    for (size_t i = 0; i < COUNT(EXPECTED); i++) {
        size_t taken;
        assert_int_equal(test_turns_try(world->billing, &story->messages[i + 1], 1, &taken), EXPECTED[i]);
    }
    expect(world, "SELECT count(*) FROM year_decided", 1);
}

/* Lines that were kept before years were: in the year in which they became known, as their postings are. */
static void what_an_older_program_kept_is_closed_with_the_year_it_posted_in(void **state)
{
    World *world = *state;
    Story *story = world->story;
    story_book(story, 1, BOOK);
    tell_2020(story);
    story_new_day(story, day_at("2021-03-31"));
    size_t told = story->count;
    story_close(story, 2020);
    test_turns_hear(world->billing, story->messages, told, 100);
    test_database_run(world->billing->database, "UPDATE line SET booked_year = NULL, declared_cents = NULL;"
                                                "UPDATE posting SET booked_year = extract(year FROM known_day)");
    test_turns_hear(world->billing, story->messages + told, 1, 100);
    expect(world, FROZEN_COST_OF("2020"), 400000);
    expect(world, COST_OF("2020"), 400000);
    expect(world, "SELECT sum(declared_cents)::bigint FROM statement_row", 400000);
}

static const char *const TABLES[] = {"line", "posting", "year_decided", "statement", "statement_row", "outbox"};

static int64_t fingerprint(World *world, const char *table)
{
    char question[300];
    snprintf(question, sizeof question,
             "SELECT ('x' || substr(md5(string_agg(row::text, ';' ORDER BY row::text)), 1, 15))::bit(60)::bigint FROM "
             "%s AS row",
             table);
    return number_of(world, question);
}

static void work_that_is_cut_anywhere_and_rolled_back_in_between_gives_equal_tables(void **state)
{
    World *world = *state;
    Story *story = world->story;
    story_book(story, 1, BOOK);
    for (int provider = 1; provider <= 9; provider++) {
        story->known = day_at("2020-12-01");
        story->provider = arena_format(story->arena, "9000000%d", provider);
        tell_2020(story);
    }
    story_new_day(story, day_at("2021-03-31"));
    story_close(story, 2020);
    story_reopen(story, 2020);
    story_close(story, 2020);

    int64_t whole[COUNT(TABLES)];
    static const size_t PIECES[] = {20000, 1, 30};
    for (size_t i = 0; i < COUNT(PIECES); i++) {
        billing_free(world->billing);
        world->billing = billing_new(PIECES[i]);
        if (i == 2) { /* a replica that dies in the middle of the close, and another that goes on */
            test_turns_hear(world->billing, story->messages, story->count - 3, 7);
            world->billing->rolls_back = true;
            size_t taken;
            assert_int_equal(test_turns_try(world->billing, &story->messages[story->count - 3], 1, &taken),
                             STATUS_RETRY);
            world->billing->rolls_back = false;
            test_turns_hear(world->billing, &story->messages[story->count - 3], 3, 1);
        } else {
            test_turns_hear(world->billing, story->messages, story->count, 500);
        }
        expect(world, "SELECT count(*) FROM statement", 18);
        for (size_t table = 0; table < COUNT(TABLES); table++) {
            int64_t found = fingerprint(world, TABLES[table]);
            if (i == 0)
                whole[table] = found;
            else if (whole[table] != found)
                fail_msg("%s differs when it is cut at %zu rows", TABLES[table], PIECES[i]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_year_is_closed_and_what_comes_later_is_booked_in_the_open_one, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(a_year_that_is_opened_again_takes_back_what_was_posted_and_is_booked_in_again,
                                        open_world, close_world),
        cmocka_unit_test_setup_teardown(what_an_older_program_kept_is_closed_with_the_year_it_posted_in, open_world,
                                        close_world),
        cmocka_unit_test_setup_teardown(a_year_is_not_closed_twice_nor_before_it_has_ended, open_world, close_world),
        cmocka_unit_test_setup_teardown(work_that_is_cut_anywhere_and_rolled_back_in_between_gives_equal_tables,
                                        open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
