/*
 * Office: billing in a test, with what a month of three providers comes to.
 *
 * One conversation each, of a contract by which corrections are self-billed, asked of the
 * provider, or settled. All is synthetic.
 */
#pragma once

#include "base/partition.h"
#include "billing/house.h"
#include "billing/migrations.h"
#include "billing/sql.h"
#include "billing/turn.h"
#include "services/billing/story.h"
#include "support/database.h"

#include <jansson.h>
#include <stdlib.h>

static const char OFFICE_BOOK[] =
    "region:\n"
    "  code: X\n"
    "  name: Elders\n"
    "  number_floor: 0\n"
    "  municipalities: [{code: '0503', name: Aastad}]\n"
    "segments: [{code: S, name: Zorg}]\n"
    "profiles: [{code: P1, name: Herstel}]\n"
    "intensities: [{code: SHORT, name: Kort}, {code: LASTING, name: Lang}]\n"
    "products:\n"
    "  - {category: '45', code: 45A04, name: Begeleiding, segment: S, units: [HOUR, MINUTE]}\n"
    "  - {category: '45', code: 45A53, name: Behandeling, segment: S, units: PIECE}\n"
    "providers: [{agb: '90000001', name: Een}, {agb: '90000002', name: Twee}, {agb: '90000003', name: Drie}]\n"
    "contracts:\n"
    "  - {id: c1, providers: '90000001', segment: S, municipalities: '0503', from: 2020-01-01, until: 2021-12-31,\n"
    "     kind: bridging, products: all, pics: all, corrections: self_billed}\n"
    "  - {id: c1, providers: '90000002', segment: S, municipalities: '0503', from: 2020-01-01, until: 2021-12-31,\n"
    "     kind: bridging, products: all, pics: all, corrections: declared}\n"
    "  - {id: c1, providers: '90000003', segment: S, municipalities: '0503', from: 2020-01-01, until: 2021-12-31,\n"
    "     kind: bridging, products: all, pics: all, corrections: settled}\n"
    "cohort: [{from: 2020-01-01, everyone: NEW}]\n"
    "funding:\n"
    "  - {segments: S, municipalities: '0503', cohorts: [NEW, EXISTING], from: 2020-01-01, until: 2021-12-31,\n"
    "     content: NONE, funding: PXQ, running: keep}\n"
    "pxq_tariffs:\n"
    "  - {product: 45A04, unit: HOUR, cents: 7380}\n"
    "  - {product: 45A53, unit: PIECE, cents: 25000}\n"
    "pic_tariffs:\n"
    "  - {segment: S, profile: P1, cents: {SHORT: 500001, LASTING: 1000001}}\n"
    "payment_terms:\n"
    "  - {segments: S, profiles: P1, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 90,\n"
    "     expected_days: 200, work_in_progress: linear, start_due_by: message, end_due_by: message,\n"
    "     early_end: {EARLY_BY_CLIENT: pro_rata, EARLY_BY_PROVIDER: nothing, otherwise: all}}\n"
    "  - {segments: S, profiles: P1, intensities: LASTING, shape: monthly, relapse_days: 0, expected_days: 365,\n"
    "     work_in_progress: linear, start_due_by: message, end_due_by: message, early_end: {otherwise: pro_rata}}\n";

/* Prices back to the first of January: pieces ten euros more, hours sixty cents. */
static const char OFFICE_SECOND_BOOK[] = "pxq_tariffs:\n"
                                         "  - {product: 45A04, unit: HOUR, cents: 7440, from: 2020-01-01}\n"
                                         "  - {product: 45A53, unit: PIECE, cents: 26000, from: 2020-01-01}\n";

static const Period MARCH = {{18322}, {18352}};

typedef struct Office {
    Story *story;
    TestTurns *billing;
    Library *library;
    size_t heard;
} Office;

static inline Office *office_new(void)
{
    Office *office = calloc(1, sizeof *office);
    office->story = calloc(1, sizeof *office->story);
    office->story->arena = arena_new();
    office->story->municipality = "0503";
    office->story->known = day_at("2020-01-02");
    office->billing = test_turns_new("billing", &billing_sql, &billing_migrations, billing_turn, house_new());
    office->billing->committed = house_committed;
    office->library = library_new();
    return office;
}

static inline void office_free(Office *office)
{
    library_free(office->library);
    house_free(office->billing->house);
    test_turns_free(office->billing);
    arena_free(office->story->arena);
    free(office->story);
    free(office);
}

/* What is told from here on is of this provider. */
static inline void office_turn_to(Office *office, const char *provider)
{
    office->story->provider = provider;
    office->story->partition = partition_of("0503", provider);
}

/* In the partitions of all three providers, as intake says it. */
static inline void office_publish(Office *office, int32_t number, const char *sections)
{
    static const char *const PROVIDERS[] = {"90000001", "90000002", "90000003"};
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        office_turn_to(office, PROVIDERS[i]);
        Story of_all = *office->story;
        office->story->municipality = office->story->provider = "";
        story_book(office->story, number, sections);
        office->story->municipality = of_all.municipality;
        office->story->provider = of_all.provider;
    }
}

/* A day begins for all three. */
static inline void office_begin(Office *office, const char *day)
{
    static const char *const PROVIDERS[] = {"90000001", "90000002", "90000003"};
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        office_turn_to(office, PROVIDERS[i]);
        office->story->municipality = office->story->provider = "";
        story_new_day(office->story, day_at(day));
        office->story->municipality = "0503";
    }
}

/* Billing hears what was told since, message by message. */
static inline void office_hear(Office *office)
{
    test_turns_hear(office->billing, office->story->messages + office->heard, office->story->count - office->heard, 1);
    office->heard = office->story->count;
}

static inline void office_run(Office *office, const char *text)
{
    test_database_run(office->billing->database, text);
}

static inline void office_grant(Office *office, const char *number, const char *code, Unit unit)
{
    const Grant grant = {
        number, "c-1", code, 500, unit, FREQUENCY_IN_TOTAL, {day_of(2020, 1, 1), day_of(2020, 12, 31)}, {"", ""}};
    story_grant(office->story, &grant, 1);
}

static inline Asked office_pieces(const char *reference, const char *allocation, int64_t volume)
{
    return (Asked){"c-1", reference, allocation, "45A53", MARCH, volume, UNIT_PIECE, LEFT, LEFT, "", "", FUNDING_PXQ};
}

static inline void office_declare(Office *office, const char *number, const Asked *asked)
{
    story_declare(office->story, number, MARCH.first, LEFT, asked, 1);
}

/* A credit of the line. */
static inline void office_credit(Office *office, const char *number, const char *reference, const Asked *debet)
{
    Asked credit = *debet;
    credit.reference = reference;
    credit.credits = debet->reference;
    office_declare(office, number, &credit);
}

static inline void must(Status status)
{
    if (status != STATUS_OK)
        fail_msg("%s at %s", fault_words(), fault_place());
}

/* With each provider two lines that are corrected, of which one is credited afterwards, and a line that is rejected. */
static inline void office_play_a_year(Office *office)
{
    static const char *const PROVIDERS[] = {"90000001", "90000002", "90000003"};
    office_publish(office, 1, OFFICE_BOOK);
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        office_turn_to(office, PROVIDERS[i]);
        office_grant(office, "A1", "45A53", UNIT_PIECE);
        office_grant(office, "A2", "45A53", UNIT_PIECE);
        office_grant(office, "A3", "45A04", UNIT_HOUR);
        const Grant trajectory = {"P1",
                                  "c-2",
                                  "PA1P1",
                                  500001,
                                  UNIT_EURO,
                                  FREQUENCY_IN_TOTAL,
                                  {day_of(2020, 3, 9), day_of(2020, 9, 30)},
                                  {"P1", "SHORT"}};
        story_grant(office->story, &trajectory, 1);
        story_start(office->story, "P1", day_of(2020, 3, 9), "");
    }
    office_begin(office, "2020-04-08");
    const Asked first = office_pieces("R-17", "A1", 2), second = office_pieces("R-18", "A2", 1),
                too_much = office_pieces("R-20", "A1", 9999);
    const Asked minutes = {"c-1", "R-19", "A3", "45A04", MARCH, 95, UNIT_MINUTE, LEFT, LEFT, "", "", FUNDING_PXQ};
    const Asked start = {"c-2", "R-21", "P1", "PA1P1",    {day_of(2020, 3, 9), MARCH.last}, 0, UNIT_EURO, LEFT,
                         LEFT,  "",     "",   FUNDING_PIC};
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        office_turn_to(office, PROVIDERS[i]);
        office_declare(office, "D-1", &first);
        office_declare(office, "D-2", &second);
        office_declare(office, "D-3", &minutes);
        office_declare(office, "D-4", &too_much);
        office_declare(office, "D-5", &start);
    }
    office_begin(office, "2020-07-07");
    office_publish(office, 2, OFFICE_SECOND_BOOK);
    office_begin(office, "2020-08-03");
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        office_turn_to(office, PROVIDERS[i]);
        office_credit(office, "D-6", "K-18", &second);
    }
    office_hear(office);
}
