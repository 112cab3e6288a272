/*
 * Desk: where a test declares lines and reads what became of them.
 *
 * One conversation, one region's book, and a few allocations. All is synthetic.
 */
#pragma once

#include "billing/core/decide.h"
#include "billing/core/ledger.h"
#include "support/books.h"
#include "support/unit.h"

#include <stdlib.h>

/* A row of a table says what matters to it; the rest is absent. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

/* Money that the provider leaves to the region. */
enum { LEFT = -1 };

/* One line as a provider writes it. */
typedef struct Asked {
    const char *reference, *allocation, *code, *first, *last;
    int64_t volume;
    Unit unit;
    int64_t tariff, amount;
    const char *credits;    /* NULL for a debet line */
    const char *client;     /* NULL: the allocation's */
    const char *match_code; /* NULL: allocation found that it fits */
} Asked;

typedef struct GrantedRow {
    const char *number, *code;
    int64_t volume;
    Unit unit;
    Frequency frequency;
    const char *first, *last, *profile, *intensity;
} GrantedRow;

typedef struct Desk {
    Arena *arena;
    Standing *standing;
    const Conversation *conversation;
    Book *book;
    Book *second; /* of a test that publishes one */
    Books books;
    Day known;
    int declarations;
} Desk;

static const char BOOK[] =
    "region:\n"
    "  code: X\n"
    "  name: Elders\n"
    "  number_floor: 0\n"
    "  municipalities: [{code: '0503', name: Aastad}]\n"
    "segments: [{code: S, name: Zorg}]\n"
    "profiles: [{code: P1, name: Een}, {code: P2, name: Twee}, {code: P3, name: Drie}, {code: P4, name: Vier},\n"
    "  {code: P5, name: Vijf}, {code: P6, name: Zes}, {code: P9, name: Negen}]\n"
    "intensities: [{code: SHORT, name: Kort}, {code: LASTING, name: Lang}]\n"
    "providers: [{agb: '90000001', name: Een}]\n"
    "pxq_tariffs:\n"
    "  - {product: 45A04, unit: HOUR, cents: 7385, until: 2021-12-31}\n"
    "  - {product: 45A04, unit: HOUR, cents: 7800, from: 2022-01-01}\n"
    "  - {product: 45A05, unit: MINUTE, cents: 121}\n"
    "  - {product: 45A53, unit: PIECE, cents: 25000}\n"
    "  - {product: 44A01, unit: DAY, cents: 19999}\n"
    "pic_tariffs:\n"
    "  - {segment: S, profile: P1, cents: {SHORT: 500001, LASTING: 1000001}}\n"
    "  - {segment: S, profile: P2, cents: {SHORT: 500001, LASTING: 1000001}}\n"
    "  - {segment: S, profile: P3, cents: {LASTING: 1000001}}\n"
    "  - {segment: S, profile: P4, cents: {SHORT: 500001, LASTING: 1000001}}\n"
    "  - {segment: S, profile: P4, providers: '90000001', cents: {LASTING: 1200000}, from: 2022-01-01}\n"
    "  - {segment: S, profile: P5, cents: {SHORT: 500001, LASTING: 1000001}}\n"
    "  - {segment: S, profile: P6, cents: {SHORT: 500001}}\n"
    "  - {segment: S, profile: P2, providers: '90000001', cents: {LASTING: 1200000}, from: 2022-01-01}\n"
    "  - {segment: S, profile: P6, providers: '90000001', cents: {SHORT: 600000}, from: 2022-01-01}\n"
    "payment_terms:\n"
    "  - {segments: S, profiles: P1, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 90,\n"
    "     expected_days: 200, work_in_progress: linear, start_due_by: message, end_due_by: message,\n"
    "     early_end: {EARLY_BY_CLIENT: pro_rata, EARLY_BY_PROVIDER: nothing, otherwise: all}}\n"
    "  - {segments: S, profiles: P2, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 0,\n"
    "     expected_days: 200, work_in_progress: linear, start_due_by: declaration, end_due_by: declaration,\n"
    "     early_end: {otherwise: all}}\n"
    "  - {segments: S, profiles: P1, intensities: LASTING, shape: monthly, relapse_days: 0, expected_days: 365,\n"
    "     work_in_progress: linear, start_due_by: message, end_due_by: message,\n"
    "     early_end: {EARLY_BY_CLIENT: pro_rata, EARLY_BY_PROVIDER: nothing, otherwise: all}}\n"
    "  - {segments: S, profiles: [P2, P9], intensities: LASTING, shape: monthly, relapse_days: 0, expected_days: 365,\n"
    "     work_in_progress: linear, start_due_by: declaration, end_due_by: declaration,\n"
    "     early_end: {otherwise: all}}\n"
    "  - {segments: S, profiles: P4, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 90,\n"
    "     expected_days: 200, work_in_progress: by_expected_duration, start_due_by: message, end_due_by: message,\n"
    "     early_end: {EARLY_BY_CLIENT: pro_rata, otherwise: all, CHANGE_OF_PIC: pro_rata, CHANGE_OF_FUNDING: "
    "nothing}}\n"
    "  - {segments: S, profiles: P4, intensities: LASTING, shape: monthly, relapse_days: 0, expected_days: 365,\n"
    "     work_in_progress: by_part, start_due_by: declaration, end_due_by: declaration,\n"
    "     early_end: {otherwise: all}, amount_cap: 1500000}\n"
    "  - {segments: S, profiles: P5, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 0,\n"
    "     expected_days: 200, work_in_progress: by_part, start_due_by: message, end_due_by: message,\n"
    "     early_end: {otherwise: all}, amount_cap: 400000}\n"
    "  - {segments: S, profiles: P5, intensities: LASTING, shape: monthly, relapse_days: 0, expected_days: 365,\n"
    "     work_in_progress: by_part, start_due_by: declaration, end_due_by: declaration,\n"
    "     early_end: {otherwise: all, CHANGE_OF_PIC: pro_rata}, amount_cap: 900000}\n"
    "  - {segments: S, profiles: P6, intensities: SHORT, shape: start_end, start_share: 0.7, relapse_days: 0,\n"
    "     expected_days: 200, work_in_progress: linear, start_due_by: message, end_due_by: message,\n"
    "     early_end: {EARLY_BY_CLIENT: pro_rata, otherwise: all}, pro_rata_of: whole_price,\n"
    "     start_after_change_of_pic: false}\n";

/* clang-format off */
static const GrantedRow GRANTED[] = {
    /* number      product  volume  unit           frequency             first         last          PIC */
    {"HOURS",      "45A04", 3,      UNIT_HOUR,     FREQUENCY_PER_WEEK,   "2021-01-01", "2022-12-31", "",   ""},
    {"MINUTES",    "45A05", 600,    UNIT_MINUTE,   FREQUENCY_PER_MONTH,  "2021-01-01", "2021-12-31", "",   ""},
    {"PIECES",     "45A53", 5,      UNIT_PIECE,    FREQUENCY_IN_TOTAL,   "2021-01-01", "2021-12-31", "",   ""},
    {"NIGHTS",     "44A01", 1,      UNIT_DAY,      FREQUENCY_PER_DAY,    "2021-01-15", "2021-03-10", "",   ""},
    {"EUROS",      "45B01", 30000,  UNIT_EURO,     FREQUENCY_PER_WEEK,   "2021-01-01", "2021-12-31", "",   ""},
    {"BUDGET",     "",      100000, UNIT_EURO,     FREQUENCY_IN_TOTAL,   "2021-01-01", "2021-12-31", "",   ""},
    {"OPEN",       "",      0,      (Unit)0,       (Frequency)0,         "2021-01-01", "2021-12-31", "",   ""},
    {"HUGE",       "45A53", 0,      UNIT_PIECE,    FREQUENCY_IN_TOTAL,   "2021-01-01", "2021-12-31", "",   ""},
    {"UNPRICED",   "45X99", 5,      UNIT_PIECE,    FREQUENCY_IN_TOTAL,   "2021-01-01", "2021-12-31", "",   ""},
    {"TRAJECTORY", "PA1P1", 500001, UNIT_EURO,     FREQUENCY_IN_TOTAL,   "2021-01-15", "2021-08-31", "P1", "SHORT"},
    {"FREE",       "PA2P1", 500001, UNIT_EURO,     FREQUENCY_IN_TOTAL,   "2021-01-15", "2021-08-31", "P2", "SHORT"},
    {"LASTING",    "PA1P2", 1000001, UNIT_EURO,    FREQUENCY_IN_TOTAL,   "2021-03-31", "2022-03-30", "P1", "LASTING"},
    {"YEAR",       "PA2P2", 1000001, UNIT_EURO,    FREQUENCY_IN_TOTAL,   "2021-01-01", "2021-12-31", "P2", "LASTING"},
    {"SMALL",      "PA2P1", 400000, UNIT_EURO,     FREQUENCY_IN_TOTAL,   "2021-01-15", "2021-08-31", "P2", "SHORT"},
    {"TERMLESS",   "PA3P2", 1000001, UNIT_EURO,    FREQUENCY_IN_TOTAL,   "2021-01-01", "2021-12-31", "P3", "LASTING"},
    {"PRICELESS",  "PA9P2", 1000001, UNIT_EURO,    FREQUENCY_IN_TOTAL,   "2021-01-01", "2021-12-31", "P9", "LASTING"},
    {"CHANGING",   "PA4P1", 500001, UNIT_EURO,     FREQUENCY_IN_TOTAL,   "2021-01-15", "2021-06-15", "P4", "SHORT"},
    {"CAPPED",     "PA5P1", 500001, UNIT_EURO,     FREQUENCY_IN_TOTAL,   "2021-01-15", "2021-08-31", "P5", "SHORT"},
    {"CAPPED_YEAR", "PA5P2", 1000001, UNIT_EURO,   FREQUENCY_IN_TOTAL,   "2021-01-01", "2021-12-31", "P5", "LASTING"},
    {"WHOLE",      "PA6P1", 500001, UNIT_EURO,     FREQUENCY_IN_TOTAL,   "2021-01-15", "2021-08-31", "P6", "SHORT"},
};
/* clang-format on */

static inline Allocation *desk_allocation(Desk *desk, const char *number)
{
    return standing_allocation(desk->standing, desk->conversation, number);
}

static inline void desk_grant(Desk *desk, const GrantedRow *row)
{
    Allocated granted = {
        .trajectory = arena_format(desk->arena, "t-%s", row->number),
        .client = "c-1",
        .segment = "S",
        .contract = "c1/90000001",
        .pic = {row->profile, row->intensity},
        .funding = row->profile[0] ? FUNDING_PIC : FUNDING_PXQ,
        .category = row->code[0] ? "45" : "",
        .code = row->code,
        .volume = row->volume,
        .unit = row->unit,
        .frequency = row->frequency,
        .period = {day_at(row->first), day_at(row->last)},
        .book = 1,
    };
    standing_grant(desk->standing, desk_allocation(desk, row->number), &granted);
}

static inline int desk_open(void **state)
{
    Desk *desk = calloc(1, sizeof *desk);
    desk->arena = arena_new();
    desk->standing = standing_new(desk->arena, NULL, 100);
    desk->conversation = standing_conversation(desk->standing, 7, 50390000001, "0503", "90000001");
    desk->book = book_written(1, BOOK);
    desk->known = day_at("2022-02-01");
    assert_true(books_add(&desk->books, desk->book, day_at("2021-01-01")));
    for (size_t i = 0; i < COUNT(GRANTED); i++)
        desk_grant(desk, &GRANTED[i]);
    *state = desk;
    return 0;
}

static inline int desk_close(void **state)
{
    Desk *desk = *state;
    book_free(desk->book);
    book_free(desk->second);
    arena_free(desk->arena);
    free(desk);
    return 0;
}

static inline Money or_nothing(int64_t cents)
{
    return (Money){cents == LEFT ? 0 : cents};
}

static inline Line desk_line(Desk *desk, const Asked *asked)
{
    Allocation *allocation = desk_allocation(desk, asked->allocation);
    Line line = {
        .reference = standing_reference(desk->standing, desk->conversation, asked->reference),
        .allocation = allocation,
        .client = asked->client ? asked->client : "c-1",
        .category = "45",
        .code = asked->code,
        .period = {day_at(asked->first), day_at(asked->last)},
        .volume = asked->volume,
        .unit = asked->unit,
        .tariff_given = asked->tariff != LEFT,
        .amount_given = asked->amount != LEFT,
        .tariff = or_nothing(asked->tariff),
        .amount = or_nothing(asked->amount),
        .match_code = asked->match_code ? asked->match_code : "",
        .match_reason = asked->match_code ? "ALLOCATION_SAYS_NO" : "",
        .match_sentence = "",
    };
    line.month = standing_month(desk->standing, allocation, line.category, line.code, line.period.first);
    if (asked->credits)
        line.credits = standing_reference(desk->standing, desk->conversation, asked->credits);
    return line;
}

/* A declaration with this number, month (its first day) and total (LEFT: not given). */
static inline Judgement desk_declare(Desk *desk, const char *number, const char *month, int64_t total,
                                     const Asked *asked, size_t count)
{
    Line *lines = ARENA_MANY(desk->arena, Line, count);
    for (size_t i = 0; i < count; i++)
        lines[i] = desk_line(desk, &asked[i]);
    Declaration *declaration = ARENA_NEW(desk->arena, Declaration);
    *declaration = (Declaration){
        .conversation = desk->conversation,
        .number = standing_number(desk->standing, desk->conversation, number),
        .month = day_at(month),
        .total_given = total != LEFT,
        .total = or_nothing(total),
        .lines = lines,
        .line_count = count,
    };
    Judgement judgement = billing_judge(desk->arena, declaration, &desk->books, desk->known);
    assert_true(ledger_balances(&judgement.postings));
    return judgement;
}

/* One line in a declaration of its own, of December 2022: late for all that is asked here. */
static inline JudgedLine desk_ask(Desk *desk, const Asked *asked)
{
    const char *number = arena_format(desk->arena, "D%d", ++desk->declarations);
    Judgement judgement = desk_declare(desk, number, "2022-12-01", LEFT, asked, 1);
    assert_int_equal(judgement.reason, BILLING_APPROVED);
    return judgement.lines[0];
}
