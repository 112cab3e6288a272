#include "billing/turn.h"

#include "billing/core/rate.h"
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
    "intensities: [{code: SHORT, name: Kort}, {code: LASTING, name: Lang}]\n"
    "providers: [{agb: '90000001', name: Een}]\n"
    "pxq_tariffs:\n"
    "  - {product: 45A04, unit: HOUR, cents: 7385}\n"
    "  - {product: 45A53, unit: PIECE, cents: 25000}\n"
    "pic_tariffs:\n"
    "  - {segment: S, profile: P1, cents: {SHORT: 500001, LASTING: 1000001}}\n"
    "payment_terms:\n"
    "  - {segments: S, profiles: P1, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 90,\n"
    "     expected_days: 200, work_in_progress: linear, start_due_by: message, end_due_by: message,\n"
    "     early_end: {EARLY_BY_CLIENT: pro_rata, EARLY_BY_PROVIDER: nothing, otherwise: all}}\n"
    "  - {segments: S, profiles: P1, intensities: LASTING, shape: monthly, relapse_days: 0, expected_days: 365,\n"
    "     work_in_progress: linear, start_due_by: message, end_due_by: message, early_end: {otherwise: pro_rata}}\n";

static const char SECOND_BOOK[] = "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: 26000}]\n";

static const Pic BY_PRODUCT = {"", ""};
static const Pic SHORT = {"P1", "SHORT"};
static const Pic LASTING = {"P1", "LASTING"};

static Period days(const char *first, const char *last)
{
    return (Period){day_at(first), day_at(last)};
}

static Story *story_new(void)
{
    Arena *arena = arena_new();
    Story *story = calloc(1, sizeof *story);
    story->arena = arena;
    story->partition = 3;
    story->municipality = "0503";
    story->provider = "90000001";
    story->known = day_at("2021-01-04");
    return story;
}

static void story_free(Story *story)
{
    arena_free(story->arena);
    free(story);
}

static TestTurns *billing_new(void)
{
    TestTurns *billing = test_turns_new("billing", &billing_sql, &billing_migrations, billing_turn, house_new());
    billing->committed = house_committed;
    return billing;
}

static void billing_free(TestTurns *billing)
{
    house_free(billing->house);
    test_turns_free(billing);
}

typedef struct World {
    Story *story;
    TestTurns *billing;
    TestTurns *peer; /* another replica, while a test has one */
} World;

static TestTurns *peer_new(World *world)
{
    world->peer = test_turns_peer(world->billing, house_new());
    return world->peer;
}

static void peer_free(World *world)
{
    if (!world->peer)
        return;
    house_free(world->peer->house);
    test_turns_free(world->peer);
    world->peer = NULL;
}

/* The same house with empty tables. */
static void begin_anew(World *world)
{
    billing_free(world->billing);
    world->billing = billing_new();
}

static int open_world(void **state)
{
    World *world = calloc(1, sizeof *world);
    world->story = story_new();
    world->billing = billing_new();
    *state = world;
    return 0;
}

static int close_world(void **state)
{
    World *world = *state;
    peer_free(world);
    story_free(world->story);
    billing_free(world->billing);
    free(world);
    return 0;
}

static int64_t number_of(TestTurns *billing, const char *question)
{
    return test_database_number(billing->database, question);
}

/* A declared line without its client and period. */
static Asked piece(const char *reference, const char *allocation, Period period, int64_t volume)
{
    return (Asked){"c-1", reference, allocation, "45A53", period, volume, UNIT_PIECE, LEFT, LEFT, "", "", FUNDING_PXQ};
}

static const Billing__Judged *said_after(World *world, size_t number)
{
    const Heard *heard = &world->story->messages[number];
    Bytes data = test_turns_said(world->billing, arena_format(world->story->arena, "%s/billing.1", heard->id));
    const Billing__Judged *judged = message_unpack(world->story->arena, &billing__judged__descriptor, data);
    assert_non_null(judged);
    return judged;
}

static void a_declaration_is_answered_and_what_was_heard_goes_on(void **state)
{
    World *world = *state;
    Story *story = world->story;
    const Grant grants[] = {
        {"A1", "c-1", "45A53", 5, UNIT_PIECE, FREQUENCY_IN_TOTAL, days("2021-01-01", "2021-12-31"), BY_PRODUCT},
        {"A2", "c-2", "45A04", 3, UNIT_HOUR, FREQUENCY_PER_WEEK, days("2021-01-01", "2021-12-31"), BY_PRODUCT}};
    story_book(story, 1, BOOK);
    story_grant(story, grants, 2);
    Period january = days("2021-01-01", "2021-01-31");
    const Asked asked[] = {
        piece("r1", "A1", january, 2),
        {"c-2", "r2", "A2", "45A04", january, 99, UNIT_HOUR, 7385, 731115, "", "", FUNDING_PXQ},
        {"", "r3", "A2", "45A04", days("2021-02-01", "2021-02-28"), 1, UNIT_HOUR, LEFT, LEFT, "", "8187", 0},
        {"c-2", "r4", "A9", "45A04", january, 1, UNIT_HOUR, LEFT, LEFT, "", "9338", 0},
    };
    story_declare(story, "D1", day_at("2021-02-01"), LEFT, asked, 4);
    story_declare(story, "D1", day_at("2021-02-01"), LEFT, asked, 4);
    story_pay(story, "D1", 50000);
    story_pay(story, "D9", 50000);
    test_turns_hear(world->billing, story->messages, story->count, 100);

    const Billing__Judged *judged = said_after(world, 2);
    assert_string_equal(judged->heard->fact->declaration->number, "D1");
    const Billing__DeclarationAnswered *answer = judged->declaration_answered;
    assert_string_equal(answer->code, "0200");
    assert_int_equal(answer->approved->cents, 50000);
    assert_int_equal(answer->submitted->cents, 781115);
    assert_int_equal(answer->n_lines, 4);
    assert_true(answer->lines[0]->approved);
    assert_int_equal(answer->lines[0]->amount->cents, 50000);
    assert_string_equal(answer->lines[0]->code, "");
    assert_string_equal(answer->lines[0]->trajectory, "t-A1");
    assert_string_equal(answer->lines[0]->segment, "S");
    assert_string_equal(answer->lines[1]->code, "9321");
    assert_string_equal(answer->lines[1]->reason, "VOLUME_EXCEEDED");
    assert_string_equal(answer->lines[2]->code, "0233");
    assert_string_equal(answer->lines[3]->code, "9338");
    assert_string_equal(answer->lines[3]->reason, "LINE_MISFIT");
    assert_string_equal(answer->lines[3]->sentence, "Past niet.");
    assert_int_equal(judged->n_postings, 2);
    assert_string_equal(judged->postings[0]->account, "COST");
    assert_int_equal(judged->postings[0]->amount->cents, 50000);

    judged = said_after(world, 3);
    assert_string_equal(judged->declaration_answered->code, "9333");
    assert_int_equal(judged->declaration_answered->n_lines, 0);
    assert_int_equal(judged->n_postings, 0);

    judged = said_after(world, 4);
    assert_string_equal(judged->payment_booked->reason, "");
    assert_int_equal(judged->n_postings, 2);
    judged = said_after(world, 5);
    assert_string_equal(judged->payment_booked->reason, "DECLARATION_UNKNOWN");

    assert_int_equal(number_of(world->billing, "SELECT count(*) FROM outbox"), (int64_t)story->count);
    assert_int_equal(number_of(world->billing, "SELECT count(*) FROM declaration"), 1);
    assert_int_equal(number_of(world->billing, "SELECT count(*) FROM line"), 4);
}

static void a_message_that_cannot_be_read_is_set_aside(void **state)
{
    World *world = *state;
    Story *story = world->story;
    story_book(story, 1, BOOK);
    Heard garbage = story->messages[0];
    garbage.data = (Bytes){(const uint8_t *)"garbage", 7};
    assert_int_equal(test_turns_try(world->billing, &garbage, 1, NULL), STATUS_SET_ASIDE);

    Heard empty = story->messages[0];
    empty.data = (Bytes){NULL, 0};
    assert_int_equal(test_turns_try(world->billing, &empty, 1, NULL), STATUS_SET_ASIDE);

    Intake__Declaration declaration = INTAKE__DECLARATION__INIT;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.fact_case = INTAKE__FACT__FACT_DECLARATION;
    fact.declaration = &declaration;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    story_tell(story, &judged, &fact);
    assert_int_equal(test_turns_try(world->billing, &story->messages[1], 1, NULL), STATUS_SET_ASIDE);
}

/* The front door lets no such book in; a house that hears one all the same puts it aside, and lives on. */
static void a_book_that_cannot_be_read_is_set_aside(void **state)
{
    World *world = *state;
    Story *story = world->story;
    story_book(story, 1, "pxq_tariffs: [{product: 45A53, unit: PIECE, cents: soon}]\n");
    story_book(story, 1, BOOK);
    assert_int_equal(test_turns_try(world->billing, &story->messages[0], 1, NULL), STATUS_SET_ASIDE);
    test_turns_hear(world->billing, &story->messages[1], 1, 1);
}

static void a_unit_that_nobody_knows_yet_waits_for_the_upgrade(void **state)
{
    World *world = *state;
    Story *story = world->story;
    const Grant known = {"A1",      "c-1", "45A53", 5, UNIT_PIECE, FREQUENCY_IN_TOTAL, days("2021-01-01", "2021-12-31"),
                         BY_PRODUCT};
    const Grant newer = {"A2",      "c-1", "45A53", 5, (Unit)97, FREQUENCY_IN_TOTAL, days("2021-01-01", "2021-12-31"),
                         BY_PRODUCT};
    story_grant(story, &known, 1);
    story_grant(story, &newer, 1);
    story_grant(story, &known, 1);
    size_t taken;
    assert_int_equal(test_turns_try(world->billing, story->messages, 3, &taken), STATUS_OK);
    assert_int_equal(taken, 1);
    assert_int_equal(number_of(world->billing, "SELECT count(*) FROM allocation"), 1);
}

/* a long story, heard in batches of every size */

static uint32_t seed;

static uint32_t pick(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

enum { CLIENTS = 6, KINDS = 5 };

static const char *allocation_of(Story *story, uint32_t client, uint32_t kind)
{
    return arena_format(story->arena, "%u%u", client + 1, kind);
}

static Grant grant_of(Story *story, uint32_t client, uint32_t kind)
{
    const char *number = allocation_of(story, client, kind);
    const char *of = arena_format(story->arena, "c-%u", client);
    Period year = days("2021-01-01", "2021-12-31");
    const Grant grants[KINDS] = {
        {number, of, "45A53", 12, UNIT_PIECE, FREQUENCY_IN_TOTAL, year, BY_PRODUCT},
        {number, of, "45A04", 2, UNIT_HOUR, FREQUENCY_PER_WEEK, year, BY_PRODUCT},
        {number, of, "PA1P1", 500001, UNIT_EURO, FREQUENCY_IN_TOTAL, days("2021-01-15", "2021-06-30"), SHORT},
        {number, of, "PA1P1", 500001, UNIT_EURO, FREQUENCY_IN_TOTAL, days("2021-07-10", "2021-12-31"), SHORT},
        {number, of, "PA1P2", 1000001, UNIT_EURO, FREQUENCY_IN_TOTAL, year, LASTING},
    };
    return grants[kind];
}

static Asked random_line(Story *story, uint32_t number, size_t place)
{
    uint32_t client = pick(CLIENTS);
    uint32_t kind = pick(KINDS);
    Grant grant = grant_of(story, client, kind);
    Period month = period_meet(period_month(day_of(2021, (int32_t)pick(12) + 1, 1)), grant.period);
    if (period_days(month) == 0)
        month = period_month(grant.period.first);
    Asked asked = {
        .client = pick(30) ? grant.client : "",
        .reference = arena_format(story->arena, "r%u-%zu", pick(25) ? number : pick(number + 1), place),
        .allocation = grant.number,
        .code = grant.code,
        .period = month,
        .volume = kind == 0   ? pick(4) + 1
                  : kind == 1 ? pick(11) + 1
                              : 0,
        .unit = kind == 1 && pick(2) ? UNIT_MINUTE : grant.unit,
        .tariff = LEFT,
        .amount = pick(10) || kind > 1 ? LEFT : 100,
        .credits = pick(4) ? "" : arena_format(story->arena, "r%u-%u", pick(number + 1), pick(5)),
        .match_code = pick(20) ? "" : "9340",
        .funding = kind > 1 ? FUNDING_PIC : FUNDING_PXQ,
    };
    return asked;
}

/* A credit that copies an approved line, as often as one is found among the newest. */
static void credit_something(Story *story, uint32_t number, const Asked *asked, size_t count)
{
    Asked credits[8];
    for (size_t i = 0; i < count; i++) {
        credits[i] = asked[i];
        credits[i].credits = asked[i].reference;
        credits[i].reference = arena_format(story->arena, "k%u-%zu", number, i);
        credits[i].match_code = "";
    }
    story_declare(story, arena_format(story->arena, "K%u", number), day_of(2021, 12, 1), LEFT, credits, count);
}

static void tell_declaration(Story *story, uint32_t number)
{
    Asked asked[8];
    size_t count = pick(7) + 1;
    for (size_t i = 0; i < count; i++)
        asked[i] = random_line(story, number, i);
    const char *name = arena_format(story->arena, "D%u", pick(20) ? number : pick(number + 1));
    story_declare(story, name, day_of(2021, 12, pick(40) ? 1 : 2), pick(30) ? LEFT : 1, asked, count);
    if (pick(5) == 0)
        credit_something(story, number, asked, count);
    if (pick(4) == 0)
        story_pay(story, arena_format(story->arena, "D%u", pick(number + 1)), pick(60000));
}

static void tell_care(Story *story)
{
    const char *allocation = allocation_of(story, pick(CLIENTS), pick(3) + 2);
    Day day = day_of(2021, (int32_t)pick(12) + 1, 1 + (int32_t)pick(28));
    if (pick(2))
        story_start(story, allocation, day, pick(8) ? "" : "MISFIT");
    else
        story_stop(story, allocation, day, pick(3) ? STOP_AS_PLANNED : pick(2) ? STOP_EARLY_BY_CLIENT : STOP_TEMPORARY);
}

/* Care that starts and ends within one product period. */
static void tell_short_care(Story *story)
{
    Grant grant = grant_of(story, CLIENTS, 2);
    Period may = days("2021-05-01", "2021-05-31");
    const Asked asked = {grant.client, "short", grant.number, grant.code, may, 0,
                         UNIT_EURO,    LEFT,    LEFT,         "",         "",  FUNDING_PIC};
    story_grant(story, &grant, 1);
    story_start(story, grant.number, day_at("2021-05-03"), "");
    story_stop(story, grant.number, day_at("2021-05-21"), STOP_AS_PLANNED);
    story_declare(story, "SHORT", may.first, LEFT, &asked, 1);
}

/* The last client turns out to be the first; the last but one dies in May. */
static void tell_leaving(Story *story)
{
    Grant joined[KINDS], ended[KINDS];
    Day died = day_at("2021-05-10");
    size_t count = 0;
    for (uint32_t kind = 0; kind < KINDS; kind++) {
        joined[kind] = grant_of(story, CLIENTS - 1, kind);
        joined[kind].client = "c-0";
        Grant grant = grant_of(story, CLIENTS - 2, kind);
        if (day_compare(grant.period.first, died) > 0)
            continue;
        grant.period.last = day_earliest(grant.period.last, died);
        ended[count++] = grant;
    }
    story_leave(story, joined, KINDS, (Day){0});
    story_leave(story, ended, count, died);
}

static void tell_conversation(Story *story, uint32_t declarations)
{
    for (uint32_t client = 0; client < CLIENTS; client++)
        for (uint32_t kind = 0; kind < KINDS; kind++) {
            Grant grant = grant_of(story, client, kind);
            story_grant(story, &grant, 1);
        }
    for (uint32_t number = 0; number < declarations; number++) {
        tell_declaration(story, number);
        if (pick(2))
            tell_care(story);
        if (pick(10) == 0) {
            Grant grant = grant_of(story, pick(CLIENTS), 0);
            grant.volume += pick(5);
            story->book = 2;
            story_change(story, &grant);
            story->book = 1;
        }
        if (number == declarations / 3)
            tell_leaving(story);
        if (number == declarations / 2)
            story_new_day(story, day_at("2022-02-01"));
    }
    tell_short_care(story);
}

/* Two conversations in one partition, with the same numbers, and one in another partition. */
static int open_long_story(void **state)
{
    open_world(state);
    Story *story = ((World *)*state)->story;
    seed = 20191022;
    story_book(story, 1, BOOK);
    tell_conversation(story, 150);
    story_book(story, 2, SECOND_BOOK);
    story->provider = "90000002";
    tell_conversation(story, 30);
    story->partition = 9;
    story->municipality = "0518";
    story->known = day_at("2021-01-04");
    story_book(story, 1, BOOK);
    tell_conversation(story, 30);
    return 0;
}

static const char *const TABLES[] = {"allocation", "care",    "declaration", "line",   "adjustment",
                                     "correction", "posting", "payment",     "outbox", "heard_book"};

static int64_t fingerprint(TestTurns *billing, const char *table)
{
    char question[300];
    snprintf(question, sizeof question,
             "SELECT ('x' || substr(md5(string_agg(row::text, ';' ORDER BY row::text)), 1, 15))::bit(60)::bigint FROM "
             "%s AS row",
             table);
    return number_of(billing, question);
}

typedef struct Fingerprints {
    int64_t tables[COUNT(TABLES)];
} Fingerprints;

static Fingerprints fingerprints(TestTurns *billing)
{
    Fingerprints taken;
    for (size_t table = 0; table < COUNT(TABLES); table++)
        taken.tables[table] = fingerprint(billing, TABLES[table]);
    return taken;
}

static void expect_equal(const Fingerprints *a, const Fingerprints *b, const char *where)
{
    for (size_t table = 0; table < COUNT(TABLES); table++)
        if (a->tables[table] != b->tables[table])
            fail_msg("%s differs %s", TABLES[table], where);
}

/* A new process for each turn: everything is read from the tables. */
static void hear_without_memory(World *world, size_t batch_max)
{
    const Story *story = world->story;
    for (size_t i = 0; i < story->count; i += batch_max) {
        size_t left = story->count - i;
        test_turns_hear(peer_new(world), story->messages + i, left < batch_max ? left : batch_max, batch_max);
        peer_free(world);
    }
}

static void batches_of_every_size_give_equal_tables(void **state)
{
    static const size_t SIZES[] = {1, 7, 500, 3000};
    World *world = *state;
    hear_without_memory(world, 40);
    Fingerprints expected = fingerprints(world->billing);
    for (size_t size = 0; size < COUNT(SIZES); size++) {
        begin_anew(world);
        test_turns_hear(world->billing, world->story->messages, world->story->count, SIZES[size]);
        Fingerprints found = fingerprints(world->billing);
        expect_equal(&found, &expected, arena_format(world->story->arena, "in batches of %zu", SIZES[size]));
    }
}

/* € 5.000,01, 70 % at the start: of the other 150000, 133 of 200 days when another PIC goes on, nothing when products do. */
static void what_a_conversion_pays_is_known_by_what_goes_on(void **state)
{
    static const char TERMS[] =
        "payment_terms:\n"
        "  - {segments: S, profiles: P1, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 90,\n"
        "     expected_days: 200, work_in_progress: linear, start_due_by: message, end_due_by: message,\n"
        "     early_end: {otherwise: all, CHANGE_OF_PIC: pro_rata, CHANGE_OF_FUNDING: nothing}}\n";
    World *world = *state;
    Story *story = world->story;
    story_book(story, 1, BOOK);
    story_book(story, 2, TERMS);
    static const char *const NUMBERS[][2] = {{"A1", "A2"}, {"B1", "B2"}};
    for (int products = 0; products < 2; products++) {
        const char *client = NUMBERS[products][0], *ended = NUMBERS[products][0], *begun = NUMBERS[products][1];
        Grant grant = {ended, client, "PA1P1", 500001, UNIT_EURO, FREQUENCY_IN_TOTAL, days("2021-01-15", "2021-06-30"),
                       SHORT};
        Grant pic = {begun,  client, "PA1P2", 500001, UNIT_EURO, FREQUENCY_IN_TOTAL, days("2021-06-16", "2021-12-31"),
                     LASTING};
        Grant hours = {begun,     client, "45A04", 2, UNIT_HOUR, FREQUENCY_PER_WEEK, days("2021-06-16", "2021-12-31"),
                       BY_PRODUCT};
        story_grant(story, &grant, 1);
        story_start(story, ended, day_at("2021-02-03"), "");
        grant.period.last = day_at("2021-06-15");
        story_convert(story, &grant, products ? &hours : &pic);
        story_reprice(story, 2, &grant, 1); /* a later word that leaves the end as it is */
        const Asked end = {client, ended, ended, "PA1P1",    days("2021-06-01", "2021-06-15"), 0, UNIT_EURO, LEFT,
                           LEFT,   "",    "",    FUNDING_PIC};
        story_declare(story, ended, day_at("2021-06-01"), LEFT, &end, 1);
    }

    hear_without_memory(world, 1);
    for (int round = 0; round < 2; round++) {
        assert_int_equal(number_of(world->billing, "SELECT amount_cents FROM line WHERE reference = 'A1'"), 99750);
        assert_int_equal(number_of(world->billing, "SELECT count(*) FROM line WHERE reference = 'B1' AND reason = "
                                                   "'EARLY_END_PAYS_NO_PART'"),
                         1);
        begin_anew(world);
        test_turns_hear(world->billing, story->messages, story->count, 100);
    }
}

/* Turns that are rolled back at their end, and another replica that takes over and gives back. */
static void what_a_process_remembers_is_believed_only_while_it_is_so(void **state)
{
    World *world = *state;
    const Story *story = world->story;
    test_turns_hear(world->billing, story->messages, story->count, 50);
    Fingerprints expected = fingerprints(world->billing);

    begin_anew(world);
    TestTurns *replicas[] = {world->billing, peer_new(world)};
    seed = 20200608;
    for (size_t i = 0; i < story->count;) {
        TestTurns *replica = replicas[pick(3) == 0];
        size_t left = story->count - i;
        size_t batch = pick(12) + 1;
        batch = left < batch ? left : batch;
        replica->rolls_back = pick(4) == 0;
        size_t taken;
        Status status = test_turns_try(replica, story->messages + i, batch, &taken);
        assert_int_equal(status, replica->rolls_back ? STATUS_RETRY : STATUS_OK);
        if (!replica->rolls_back)
            i += taken;
    }
    Fingerprints found = fingerprints(world->billing);
    expect_equal(&found, &expected, "after turns that were rolled back and taken over");
}

static void a_death_is_kept_as_an_early_stop(void **state)
{
    World *world = *state;
    test_turns_hear(world->billing, world->story->messages, world->story->count, 50);
    assert_true(number_of(world->billing, "SELECT count(*) FROM care WHERE reason = 2 AND day = '2021-05-10'") > 0);
}

static void the_ledger_sums_to_zero_and_costs_what_was_approved(void **state)
{
    World *world = *state;
    TestTurns *billing = world->billing;
    const Story *story = world->story;
    test_turns_hear(billing, story->messages, story->count, 50);
    assert_int_equal(number_of(billing, "SELECT sum(amount_cents) FROM posting"), 0);
    assert_int_equal(number_of(billing, "SELECT count(*) FROM (SELECT FROM posting GROUP BY partition, conversation,"
                                        " declaration, position, service_year"
                                        " HAVING sum(amount_cents) <> 0) AS unbalanced"),
                     0);
    assert_int_equal(number_of(billing, "SELECT (SELECT sum(amount_cents) FROM posting WHERE account = 'COST')"
                                        " - (SELECT sum(amount_cents) FROM line)"),
                     0);
    assert_int_equal(number_of(billing, "SELECT (SELECT sum(approved_cents) FROM declaration)"
                                        " - (SELECT sum(amount_cents) FROM line)"),
                     0);
    assert_int_equal(number_of(billing, "SELECT count(*) FROM (SELECT FROM posting WHERE account <> 'COST' GROUP BY"
                                        " partition, conversation, declaration"
                                        " HAVING sum(amount_cents) FILTER (WHERE account = 'PAYABLE') > 0"
                                        "    AND sum(amount_cents) < 0) AS overpaid"),
                     0);
    assert_true(number_of(billing, "SELECT count(*) FROM line WHERE reason IS NULL") > 150);
    assert_true(number_of(billing, "SELECT count(*) FROM line WHERE reason IS NULL AND credits IS NOT NULL") > 20);
    assert_true(number_of(billing, "SELECT count(*) FROM line WHERE reason IS NULL AND parts > 0") > 10);
    assert_true(number_of(billing, "SELECT count(*) FROM payment WHERE reason = 'PAYMENT_BOOKED'") > 5);
    assert_true(number_of(billing, "SELECT count(DISTINCT reason) FROM line") > 10);
    assert_int_equal(number_of(billing, "SELECT count(DISTINCT formula) FROM line"), 7);
}

static const char STORED[] =
    "SELECT line.*, to_char(line.conversation / 100000000, 'FM0000') AS municipality,"
    "       to_char(line.conversation % 100000000, 'FM00000000') AS provider, allocation.contract AS contract, "
    "allocation.book AS granted_book"
    "  FROM line"
    "  CROSS JOIN LATERAL (SELECT * FROM allocation WHERE allocation.partition = line.partition"
    "                         AND allocation.conversation = line.conversation AND allocation.number = line.allocation"
    "                         AND allocation.position < line.position ORDER BY position DESC LIMIT 1) AS allocation"
    " WHERE line.reason IS NULL";

static Fraction stored_fraction(const Rows *rows, size_t row, const char *numerator, const char *denominator)
{
    return (Fraction){rows_int(rows, row, rows_column(rows, numerator)),
                      rows_int(rows, row, rows_column(rows, denominator))};
}

static Provenance stored(const Rows *rows, size_t row)
{
    int64_t amount = rows_int(rows, row, rows_column(rows, "amount_cents"));
    return (Provenance){
        .municipality = rows_text(rows, row, rows_column(rows, "municipality")),
        .provider = rows_text(rows, row, rows_column(rows, "provider")),
        .reference = rows_text(rows, row, rows_column(rows, "reference")),
        .allocation = rows_text(rows, row, rows_column(rows, "allocation")),
        .contract = rows_text(rows, row, rows_column(rows, "contract")),
        .granted_book = (int32_t)rows_int(rows, row, rows_column(rows, "granted_book")),
        .rated_book = (int32_t)rows_int(rows, row, rows_column(rows, "rated_book")),
        .price_source = rows_text(rows, row, rows_column(rows, "price_source")),
        .price_book = (int32_t)rows_int(rows, row, rows_column(rows, "price_book")),
        .price_line = (int32_t)rows_int(rows, row, rows_column(rows, "price_line")),
        .terms_source = rows_text(rows, row, rows_column(rows, "terms_source")),
        .terms_book = (int32_t)rows_int(rows, row, rows_column(rows, "terms_book")),
        .terms_line = (int32_t)rows_int(rows, row, rows_column(rows, "terms_line")),
        .credits = rows_text(rows, row, rows_column(rows, "credits")),
        .inputs =
            {
                .formula = (BillingFormula)rows_int(rows, row, rows_column(rows, "formula")),
                .price = {rows_int(rows, row, rows_column(rows, "price_cents"))},
                .volume = rows_int(rows, row, rows_column(rows, "rated_volume")),
                .month = (int32_t)rows_int(rows, row, rows_column(rows, "month")),
                .share = stored_fraction(rows, row, "share_numerator", "share_denominator"),
                .part = stored_fraction(rows, row, "part_numerator", "part_denominator"),
            },
        .amount = {amount < 0 ? -amount : amount},
    };
}

static void every_stored_line_is_rated_to_the_same_cent_again(void **state)
{
    World *world = *state;
    TestTurns *billing = world->billing;
    const Story *story = world->story;
    test_turns_hear(billing, story->messages, story->count, 500);
    Query query = {"test.stored", STORED};
    Rows *rows;
    assert_int_equal(database_prepare(billing->database, &(QueryList){&query, 1}), STATUS_OK);
    assert_int_equal(database_ask(billing->database, &query, NULL, &rows), STATUS_OK);
    assert_true(rows_count(rows) > 150);
    for (size_t row = 0; row < rows_count(rows); row++) {
        Provenance provenance = stored(rows, row);
        Money amount;
        assert_true(billing_rate(&provenance.inputs, &amount));
        assert_int_equal(amount.cents, provenance.amount.cents);
        Digest digest = billing_digest(&provenance);
        Bytes kept = rows_bytes(rows, row, rows_column(rows, "digest"));
        assert_int_equal(kept.size, sizeof digest.bytes);
        assert_memory_equal(kept.data, digest.bytes, sizeof digest.bytes);
    }
}

/* A message that fails alone is put aside, and the next one follows at once: what it would have changed never was. */
static void what_was_set_aside_leaves_no_memory(void **state)
{
    World *world = *state;
    Story *story = world->story;
    const Grant grant = {"A1",      "c-1", "45A53", 5, UNIT_PIECE, FREQUENCY_IN_TOTAL, days("2021-01-01", "2021-12-31"),
                         BY_PRODUCT};
    Period january = days("2021-01-01", "2021-01-31");
    Period february = days("2021-02-01", "2021-02-28");
    const Asked aside = piece("r1", "A1", january, 5);
    const Asked next = piece("r2", "A1", february, 5);
    story_book(story, 1, BOOK);
    story_grant(story, &grant, 1);
    story_declare(story, "D1", january.first, LEFT, &aside, 1);
    story_declare(story, "D2", february.first, LEFT, &next, 1);

    test_turns_hear(world->billing, story->messages, 2, 2);
    world->billing->rolls_back = true;
    assert_int_equal(test_turns_try(world->billing, &story->messages[2], 1, NULL), STATUS_RETRY);
    world->billing->rolls_back = false;
    test_turns_hear(world->billing, &story->messages[3], 1, 1);
    assert_int_equal(number_of(world->billing, "SELECT amount_cents FROM line"), 125000);
}

/* A repriced allocation is its next version, and the book that it stands on was heard before. */
static void what_a_book_repriced_is_granted_so_from_then_on(void **state)
{
    World *world = *state;
    Story *story = world->story;
    Grant grant = grant_of(story, 1, 2);
    story_book(story, 1, BOOK);
    story_grant(story, &grant, 1);
    grant.volume += 25000;
    story_book(story, 2, SECOND_BOOK);
    story_reprice(story, 2, &grant, 1);
    test_turns_hear(world->billing, story->messages, story->count, 10);
    assert_int_equal(number_of(world->billing, "SELECT count(*) FROM heard_book"), 2);
    assert_int_equal(number_of(world->billing, "SELECT count(*) FROM allocation"), 2);
    assert_int_equal(
        number_of(world->billing, "SELECT volume FROM allocation WHERE funding = 2 ORDER BY position DESC LIMIT 1"),
        grant.volume);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_declaration_is_answered_and_what_was_heard_goes_on, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_message_that_cannot_be_read_is_set_aside, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_book_that_cannot_be_read_is_set_aside, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_unit_that_nobody_knows_yet_waits_for_the_upgrade, open_world, close_world),
        cmocka_unit_test_setup_teardown(batches_of_every_size_give_equal_tables, open_long_story, close_world),
        cmocka_unit_test_setup_teardown(what_a_conversion_pays_is_known_by_what_goes_on, open_world, close_world),
        cmocka_unit_test_setup_teardown(what_a_process_remembers_is_believed_only_while_it_is_so, open_long_story,
                                        close_world),
        cmocka_unit_test_setup_teardown(what_was_set_aside_leaves_no_memory, open_world, close_world),
        cmocka_unit_test_setup_teardown(what_a_book_repriced_is_granted_so_from_then_on, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_death_is_kept_as_an_early_stop, open_long_story, close_world),
        cmocka_unit_test_setup_teardown(the_ledger_sums_to_zero_and_costs_what_was_approved, open_long_story,
                                        close_world),
        cmocka_unit_test_setup_teardown(every_stored_line_is_rated_to_the_same_cent_again, open_long_story,
                                        close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
