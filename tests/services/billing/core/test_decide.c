#include "billing/core/decide.h"

#include "services/billing/core/desk.h"

/* Every reason that these tests meet; the last of them counts. */
static int met[BILLING_REASON_COUNT];

static void expect(const char *story, BillingReason expected, BillingReason reason)
{
    met[reason]++;
    if (reason != expected)
        fail_msg("%s: %s, not %s", story, billing_reason_name(reason), billing_reason_name(expected));
}

static void expect_line(const char *story, BillingReason expected, int64_t amount, const JudgedLine *judged)
{
    expect(story, expected, judged->reason);
    if (judged->amount.cents != amount)
        fail_msg("%s: %lld cents, not %lld", story, (long long)judged->amount.cents, (long long)amount);
}

/* Each line stands alone: nothing was declared before it. */
static void a_line_is_owed_as_declared_or_not_at_all(void **state)
{
    /* clang-format off */
    static const struct {
        const char *story;
        Asked asked;
        BillingReason reason;
        int64_t amount;
    } CASES[] = {
#define MARCH "2021-03-01", "2021-03-31"
        {"five weeks of three hours, 15 hours, at € 73,85",
         {"r", "HOURS", "45A04", MARCH, 15, UNIT_HOUR, 7385, 110775}, BILLING_APPROVED, 110775},
        {"one hour more than five weeks hold",
         {"r", "HOURS", "45A04", MARCH, 16, UNIT_HOUR, 7385, 118160}, BILLING_VOLUME_EXCEEDED, 0},
        {"the same hours in minutes",
         {"r", "HOURS", "45A04", MARCH, 900, UNIT_MINUTE, 123, 110775}, BILLING_APPROVED, 110775},
        {"95 minutes: the hour tariff × 95 / 60 is 11692.92",
         {"r", "HOURS", "45A04", MARCH, 95, UNIT_MINUTE, 123, 11693}, BILLING_APPROVED, 11693},
        {"the rounded minute tariff does not make the amount",
         {"r", "HOURS", "45A04", MARCH, 95, UNIT_MINUTE, 123, 11685}, BILLING_AMOUNT_DIFFERS, 0},
        {"901 minutes is more than 15 hours",
         {"r", "HOURS", "45A04", MARCH, 901, UNIT_MINUTE, 123, LEFT}, BILLING_VOLUME_EXCEEDED, 0},
        {"amount left to the region", {"r", "HOURS", "45A04", MARCH, 10, UNIT_HOUR, 7385, LEFT}, BILLING_APPROVED, 73850},
        {"tariff left to the region", {"r", "HOURS", "45A04", MARCH, 10, UNIT_HOUR, LEFT, 73850}, BILLING_APPROVED, 73850},
        {"both left to the region", {"r", "HOURS", "45A04", MARCH, 10, UNIT_HOUR, LEFT, LEFT}, BILLING_APPROVED, 73850},
        {"a cent too much a unit", {"r", "HOURS", "45A04", MARCH, 10, UNIT_HOUR, 7386, 73860}, BILLING_TARIFF_DIFFERS, 0},
        {"a cent too little in all", {"r", "HOURS", "45A04", MARCH, 10, UNIT_HOUR, 7385, 73849}, BILLING_AMOUNT_DIFFERS, 0},
        {"the tariff of the year of the product period",
         {"r", "HOURS", "45A04", "2022-01-01", "2022-01-31", 10, UNIT_HOUR, 7800, 78000}, BILLING_APPROVED, 78000},
        {"last year's tariff",
         {"r", "HOURS", "45A04", "2022-01-01", "2022-01-31", 10, UNIT_HOUR, 7385, 73850}, BILLING_TARIFF_DIFFERS, 0},
        {"minutes of a product contracted by the minute",
         {"r", "MINUTES", "45A05", MARCH, 600, UNIT_MINUTE, 121, 72600}, BILLING_APPROVED, 72600},
        {"a minute more than the month holds",
         {"r", "MINUTES", "45A05", MARCH, 601, UNIT_MINUTE, 121, LEFT}, BILLING_VOLUME_EXCEEDED, 0},
        {"all pieces in one month", {"r", "PIECES", "45A53", MARCH, 5, UNIT_PIECE, 25000, 125000}, BILLING_APPROVED, 125000},
        {"a piece more than granted in all",
         {"r", "PIECES", "45A53", MARCH, 6, UNIT_PIECE, 25000, 150000}, BILLING_TOTAL_EXCEEDED, 0},
        {"ten nights of ten", {"r", "NIGHTS", "44A01", "2021-03-01", "2021-03-10", 10, UNIT_DAY, 19999, 199990},
         BILLING_APPROVED, 199990},
        {"eleven nights of ten", {"r", "NIGHTS", "44A01", "2021-03-01", "2021-03-10", 11, UNIT_DAY, 19999, LEFT},
         BILLING_VOLUME_EXCEEDED, 0},
        {"a volume in euros is its amount: four Sundays",
         {"r", "EUROS", "45B01", MARCH, 120000, UNIT_EURO, LEFT, 120000}, BILLING_APPROVED, 120000},
        {"a cent more than four Sundays", {"r", "EUROS", "45B01", MARCH, 120001, UNIT_EURO, LEFT, 120001},
         BILLING_VOLUME_EXCEEDED, 0},
        {"a volume in euros with another amount",
         {"r", "EUROS", "45B01", MARCH, 120000, UNIT_EURO, LEFT, 119999}, BILLING_AMOUNT_DIFFERS, 0},
        {"a volume in euros with a tariff", {"r", "EUROS", "45B01", MARCH, 120000, UNIT_EURO, 1, 120000},
         BILLING_TARIFF_NOT_ASKED, 0},
        {"within the budget, whatever the product",
         {"r", "BUDGET", "45A53", MARCH, 4, UNIT_PIECE, 25000, 100000}, BILLING_APPROVED, 100000},
        {"beyond the budget", {"r", "BUDGET", "45A53", MARCH, 5, UNIT_PIECE, 25000, 125000}, BILLING_BUDGET_EXCEEDED, 0},
        {"granted without volume or budget", {"r", "OPEN", "45A53", MARCH, 99, UNIT_PIECE, 25000, LEFT},
         BILLING_APPROVED, 2475000},
        {"hours where a piece is priced", {"r", "OPEN", "45A53", MARCH, 1, UNIT_HOUR, LEFT, LEFT}, BILLING_TARIFF_ABSENT, 0},
        {"no tariff contracted", {"r", "UNPRICED", "45X99", MARCH, 1, UNIT_PIECE, 25000, 25000}, BILLING_TARIFF_ABSENT, 0},
        {"an amount that no number holds",
         {"r", "HUGE", "45A53", MARCH, INT64_MAX / 2, UNIT_PIECE, LEFT, LEFT}, BILLING_AMOUNT_TOO_LARGE, 0},
        {"hours that no number holds in minutes",
         {"r", "HOURS", "45A04", MARCH, INT64_MAX / 2, UNIT_HOUR, LEFT, LEFT}, BILLING_VOLUME_EXCEEDED, 0},
        {"day parts where hours are granted",
         {"r", "HOURS", "45A04", MARCH, 4, UNIT_DAY_PART, LEFT, LEFT}, BILLING_UNIT_DIFFERS, 0},
        {"a month that was not declared yet",
         {"r", "HOURS", "45A04", "2023-01-01", "2023-01-31", 4, UNIT_HOUR, LEFT, LEFT}, BILLING_MONTH_TOO_LATE, 0},
        {"an allocation that nobody granted",
         {"r", "NOBODYS", "45A04", MARCH, 4, UNIT_HOUR, 7385, 29540}, BILLING_ALLOCATION_UNKNOWN, 0},
        {"allocation found that it does not fit",
         {"r", "HOURS", "45A04", MARCH, 4, UNIT_HOUR, 7385, 29540, .match_code = "9340"}, BILLING_MISMATCHED, 0},
        {"a client that is nobody of ours",
         {"r", "HOURS", "45A04", MARCH, 4, UNIT_HOUR, 7385, 29540, .client = "", .match_code = "9338"},
         BILLING_CLIENT_UNKNOWN, 0},
        {"a credit for a client that is nobody of ours",
         {"r", "HOURS", "45A04", MARCH, 4, UNIT_HOUR, 7385, 29540, .credits = "q", .client = ""},
         BILLING_CLIENT_UNKNOWN, 0},
        {"a credit of nothing", {"r", "HOURS", "45A04", MARCH, 4, UNIT_HOUR, 7385, 29540, .credits = "q"},
         BILLING_DEBET_UNKNOWN, 0},
    };
    /* clang-format on */
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        void *desk;
        desk_open(&desk);
        JudgedLine judged = desk_ask(desk, &CASES[i].asked);
        expect_line(CASES[i].story, CASES[i].reason, CASES[i].amount, &judged);
        desk_close(&desk);
    }
}

/* One desk: each line sees what was decided before it. */
static void each_line_sees_what_was_decided_before_it(void **state)
{
    /* clang-format off */
    static const struct {
        const char *story;
        Asked asked;
        BillingReason reason;
        int64_t amount;
    } STORY[] = {
#define APRIL "2021-04-01", "2021-04-30"
#define MAY "2021-05-01", "2021-05-31"
        {"three of five pieces", {"a1", "PIECES", "45A53", MARCH, 3, UNIT_PIECE, 25000, 75000}, BILLING_APPROVED, 75000},
        {"a second debet line for March", {"a2", "PIECES", "45A53", MARCH, 1, UNIT_PIECE, 25000, 25000},
         BILLING_DEBET_STANDS, 0},
        {"three more than are left", {"a3", "PIECES", "45A53", APRIL, 3, UNIT_PIECE, 25000, 75000},
         BILLING_TOTAL_EXCEEDED, 0},
        {"a reference that was used", {"a1", "PIECES", "45A53", APRIL, 2, UNIT_PIECE, 25000, 50000},
         BILLING_REFERENCE_NOT_UNIQUE, 0},
        {"a reference that was used by a rejected line", {"a3", "PIECES", "45A53", APRIL, 2, UNIT_PIECE, 25000, 50000},
         BILLING_REFERENCE_NOT_UNIQUE, 0},
        {"the two that are left", {"a4", "PIECES", "45A53", APRIL, 2, UNIT_PIECE, 25000, 50000}, BILLING_APPROVED, 50000},
        {"none is left", {"a5", "PIECES", "45A53", MAY, 1, UNIT_PIECE, 25000, 25000}, BILLING_TOTAL_EXCEEDED, 0},
        {"a credit of a rejected line", {"c1", "PIECES", "45A53", APRIL, 3, UNIT_PIECE, 25000, 75000, .credits = "a3"},
         BILLING_DEBET_UNKNOWN, 0},
        {"a credit of another volume", {"c2", "PIECES", "45A53", MARCH, 2, UNIT_PIECE, 25000, 50000, .credits = "a1"},
         BILLING_CREDIT_DIFFERS, 0},
        {"a credit of another amount", {"c3", "PIECES", "45A53", MARCH, 3, UNIT_PIECE, 25000, 74999, .credits = "a1"},
         BILLING_CREDIT_DIFFERS, 0},
        {"a credit of another month", {"c4", "PIECES", "45A53", APRIL, 3, UNIT_PIECE, 25000, 75000, .credits = "a1"},
         BILLING_CREDIT_DIFFERS, 0},
        {"a credit of another allocation", {"c5", "HUGE", "45A53", MARCH, 3, UNIT_PIECE, 25000, 75000, .credits = "a1"},
         BILLING_CREDIT_DIFFERS, 0},
        {"a credit whose reference was used", {"a4", "PIECES", "45A53", MARCH, 3, UNIT_PIECE, 25000, 75000, .credits = "a1"},
         BILLING_REFERENCE_NOT_UNIQUE, 0},
        {"a credit that allocation can't match any more",
         {"c6", "PIECES", "45A53", MARCH, 3, UNIT_PIECE, 25000, 75000, .credits = "a1", .match_code = "9308"},
         BILLING_APPROVED, 75000},
        {"the same credit again", {"c7", "PIECES", "45A53", MARCH, 3, UNIT_PIECE, 25000, 75000, .credits = "a1"},
         BILLING_CREDITED_BEFORE, 0},
        {"a credit of a credit", {"c8", "PIECES", "45A53", MARCH, 3, UNIT_PIECE, 25000, 75000, .credits = "c6"},
         BILLING_DEBET_UNKNOWN, 0},
        {"March anew, now that it was credited", {"a6", "PIECES", "45A53", MARCH, 3, UNIT_PIECE, LEFT, LEFT},
         BILLING_APPROVED, 75000},
        {"a credit that leaves the amount to us", {"c9", "PIECES", "45A53", MARCH, 3, UNIT_PIECE, LEFT, LEFT, .credits = "a6"},
         BILLING_APPROVED, 75000},

        {"60,000 of the budget of 100,000", {"b1", "BUDGET", "45A05", MARCH, 496, UNIT_MINUTE, 121, 60016},
         BILLING_APPROVED, 60016},
        {"another product in the same month", {"b2", "BUDGET", "45A53", MARCH, 1, UNIT_PIECE, 25000, 25000},
         BILLING_APPROVED, 25000},
        {"a third that goes beyond it", {"b3", "BUDGET", "44A01", MARCH, 1, UNIT_DAY, 19999, 19999},
         BILLING_BUDGET_EXCEEDED, 0},
        {"the first is credited", {"b4", "BUDGET", "45A05", MARCH, 496, UNIT_MINUTE, 121, 60016, .credits = "b1"},
         BILLING_APPROVED, 60016},
        {"and then the third fits", {"b5", "BUDGET", "44A01", MARCH, 1, UNIT_DAY, 19999, 19999}, BILLING_APPROVED, 19999},
    };
    /* clang-format on */
    Desk *desk = *state;
    for (size_t i = 0; i < COUNT(STORY); i++) {
        JudgedLine judged = desk_ask(desk, &STORY[i].asked);
        expect_line(STORY[i].story, STORY[i].reason, STORY[i].amount, &judged);
    }
    assert_int_equal(desk_allocation(desk, "PIECES")->volume_open, 2);
    assert_int_equal(desk_allocation(desk, "BUDGET")->amount_open.cents, 25000 + 19999);
}

/* A trajectory that is paid in parts: what was heard of the care, and the line that follows. */
static void a_trajectory_is_paid_by_its_terms(void **state)
{
    enum { START_PART = 350001, END_PART = 150000, WHOLE = 500001 };
    enum Fact { NOTHING, STARTS, STOPS_AS_PLANNED, STOPS_BY_CLIENT, STOPS_BY_PROVIDER, STOPS_BY_DEATH, PAUSES };
    /* clang-format off */
    static const struct {
        const char *story;
        const char *allocation;
        struct {
            enum Fact fact;
            const char *day;
        } facts[2];
        const char *first, *last;
        int64_t amount_asked;
        BillingReason reason;
        int64_t amount;
    } CASES[] = {
#define JANUARY "2021-01-15", "2021-01-31"
#define FEBRUARY "2021-02-01", "2021-02-28"
#define JUNE "2021-06-01", "2021-06-30"
#define AUGUST "2021-08-01", "2021-08-31"
        {"70 % of € 5.000,01 when care starts", "TRAJECTORY", {{STARTS, "2021-02-03"}}, FEBRUARY, 350001,
         BILLING_APPROVED, START_PART},
        {"worked out by the region", "TRAJECTORY", {{STARTS, "2021-02-03"}}, FEBRUARY, LEFT, BILLING_APPROVED, START_PART},
        {"without a start", "TRAJECTORY", {{0}}, JANUARY, 350001, BILLING_CARE_NOT_STARTED, 0},
        {"in another month than the start", "TRAJECTORY", {{STARTS, "2021-02-03"}}, JANUARY, 350001,
         BILLING_CARE_NOT_STOPPED, 0},
        {"a start before the allocation begins", "TRAJECTORY", {{STARTS, "2021-01-02"}}, JANUARY, LEFT,
         BILLING_APPROVED, START_PART},
        {"a cent more than the part", "TRAJECTORY", {{STARTS, "2021-02-03"}}, FEBRUARY, 350002, BILLING_PART_EXCEEDED, 0},
        {"a cent less than the part", "TRAJECTORY", {{STARTS, "2021-02-03"}}, FEBRUARY, 350000, BILLING_PART_DIFFERS, 0},
        {"start and end in one product period are one line", "TRAJECTORY",
         {{STARTS, "2021-06-01"}, {STOPS_AS_PLANNED, "2021-06-30"}}, JUNE, WHOLE, BILLING_APPROVED, WHOLE},
        {"the start alone, where both fell due", "TRAJECTORY",
         {{STARTS, "2021-06-01"}, {STOPS_AS_PLANNED, "2021-06-30"}}, JUNE, START_PART, BILLING_PART_DIFFERS, 0},
        {"the end as planned", "TRAJECTORY", {{STARTS, "2021-02-03"}, {STOPS_AS_PLANNED, "2021-08-31"}}, AUGUST, LEFT,
         BILLING_APPROVED, END_PART},
        {"the client leaves after 50 of 200 days: a quarter of the end", "TRAJECTORY",
         {{STARTS, "2021-02-03"}, {STOPS_BY_CLIENT, "2021-03-24"}}, MARCH, LEFT, BILLING_APPROVED, 37500},
        {"the provider ends it: nothing more", "TRAJECTORY",
         {{STARTS, "2021-02-03"}, {STOPS_BY_PROVIDER, "2021-03-24"}}, MARCH, LEFT, BILLING_EARLY_END_PAYS_NO_PART, 0},
        {"the provider ends it in the month in which it starts: the start", "TRAJECTORY",
         {{STARTS, "2021-03-03"}, {STOPS_BY_PROVIDER, "2021-03-24"}}, MARCH, LEFT, BILLING_APPROVED, START_PART},
        {"the client dies: all", "TRAJECTORY", {{STARTS, "2021-02-03"}, {STOPS_BY_DEATH, "2021-03-24"}}, MARCH, LEFT,
         BILLING_APPROVED, END_PART},
        {"a pause is no end", "TRAJECTORY", {{STARTS, "2021-02-03"}, {PAUSES, "2021-03-24"}}, MARCH, LEFT,
         BILLING_CARE_NOT_STOPPED, 0},
        {"a month in which nothing falls due", "TRAJECTORY", {{STARTS, "2021-02-03"}, {STOPS_AS_PLANNED, "2021-08-31"}},
         JUNE, LEFT, BILLING_PART_NOT_DUE, 0},

        {"by the declaration: the start, in whatever month", "FREE", {{0}}, JUNE, START_PART, BILLING_APPROVED, START_PART},
        {"by the declaration: the end", "FREE", {{0}}, JUNE, END_PART, BILLING_APPROVED, END_PART},
        {"by the declaration: both", "FREE", {{0}}, JUNE, WHOLE, BILLING_APPROVED, WHOLE},
        {"by the declaration: neither", "FREE", {{0}}, JUNE, 400000, BILLING_PART_DIFFERS, 0},
        {"left to us in June: the start", "FREE", {{0}}, JUNE, LEFT, BILLING_APPROVED, START_PART},
        {"left to us in the last month: all", "FREE", {{0}}, AUGUST, LEFT, BILLING_APPROVED, WHOLE},
        {"never above what was granted", "SMALL", {{0}}, AUGUST, LEFT, BILLING_TOTAL_EXCEEDED, 0},

        {"a twelfth of the year, the first of twelve", "YEAR", {{0}}, "2021-01-01", "2021-01-31", LEFT, BILLING_APPROVED, 83333},
        {"and the second, which rounds the other way", "YEAR", {{0}}, FEBRUARY, 83334, BILLING_APPROVED, 83334},
        {"a lasting trajectory that did not start", "LASTING", {{0}}, MAY, LEFT, BILLING_CARE_NOT_STARTED, 0},
        {"its third month", "LASTING", {{STARTS, "2021-04-02"}}, MAY, LEFT, BILLING_APPROVED, 83333},
        {"the month after the last twelfth", "LASTING", {{STARTS, "2021-04-02"}}, "2022-03-01", "2022-03-30", LEFT,
         BILLING_PART_NOT_DUE, 0},
        {"the client leaves on the 10th of 30 days", "LASTING", {{STARTS, "2021-04-02"}, {STOPS_BY_CLIENT, "2021-06-10"}},
         JUNE, LEFT, BILLING_APPROVED, 27778},
        {"the provider ends it in the month", "LASTING", {{STARTS, "2021-04-02"}, {STOPS_BY_PROVIDER, "2021-06-10"}},
         JUNE, LEFT, BILLING_EARLY_END_PAYS_NO_PART, 0},
        {"the month after the end", "LASTING", {{STARTS, "2021-04-02"}, {STOPS_BY_CLIENT, "2021-05-31"}}, JUNE, LEFT,
         BILLING_PART_NOT_DUE, 0},

        {"no terms contracted", "TERMLESS", {{0}}, JUNE, LEFT, BILLING_TERMS_ABSENT, 0},
        {"no tariff contracted", "PRICELESS", {{0}}, JUNE, LEFT, BILLING_TARIFF_ABSENT, 0},
    };
    /* clang-format on */
    static const StopReason STOPS[] = {[STOPS_AS_PLANNED] = STOP_AS_PLANNED,
                                       [STOPS_BY_CLIENT] = STOP_EARLY_BY_CLIENT,
                                       [STOPS_BY_PROVIDER] = STOP_EARLY_BY_PROVIDER,
                                       [STOPS_BY_DEATH] = STOP_DEATH,
                                       [PAUSES] = STOP_TEMPORARY};
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        void *desk;
        desk_open(&desk);
        Allocation *allocation = desk_allocation(desk, CASES[i].allocation);
        for (size_t fact = 0; fact < 2 && CASES[i].facts[fact].fact; fact++) {
            Day day = day_at(CASES[i].facts[fact].day);
            if (CASES[i].facts[fact].fact == STARTS)
                standing_start(allocation, day);
            else
                standing_stop(allocation, day, STOPS[CASES[i].facts[fact].fact]);
        }
        int64_t amount = CASES[i].amount_asked;
        Asked asked = {"r",
                       CASES[i].allocation,
                       allocation->granted.code,
                       CASES[i].first,
                       CASES[i].last,
                       amount == LEFT ? 0 : amount,
                       UNIT_EURO,
                       LEFT,
                       amount};
        JudgedLine judged = desk_ask(desk, &asked);
        expect_line(CASES[i].story, CASES[i].reason, CASES[i].amount, &judged);
        desk_close(&desk);
    }
}

static void a_trajectory_is_paid_part_by_part_and_each_part_once(void **state)
{
    Desk *desk = *state;
    Allocation *allocation = desk_allocation(desk, "TRAJECTORY");
    standing_start(allocation, day_at("2021-02-03"));
    static const Asked START = {"p1", "TRAJECTORY", "PA1P1", FEBRUARY, 350001, UNIT_EURO, LEFT, 350001};
    static const Asked AGAIN = {"p2", "TRAJECTORY", "PA1P1", MARCH, 350001, UNIT_EURO, LEFT, 350001};
    static const Asked END = {"p3", "TRAJECTORY", "PA1P1", AUGUST, 0, UNIT_EURO, LEFT, LEFT};

    JudgedLine judged = desk_ask(desk, &START);
    expect_line("the start", BILLING_APPROVED, 350001, &judged);
    judged = desk_ask(desk, &AGAIN);
    expect_line("the start again", BILLING_CARE_NOT_STOPPED, 0, &judged);
    standing_stop(allocation, day_at("2021-08-20"), STOP_AS_PLANNED);
    judged = desk_ask(desk, &END);
    expect_line("the end", BILLING_APPROVED, 150000, &judged);
    assert_int_equal(allocation->amount_open.cents, 500001);
    assert_int_equal(allocation->volume_open, 500001);

    /* The same client, the same PIC: 88 days after the end it is no new trajectory, 92 days after it is. */
    static const GrantedRow RESUMED = {"RESUMED",    "PA1P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                       "2021-11-18", "2022-06-30", "P1",   "SHORT"};
    static const GrantedRow ANEW = {"ANEW",       "PA1P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                    "2021-11-22", "2022-06-30", "P1",   "SHORT"};
    desk_grant(desk, &RESUMED);
    desk_grant(desk, &ANEW);
    standing_start(desk_allocation(desk, "RESUMED"), day_at("2021-11-18"));
    standing_start(desk_allocation(desk, "ANEW"), day_at("2021-11-22"));
    static const Asked OF_RESUMED = {"p4", "RESUMED", "PA1P1", "2021-11-18", "2021-11-30", 0, UNIT_EURO, LEFT, LEFT};
    static const Asked OF_ANEW = {"p5", "ANEW", "PA1P1", "2021-11-22", "2021-11-30", 0, UNIT_EURO, LEFT, LEFT};
    judged = desk_ask(desk, &OF_RESUMED);
    expect_line("resumed within the relapse period", BILLING_CARE_RESUMED, 0, &judged);
    judged = desk_ask(desk, &OF_ANEW);
    expect_line("begun anew after it", BILLING_APPROVED, 350001, &judged);
}

/* PIC, products, and PIC again: the start was paid, and care that went on never ended for so long that it is due anew. */
static void care_that_comes_back_to_its_pic_is_paid_no_second_start(void **state)
{
    Desk *desk = *state;
    standing_start(desk_allocation(desk, "TRAJECTORY"), day_at("2021-02-03"));
    static const Asked START = {"p1", "TRAJECTORY", "PA1P1", FEBRUARY, 350001, UNIT_EURO, LEFT, 350001};
    JudgedLine judged = desk_ask(desk, &START);
    expect_line("the start", BILLING_APPROVED, 350001, &judged);

    static const GrantedRow STEPS[] = {
        {"TRAJECTORY", "PA1P1", 500001, UNIT_EURO, FREQUENCY_IN_TOTAL, "2021-01-15", "2021-04-30", "P1", "SHORT"},
        {"BETWEEN", "45A04", 60, UNIT_HOUR, FREQUENCY_IN_TOTAL, "2021-05-01", "2021-06-30", "", ""},
        {"BACK", "PA1P1", 500001, UNIT_EURO, FREQUENCY_IN_TOTAL, "2021-07-01", "2021-12-31", "P1", "SHORT"},
    };
    for (size_t i = 0; i < COUNT(STEPS); i++)
        desk_grant(desk, &STEPS[i]);
    standing_start(desk_allocation(desk, "BACK"), day_at("2021-07-01"));
    static const Asked AGAIN = {"p2", "BACK", "PA1P1", "2021-07-01", "2021-07-31", 350001, UNIT_EURO, LEFT, 350001};
    judged = desk_ask(desk, &AGAIN);
    expect_line("the start again", BILLING_CARE_RESUMED, 0, &judged);
}

/* What allocation says of an allocation as it is now, of a client who died when `died` is a day. */
static BillingDecision changes(Desk *desk, const char *number, const char *client, const char *last, const char *died)
{
    AllocatedRow *row = ARENA_NEW(desk->arena, AllocatedRow);
    *row = (AllocatedRow){desk_allocation(desk, number), desk_allocation(desk, number)->granted};
    row->granted.client = client;
    row->granted.period.last = day_at(last);
    Fact *fact = ARENA_NEW(desk->arena, Fact);
    *fact = (Fact){.kind = FACT_ALLOCATED, .conversation = desk->conversation, .known = desk->known};
    fact->allocated = (Allocatings){.rows = row, .count = 1, .by_death = died != NULL};
    if (died)
        fact->allocated.died = day_at(died);
    return billing_decide(desk->arena, desk->standing, fact, &desk->books);
}

static void a_death_is_an_early_end_by_the_terms(void **state)
{
    /* clang-format off */
    static const struct {
        const char *story, *allocation, *starts, *stops;
        const char *first, *last;
        BillingReason reason;
        int64_t amount;
        size_t stopped;
    } CASES[] = {
        {"the terms pay all of the end", "TRAJECTORY", "2021-02-03", NULL, MARCH, BILLING_APPROVED, 150000, 1},
        {"care that had not started has no end", "TRAJECTORY", NULL, NULL, MARCH, BILLING_CARE_NOT_STARTED, 0, 1},
        {"care that stopped before as planned stays so", "TRAJECTORY", "2021-02-03", "2021-03-10", MARCH,
         BILLING_APPROVED, 150000, 0},
        {"a lasting trajectory has its last month", "LASTING", "2021-04-02", NULL, "2021-06-01", "2021-06-30",
         BILLING_PART_NOT_DUE, 0, 1},
        {"care paid by product has no parts to end", "PIECES", NULL, NULL, MARCH, BILLING_APPROVED, 25000, 0},
    };
    /* clang-format on */
    (void)state;
    for (size_t i = 0; i < COUNT(CASES); i++) {
        void *opened;
        desk_open(&opened);
        Desk *desk = opened;
        Allocation *allocation = desk_allocation(desk, CASES[i].allocation);
        if (CASES[i].starts)
            standing_start(allocation, day_at(CASES[i].starts));
        if (CASES[i].stops)
            standing_stop(allocation, day_at(CASES[i].stops), STOP_AS_PLANNED);
        bool is_pic = allocation->granted.funding == FUNDING_PIC;
        const char *died = strcmp(CASES[i].allocation, "LASTING") == 0 ? "2021-05-24" : "2021-03-24";
        BillingDecision decision = changes(desk, CASES[i].allocation, "c-1", died, died);
        assert_int_equal(decision.stopped_count, CASES[i].stopped);
        Asked asked = {"r",           CASES[i].allocation, allocation->granted.code,        CASES[i].first,
                       CASES[i].last, is_pic ? 0 : 1,      is_pic ? UNIT_EURO : UNIT_PIECE, LEFT,
                       LEFT};
        JudgedLine judged = desk_ask(desk, &asked);
        expect_line(CASES[i].story, CASES[i].reason, CASES[i].amount, &judged);
        desk_close(&opened);
    }
}

static void a_client_known_by_another_reference_since_is_credited_and_relapses_as_one(void **state)
{
    Desk *desk = *state;
    static const Asked BEFORE = {"j1", "PIECES", "45A53", MARCH, 3, UNIT_PIECE, LEFT, LEFT};
    static const Asked START = {"j2", "TRAJECTORY", "PA1P1", FEBRUARY, 0, UNIT_EURO, LEFT, LEFT};
    standing_start(desk_allocation(desk, "TRAJECTORY"), day_at("2021-02-03"));
    JudgedLine judged = desk_ask(desk, &BEFORE);
    expect_line("declared before", BILLING_APPROVED, 75000, &judged);
    judged = desk_ask(desk, &START);
    expect_line("the start, before", BILLING_APPROVED, 350001, &judged);

    changes(desk, "PIECES", "c-2", "2021-12-31", NULL);
    changes(desk, "TRAJECTORY", "c-2", "2021-08-31", NULL);
    static const Asked STRANGER = {"j3",       "PIECES", "45A53", MARCH,           3,
                                   UNIT_PIECE, LEFT,     LEFT,    .credits = "j1", .client = "c-3"};
    static const Asked CREDIT = {"j4",       "PIECES", "45A53", MARCH,           3,
                                 UNIT_PIECE, LEFT,     LEFT,    .credits = "j1", .client = "c-2"};
    judged = desk_ask(desk, &STRANGER);
    expect_line("somebody else", BILLING_CREDIT_DIFFERS, 0, &judged);
    judged = desk_ask(desk, &CREDIT);
    expect_line("credited under the new reference", BILLING_APPROVED, 75000, &judged);
    assert_int_equal(desk_allocation(desk, "PIECES")->amount_open.cents, 0);

    /* Care of the surviving reference that begins 78 days after is the same trajectory resumed. */
    Allocated anew = desk_allocation(desk, "TRAJECTORY")->granted;
    anew.period = (Period){day_at("2021-11-18"), day_at("2022-06-30")};
    standing_grant(desk->standing, desk_allocation(desk, "RESUMED"), &anew);
    standing_start(desk_allocation(desk, "RESUMED"), day_at("2021-11-18"));
    static const Asked AGAIN = {"j5", "RESUMED", "PA1P1", "2021-11-18", "2021-11-30", 0, UNIT_EURO, LEFT, LEFT};
    judged = desk_ask(desk, &AGAIN);
    expect_line("resumed, of the one client", BILLING_CARE_RESUMED, 0, &judged);
}

static void twelve_monthly_parts_are_the_year_exactly(void **state)
{
    Desk *desk = *state;
    for (int month = 1; month <= 12; month++) {
        Period period = period_month(day_of(2021, month, 1));
        char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
        Asked asked = {arena_format(desk->arena, "m%d", month),
                       "YEAR",
                       "PA2P2",
                       day_write(period.first, first),
                       day_write(period.last, last),
                       0,
                       UNIT_EURO,
                       LEFT,
                       LEFT};
        JudgedLine judged = desk_ask(desk, &asked);
        expect("a month of the year", BILLING_APPROVED, judged.reason);
    }
    assert_int_equal(desk_allocation(desk, "YEAR")->amount_open.cents, 1000001);
}

/* A trajectory that goes on under another PIC whose terms pay no new start, and one that is paid € 4.000 at most. */
static void terms_may_pay_no_new_start_and_no_more_than_a_cap(void **state)
{
    static const GrantedRow NEXT = {"NEXT",       "PA6P1",      500001, UNIT_EURO, FREQUENCY_IN_TOTAL,
                                    "2021-06-16", "2021-12-31", "P6",   "SHORT"};
    static const Asked OF_NEXT = {"n1", "NEXT", "PA6P1", "2021-06-16", "2021-06-30", 0, UNIT_EURO, LEFT, LEFT};
    static const Asked OF_CAPPED = {"n2", "CAPPED", "PA5P1", FEBRUARY, 350001, UNIT_EURO, LEFT, 350001};
    Desk *desk = *state;
    desk_grant(desk, &NEXT);
    desk_allocation(desk, "CHANGING")->granted.goes_on_by = FUNDING_PIC;
    standing_start(desk_allocation(desk, "NEXT"), day_at("2021-06-16"));
    JudgedLine judged = desk_ask(desk, &OF_NEXT);
    expect_line("a start after a change of PIC", BILLING_CHANGE_PAYS_NO_START, 0, &judged);

    standing_start(desk_allocation(desk, "CAPPED"), day_at("2021-02-03"));
    judged = desk_ask(desk, &OF_CAPPED);
    expect_line("more than the share of the cap", BILLING_CAP_EXCEEDED, 0, &judged);
}

/* Nothing is judged, nothing is remembered: the same numbers may be used again. */
static void a_fault_in_the_declaration_means_that_it_was_never_sent(void **state)
{
/* clang-format off */
#define MARCH_LINE {"r1", "PIECES", "45A53", MARCH, 1, UNIT_PIECE, 25000, 25000}
#define APRIL_LINE {"r2", "PIECES", "45A53", APRIL, 1, UNIT_PIECE, 25000, 25000}
#define HALF_MARCH {"r3", "PIECES", "45A53", "2021-03-01", "2021-03-15", 1, UNIT_PIECE, 25000, 25000}
#define SAME_REFERENCE {"r1", "PIECES", "45A53", APRIL, 1, UNIT_PIECE, 25000, 25000}
#define SAME_MONTH {"r2", "PIECES", "45A53", MARCH, 1, UNIT_PIECE, 25000, 25000}
#define CREDIT {"r2", "PIECES", "45A53", MARCH, 1, UNIT_PIECE, 25000, 25000, .credits = "r1"}
#define CREDIT_OF_OLD {"r2", "PIECES", "45A53", MARCH, 1, UNIT_PIECE, 25000, 25000, .credits = "old"}
#define CREDIT_AGAIN {"r3", "PIECES", "45A53", MARCH, 1, UNIT_PIECE, 25000, 25000, .credits = "old"}
#define NEGATIVE {"r2", "PIECES", "45A53", APRIL, -2, UNIT_PIECE, 25000, 25000}
#define ENORMOUS {"r2", "HUGE", "45A53", APRIL, 1, UNIT_PIECE, 25000, INT64_MAX}
#define UNPRICED {"r2", "PIECES", "45A53", APRIL, 1, UNIT_PIECE, LEFT, LEFT}
    static const struct {
        const char *story, *number, *month;
        int64_t total;
        Asked lines[2];
        BillingReason reason;
        const char *code;
    } CASES[] = {
        {"from the middle of a month", "N", "2021-04-02", LEFT, {MARCH_LINE, APRIL_LINE}, BILLING_MONTH_NOT_WHOLE, "0001"},
        {"a negative volume", "N", "2021-04-01", LEFT, {MARCH_LINE, NEGATIVE}, BILLING_QUANTITY_NEGATIVE, "0001"},
        {"a reference twice", "N", "2021-04-01", LEFT, {MARCH_LINE, SAME_REFERENCE}, BILLING_REFERENCE_TWICE_IN_MESSAGE, "0001"},
        {"a debet twice", "N", "2021-04-01", LEFT, {MARCH_LINE, SAME_MONTH}, BILLING_DEBET_TWICE_IN_MESSAGE, "0001"},
        {"a debet and its credit", "N", "2021-04-01", 0, {MARCH_LINE, CREDIT}, BILLING_CREDITED_IN_SAME_MESSAGE, "0001"},
        {"a credit and its debet", "N", "2021-04-01", 0, {CREDIT, MARCH_LINE}, BILLING_CREDITED_IN_SAME_MESSAGE, "0001"},
        {"a credit twice", "N", "2021-04-01", LEFT, {CREDIT_OF_OLD, CREDIT_AGAIN}, BILLING_CREDITED_TWICE_IN_MESSAGE, "0001"},
        {"a total of one line", "N", "2021-04-01", 25000, {MARCH_LINE, APRIL_LINE}, BILLING_TOTAL_DIFFERS, "0001"},
        {"a total that counts a credit as a debet", "N", "2021-04-01", 50000, {HALF_MARCH, CREDIT_OF_OLD},
         BILLING_TOTAL_DIFFERS, "0001"},
        {"a sum that no number holds", "N", "2021-04-01", LEFT, {MARCH_LINE, ENORMOUS}, BILLING_TOTAL_TOO_LARGE, "0001"},
        {"a number that was used", "OLD", "2021-04-01", 50000, {MARCH_LINE, APRIL_LINE}, BILLING_NUMBER_NOT_UNIQUE, "9333"},
        {"a total of lines that are left to us", "N", "2021-04-01", 1, {MARCH_LINE, UNPRICED}, BILLING_APPROVED, "8001"},
    };
    /* clang-format on */
    Desk *desk = *state;
    desk_declare(desk, "OLD", "2021-03-01", LEFT, NULL, 0);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Judgement judgement = desk_declare(desk, CASES[i].number, CASES[i].month, CASES[i].total, CASES[i].lines, 2);
        expect(CASES[i].story, CASES[i].reason, judgement.reason);
        assert_string_equal(judgement.code, CASES[i].code);
        if (judgement.reason != BILLING_APPROVED) {
            assert_int_equal(judgement.line_count, 0);
            assert_int_equal(judgement.postings.count, 0);
            assert_int_equal(judgement.approved.cents, 0);
        }
    }
    assert_int_equal(desk_allocation(desk, "PIECES")->volume_open, 2);
}

static void two_parts_of_a_month_are_two_product_periods_that_are_not_both_owed(void **state)
{
    static const Asked LINES[] = {
        {"r1", "PIECES", "45A53", "2021-03-01", "2021-03-15", 1, UNIT_PIECE, 25000, 25000},
        {"r2", "PIECES", "45A53", MARCH, 1, UNIT_PIECE, 25000, 25000},
    };
    Judgement judgement = desk_declare(*state, "N", "2021-04-01", 50000, LINES, 2);
    expect("the declaration", BILLING_APPROVED, judgement.reason);
    expect("the first", BILLING_APPROVED, judgement.lines[0].reason);
    expect("the second", BILLING_DEBET_STANDS, judgement.lines[1].reason);
    assert_string_equal(judgement.code, "0200");
    assert_int_equal(judgement.submitted.cents, 50000);
    assert_int_equal(judgement.approved.cents, 25000);
}

static void credits_are_judged_before_debets(void **state)
{
    static const Asked FIRST[] = {{"r1", "PIECES", "45A53", MARCH, 5, UNIT_PIECE, 25000, 125000}};
    static const Asked SECOND[] = {
        {"r2", "PIECES", "45A53", MARCH, 4, UNIT_PIECE, 25000, 100000},
        {"r3", "PIECES", "45A53", MARCH, 5, UNIT_PIECE, 25000, 125000, .credits = "r1"},
    };
    desk_declare(*state, "N1", "2021-03-01", 125000, FIRST, 1);
    Judgement judgement = desk_declare(*state, "N2", "2021-04-01", -25000, SECOND, 2);
    expect("the new debet", BILLING_APPROVED, judgement.lines[0].reason);
    expect("the credit", BILLING_APPROVED, judgement.lines[1].reason);
    assert_string_equal(judgement.code, "8001");
    assert_int_equal(judgement.submitted.cents, -25000);
    assert_int_equal(judgement.approved.cents, -25000);
}

/* Two declarations of amounts that fit in a number, on which the sum does not. */
static void what_no_number_holds_is_refused_and_never_wrapped(void **state)
{
    Desk *desk = *state;
    static const Asked LINES[] = {
        {"r1", "HUGE", "45A53", MARCH, INT64_MAX / 25000, UNIT_PIECE, LEFT, LEFT},
        {"r2", "HUGE", "45A53", APRIL, INT64_MAX / 25000, UNIT_PIECE, LEFT, LEFT},
        {"r3", "PIECES", "45A53", APRIL, 1, UNIT_PIECE, LEFT, LEFT},
    };
    Judgement judgement = desk_declare(desk, "N", "2021-04-01", LEFT, LINES, 3);
    expect("the first", BILLING_APPROVED, judgement.lines[0].reason);
    expect("the second", BILLING_AMOUNT_TOO_LARGE, judgement.lines[1].reason);
    expect("one of another allocation", BILLING_AMOUNT_TOO_LARGE, judgement.lines[2].reason);
    assert_int_equal(judgement.approved.cents, INT64_MAX / 25000 * 25000);
}

static void a_payment_settles_what_is_payable(void **state)
{
    /* clang-format off */
    static const struct {
        const char *story, *declaration;
        int64_t amount;
        BillingReason reason;
    } STORY[] = {
        {"of a declaration that nobody sent", "N9", 100, BILLING_DECLARATION_UNKNOWN},
        {"of nothing", "N1", 0, BILLING_NOTHING_PAYABLE},
        {"more than is payable", "N1", 50001, BILLING_NOTHING_PAYABLE},
        {"money that comes back", "N1", -1, BILLING_NOTHING_PAYABLE},
        {"a part", "N1", 20000, BILLING_PAYMENT_BOOKED},
        {"the rest", "N1", 30000, BILLING_PAYMENT_BOOKED},
        {"and again", "N1", 30000, BILLING_NOTHING_PAYABLE},
    };
    /* clang-format on */
    static const Asked LINES[] = {
        {"r1", "PIECES", "45A53", MARCH, 1, UNIT_PIECE, 25000, 25000},
        {"r2", "PIECES", "45A53", APRIL, 1, UNIT_PIECE, 25000, 25000},
    };
    Desk *desk = *state;
    desk_declare(desk, "N1", "2021-04-01", 50000, LINES, 2);
    for (size_t i = 0; i < COUNT(STORY); i++) {
        DeclarationNumber *number = standing_number(desk->standing, desk->conversation, STORY[i].declaration);
        Postings postings = {0};
        BillingReason reason =
            ledger_post_payment(desk->arena, number, (Money){STORY[i].amount}, desk->known, &postings);
        expect(STORY[i].story, STORY[i].reason, reason);
        assert_true(ledger_balances(&postings));
        ledger_note_payable(desk->arena, number, &postings);
    }
}

/* Runs last. */
static void every_reason_occurs(void **state)
{
    (void)state;
    for (int reason = 0; reason < BILLING_REASON_COUNT; reason++)
        if (met[reason] == 0)
            fail_msg("%s never occurs", billing_reason_name((BillingReason)reason));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_owed_as_declared_or_not_at_all),
        cmocka_unit_test_setup_teardown(each_line_sees_what_was_decided_before_it, desk_open, desk_close),
        cmocka_unit_test(a_trajectory_is_paid_by_its_terms),
        cmocka_unit_test_setup_teardown(a_trajectory_is_paid_part_by_part_and_each_part_once, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(terms_may_pay_no_new_start_and_no_more_than_a_cap, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(care_that_comes_back_to_its_pic_is_paid_no_second_start, desk_open, desk_close),
        cmocka_unit_test(a_death_is_an_early_end_by_the_terms),
        cmocka_unit_test_setup_teardown(a_client_known_by_another_reference_since_is_credited_and_relapses_as_one,
                                        desk_open, desk_close),
        cmocka_unit_test_setup_teardown(twelve_monthly_parts_are_the_year_exactly, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_fault_in_the_declaration_means_that_it_was_never_sent, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(two_parts_of_a_month_are_two_product_periods_that_are_not_both_owed, desk_open,
                                        desk_close),
        cmocka_unit_test_setup_teardown(credits_are_judged_before_debets, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(what_no_number_holds_is_refused_and_never_wrapped, desk_open, desk_close),
        cmocka_unit_test_setup_teardown(a_payment_settles_what_is_payable, desk_open, desk_close),
        cmocka_unit_test(every_reason_occurs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
