#include "monitoring/core/fold.h"

#include "monitoring/core/clients.h"
#include "monitoring/core/told.h"
#include "support/unit.h"

#include <limits.h>

static const Kind PIC_PAID_PXQ = {"SPECIALIST", CONTENT_PIC, FUNDING_PXQ};
static const Kind PXQ = {"SPECIALIST", CONTENT_NONE, FUNDING_PXQ};
static const Kind PIC = {"SPECIALIST", CONTENT_PIC, FUNDING_PIC};

enum { DEBET = 0, CREDIT = 1 };

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static Day day(const char *text)
{
    Day read = {0};
    assert_true(day_read(text, &read));
    return read;
}

static AnsweredLine approved(int64_t client, Kind kind, const char *first, bool credit, int64_t cents)
{
    return (AnsweredLine){
        .client = client,
        .kind = kind,
        .pic = {"", ""},
        .trajectory = "",
        .first = day(first),
        .approved = true,
        .credit = credit,
        .amount = {cents},
    };
}

static AnsweredLine rejected(const char *code, const char *reason)
{
    return (AnsweredLine){.code = code, .reason = reason};
}

static Observed answered(int64_t position, const char *known, const Answer *answer)
{
    return (Observed){.partition = 3,
                      .position = position,
                      .known = day(known),
                      .municipality = "0503",
                      .provider = "90000001",
                      .answer = answer};
}

static Increments fold(Arena *arena, const Observed *observed, size_t count)
{
    Increments increments;
    assert_true(monitoring_fold(arena, observed, count, &(Versions){0}, &increments));
    return increments;
}

static void lines_of_one_month_and_kind_become_one_row(void **state)
{
    AnsweredLine lines[] = {
        approved(1, PXQ, "2020-03-01", DEBET, 1000),  approved(2, PXQ, "2020-03-09", DEBET, 2000),
        approved(1, PXQ, "2020-02-01", CREDIT, 500),  approved(3, PIC_PAID_PXQ, "2020-03-01", DEBET, 70),
        approved(1, PXQ, "2020-03-31", CREDIT, 1000), approved(4, PIC, "2020-03-01", DEBET, 700000),
    };
    Answer answer = {"0200", {703770}, lines, COUNT(lines)};
    Observed observed = answered(1, "2020-04-05", &answer);
    Increments all = fold(*state, &observed, 1);

    static const struct {
        Content content;
        Funding funding;
        const char *month;
        int64_t debet_lines, debet, credit_lines, credit;
    } EXPECTED[] = {
        {CONTENT_NONE, FUNDING_PXQ, "2020-02-01", 0, 0, 1, 500},
        {CONTENT_NONE, FUNDING_PXQ, "2020-03-01", 2, 3000, 1, 1000},
        {CONTENT_PIC, FUNDING_PXQ, "2020-03-01", 1, 70, 0, 0},
        {CONTENT_PIC, FUNDING_PIC, "2020-03-01", 1, 700000, 0, 0},
    };
    assert_int_equal(all.spent_count, COUNT(EXPECTED));
    for (size_t i = 0; i < COUNT(EXPECTED); i++) {
        const SpentRow *row = &all.spent[i];
        assert_int_equal(row->kind.content, EXPECTED[i].content);
        assert_int_equal(row->kind.funding, EXPECTED[i].funding);
        assert_int_equal(row->month.number, day(EXPECTED[i].month).number);
        assert_int_equal(row->debet_lines, EXPECTED[i].debet_lines);
        assert_int_equal(row->debet.cents, EXPECTED[i].debet);
        assert_int_equal(row->credit_lines, EXPECTED[i].credit_lines);
        assert_int_equal(row->credit.cents, EXPECTED[i].credit);
    }
    assert_int_equal(all.answered_count, 1);
    assert_int_equal(all.answered[0].approved.cents, 701570);
    assert_int_equal(all.answered[0].submitted.cents, 703770);
}

static void clients_are_kept_for_each_declaration_with_their_lines_less_credits(void **state)
{
    AnsweredLine lines[] = {
        approved(9, PXQ, "2020-03-01", DEBET, 1),  approved(-7, PXQ, "2020-03-01", DEBET, 1),
        approved(9, PXQ, "2020-03-02", DEBET, 1),  approved(5, PXQ, "2020-03-01", DEBET, 1),
        approved(5, PXQ, "2020-03-01", CREDIT, 1), approved(8, PXQ, "2020-03-01", CREDIT, 1),
    };
    Answer answer = {"0200", {0}, lines, COUNT(lines)};
    Observed observed[] = {answered(1, "2020-04-05", &answer), answered(2, "2020-04-05", &answer)};
    Increments all = fold(*state, observed, 2);
    assert_int_equal(all.spent_count, 1);
    assert_int_equal(all.cared_count, 2);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(all.cared[i].position, i + 1);
        ClientLines *clients;
        size_t count;
        assert_true(clients_unpack(*state, all.cared[i].clients, &clients, &count));
        static const ClientLines EXPECTED[] = {{-7, 1}, {8, -1}, {9, 2}};
        assert_int_equal(count, COUNT(EXPECTED));
        for (size_t j = 0; j < count; j++) {
            assert_int_equal(clients[j].client, EXPECTED[j].client);
            assert_int_equal(clients[j].lines, EXPECTED[j].lines);
        }
    }
}

static AnsweredLine of_trajectory(const char *trajectory, Pic pic, bool credit, int64_t cents)
{
    AnsweredLine line = approved(1, PIC_PAID_PXQ, "2020-03-01", credit, cents);
    line.trajectory = trajectory;
    line.pic = pic;
    return line;
}

/* What was told of a trajectory, in words: "cost 2020-03 700, ". */
static const char *words_of(Arena *arena, const ToldRow *row)
{
    const char *words = "";
    Bytes rest = row->told;
    Told told;
    while (rest.size > 0) {
        char first[DAY_TEXT_SIZE];
        assert_true(told_next(&rest, &told));
        day_write(told.first, first);
        if (told.what == TOLD_COST)
            words = arena_format(arena, "%scost %.7s %lld, ", words, first, (long long)told.amount.cents);
        else if (told.what == TOLD_ALLOCATED)
            words = arena_format(arena, "%s%s from %s%s, ", words, told.removed ? "removed" : "allocated", first,
                                 told.funding == FUNDING_PIC ? " as a PIC" : "");
        else if (told.what == TOLD_OUTCOME)
            words = arena_format(arena, "%soutcome %d %d %d, ", words, told.outcome.goal_reached,
                                 told.outcome.dropped_out, told.outcome.satisfaction);
        else
            words = arena_format(arena, "%s%s %s, ", words, told.what == TOLD_STARTED ? "started" : "stopped", first);
    }
    return words;
}

static void a_trajectory_costs_its_lines_less_credits_and_what_corrects_them(void **state)
{
    const Pic pic = {"PROFIEL1", "INTENSIEF"};
    AnsweredLine lines[] = {
        of_trajectory("t-2", pic, DEBET, 700),    of_trajectory("t-1", pic, DEBET, 1000),
        of_trajectory("t-1", pic, DEBET, 500),    of_trajectory("t-1", pic, CREDIT, 1000),
        approved(5, PXQ, "2020-03-01", DEBET, 9),
    };
    lines[2].first = day("2020-04-16");
    lines[3].taken_back.cents = 30;
    Answer answer = {"0200", {1209}, lines, COUNT(lines)};
    CorrectedLine corrected[] = {{"t-1", day("2020-03-01"), {30}}, {"t-2", day("2020-03-01"), {-70}}};
    Observed observed[] = {answered(1, "2020-04-05", &answer), answered(2, "2020-04-05", NULL)};
    observed[1].corrected_lines = corrected;
    observed[1].corrected_line_count = COUNT(corrected);
    Increments all = fold(*state, observed, COUNT(observed));

    assert_int_equal(all.told_count, 2);
    assert_string_equal(all.told[0].trajectory, "t-1");
    assert_string_equal(words_of(*state, &all.told[0]), "cost 2020-03 1000, cost 2020-04 500, cost 2020-03 -1000, "
                                                        "cost 2020-03 -30, cost 2020-03 30, ");
    assert_string_equal(all.told[1].trajectory, "t-2");
    assert_string_equal(words_of(*state, &all.told[1]), "cost 2020-03 700, cost 2020-03 -70, ");
}

static void all_that_is_told_of_a_trajectory_stands_together_in_order(void **state)
{
    static const Pic pic = {"PROFIEL1", "INTENSIEF"};
    static const Outcome outcome = {2, 1, 8};
    Running running[] = {
        {.number = "7",
         .trajectory = "t-1",
         .kind = {"S", CONTENT_PIC, FUNDING_PXQ},
         .pic = pic,
         .period = {day("2020-01-01"), day("2020-06-30")}},
        {.number = "8",
         .trajectory = "t-1",
         .kind = {"S", CONTENT_PIC, FUNDING_PIC},
         .pic = pic,
         .period = {day("2020-07-01"), day("2020-12-31")}},
        {.number = "9",
         .trajectory = "t-2",
         .kind = PXQ,
         .pic = {"", ""},
         .removed = true,
         .period = {day("2020-01-01"), day("2020-12-31")}},
    };
    Noted noted[] = {{NOTED_START, "t-1", "7", day("2020-01-06"), 0, {0}},
                     {NOTED_STOP, "t-1", "7", day("2020-03-06"), STOP_TEMPORARY, {0}},
                     {NOTED_OUTCOME, "t-1", "7", day("2020-03-07"), 0, outcome}};
    Observed observed[5];
    for (int i = 0; i < 5; i++)
        observed[i] = answered(i, "2020-04-05", NULL);
    observed[0].running = &running[0];
    observed[0].running_count = 1;
    for (int i = 0; i < 3; i++)
        observed[1 + i].noted = &noted[i];
    observed[4].running = &running[1];
    observed[4].running_count = 2;
    Increments all = fold(*state, observed, COUNT(observed));

    assert_int_equal(all.told_count, 2);
    assert_string_equal(words_of(*state, &all.told[0]), "allocated from 2020-01-01, started 2020-01-06, "
                                                        "stopped 2020-03-06, outcome 2 1 8, "
                                                        "allocated from 2020-07-01 as a PIC, ");
    assert_string_equal(all.told[0].segment, "S");
    assert_string_equal(all.told[0].pic.profile, "PROFIEL1");
    assert_string_equal(words_of(*state, &all.told[1]), "removed from 2020-01-01, ");
    assert_string_equal(all.told[1].pic.profile, "");
    Increments notes = fold(*state, &observed[1], 1);
    assert_string_equal(notes.told[0].segment, ""); /* it is known from before */
}

static void pics_stand_apart_and_who_is_behind_them_together(void **state)
{
    AnsweredLine lines[] = {
        of_trajectory("t-1", (Pic){"PROFIEL1", "INTENSIEF"}, DEBET, 1000),
        of_trajectory("t-1", (Pic){"PROFIEL1", "PERSPECTIEF"}, DEBET, 200),
        of_trajectory("t-1", (Pic){"PROFIEL1", "INTENSIEF"}, DEBET, 30),
    };
    Answer answer = {"0200", {1230}, lines, COUNT(lines)};
    Observed observed = answered(1, "2020-04-05", &answer);
    Increments all = fold(*state, &observed, 1);
    assert_int_equal(all.spent_count, 2);
    assert_string_equal(all.spent[0].pic.intensity, "INTENSIEF");
    assert_int_equal(all.spent[0].debet.cents, 1030);
    assert_int_equal(all.spent[1].debet.cents, 200);
    assert_int_equal(all.cared_count, 1);
    assert_int_equal(all.cared[0].clients.size, CLIENT_BYTES);
}

static void a_request_waits_for_a_person_until_it_is_judged(void **state)
{
    static const struct {
        const char *story;
        bool done[3]; /* what was heard of it, in order */
        size_t count;
        bool came, waits;
    } CASES[] = {
        {"it came", {false}, 1, true, true},
        {"it came and was judged in one batch", {false, true}, 2, true, false},
        {"it had come before and was judged", {true}, 1, false, false},
        {"it was judged and came again", {true, false}, 2, true, true},
        {"it came, was judged, and came again", {false, true, false}, 3, true, true},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        Referral referrals[3];
        Observed observed[3];
        for (size_t j = 0; j < CASES[i].count; j++) {
            referrals[j] = (Referral){"vraag-1", CASES[i].done[j], day("2020-04-10")};
            observed[j] = answered((int64_t)j + 1, "2020-04-05", NULL);
            observed[j].referral = &referrals[j];
        }
        Increments all = fold(*state, observed, CASES[i].count);
        if (all.referred_count != 1 || all.referred[0].came != CASES[i].came || all.referred[0].done == CASES[i].waits)
            fail_msg("%s", CASES[i].story);
    }
}

static void rejected_lines_are_counted_by_code_and_reason(void **state)
{
    AnsweredLine lines[] = {rejected("9321", "VOLUME_EXCEEDED"), rejected("0233", "CLIENT_UNKNOWN"),
                            rejected("9321", "PART_NOT_DUE"), rejected("9321", "VOLUME_EXCEEDED")};
    Answer answer = {"0200", {0}, lines, COUNT(lines)};
    Answer refused = {"9333", {5000}, NULL, 0};
    Observed observed[] = {answered(1, "2020-04-05", &answer), answered(2, "2020-04-05", &answer),
                           answered(3, "2020-04-05", &refused), answered(4, "2020-04-06", &answer)};
    Increments all = fold(*state, observed, COUNT(observed));

    static const struct {
        const char *known, *code, *reason;
        int64_t lines;
    } EXPECTED[] = {
        {"2020-04-05", "0233", "CLIENT_UNKNOWN", 2},  {"2020-04-05", "9321", "PART_NOT_DUE", 2},
        {"2020-04-05", "9321", "VOLUME_EXCEEDED", 4}, {"2020-04-06", "0233", "CLIENT_UNKNOWN", 1},
        {"2020-04-06", "9321", "PART_NOT_DUE", 1},    {"2020-04-06", "9321", "VOLUME_EXCEEDED", 2},
    };
    assert_int_equal(all.rejected_count, COUNT(EXPECTED));
    for (size_t i = 0; i < COUNT(EXPECTED); i++) {
        assert_int_equal(all.rejected[i].place.known.number, day(EXPECTED[i].known).number);
        assert_string_equal(all.rejected[i].code, EXPECTED[i].code);
        assert_string_equal(all.rejected[i].reason, EXPECTED[i].reason);
        assert_int_equal(all.rejected[i].lines, EXPECTED[i].lines);
    }
    assert_int_equal(all.answered_count, 3);
    assert_int_equal(all.answered[0].declarations, 2);
    assert_string_equal(all.answered[1].code, "9333");
    assert_int_equal(all.answered[1].submitted.cents, 5000);
    assert_int_equal(all.spent_count, 0);
    assert_int_equal(all.cared_count, 0);
}

static Observed decided(int64_t position, const char *known, const Decided *decided, const Running *running,
                        size_t count)
{
    return (Observed){
        .partition = 3,
        .position = position,
        .known = day(known),
        .municipality = "0503",
        .provider = "90000001",
        .decided = decided,
        .running = running,
        .running_count = count,
    };
}

static void the_last_version_of_an_allocation_stands_for_its_day(void **state)
{
    Running versions[] = {
        {.number = "7", .trajectory = "", .period = {day("2020-01-01"), day("2020-12-31")}},
        {.number = "7", .trajectory = "", .period = {day("2020-01-01"), day("2020-06-30")}},
        {.number = "8", .trajectory = "", .period = {day("2020-07-01"), day("2020-12-31")}},
        {.number = "7", .trajectory = "", .period = {day("2020-01-01"), day("2020-01-01")}, .removed = true},
    };
    Decided granted = {VERDICT_GRANTED, "BY_RULE", 1};
    Decided converted = {VERDICT_CONVERTED, "", 1};
    Decided changed = {VERDICT_CHANGED, "REMOVED", 0};
    Observed observed[] = {
        decided(1, "2020-01-01", &granted, &versions[0], 1),
        decided(2, "2020-05-01", &converted, &versions[1], 2),
        decided(3, "2020-05-01", &changed, &versions[3], 1),
    };
    Increments all = fold(*state, observed, COUNT(observed));
    assert_int_equal(all.running_count, 3);
    assert_int_equal(all.running[0].running.period.last.number, day("2020-12-31").number);
    assert_string_equal(all.running[1].running.number, "7");
    assert_true(all.running[1].running.removed);
    assert_string_equal(all.running[2].running.number, "8");

    assert_int_equal(all.decided_count, 3);
    assert_int_equal(all.decided[0].verdict, VERDICT_GRANTED);
    assert_int_equal(all.decided[1].verdict, VERDICT_CHANGED);
    assert_int_equal(all.decided[1].allocations, 0);
    assert_int_equal(all.decided[2].verdict, VERDICT_CONVERTED);
    assert_int_equal(all.decided[2].allocations, 1);
}

static void postings_are_added_up_by_account_and_year(void **state)
{
    static const Posting POSTINGS[] = {{"COST", 2020, {500}},    {"PAYABLE", 2020, {-500}}, {"COST", 2019, {20}},
                                       {"PAYABLE", 2019, {-20}}, {"COST", 2020, {1}},       {"PAYABLE", 2020, {-1}}};
    Observed observed = {.partition = 3,
                         .municipality = "0503",
                         .provider = "90000001",
                         .postings = POSTINGS,
                         .posting_count = COUNT(POSTINGS)};
    Increments all = fold(*state, &observed, 1);
    static const int64_t EXPECTED[] = {20, 501, -20, -501};
    assert_int_equal(all.posted_count, COUNT(EXPECTED));
    for (size_t i = 0; i < COUNT(EXPECTED); i++)
        assert_int_equal(all.posted[i].amount.cents, EXPECTED[i]);
}

static void money_that_does_not_fit_is_not_kept(void **state)
{
    AnsweredLine lines[] = {approved(1, PXQ, "2020-03-01", DEBET, INT64_MAX), approved(1, PXQ, "2020-03-01", DEBET, 1)};
    Answer answer = {"0200", {0}, lines, COUNT(lines)};
    Observed observed = answered(1, "2020-04-05", &answer);
    Increments untouched = {.spent_count = 99};
    assert_false(monitoring_fold(*state, &observed, 1, &(Versions){0}, &untouched));
    assert_int_equal(untouched.spent_count, 99);
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, setup, teardown)
    const struct CMUnitTest tests[] = {
        STORY(lines_of_one_month_and_kind_become_one_row),
        STORY(clients_are_kept_for_each_declaration_with_their_lines_less_credits),
        STORY(a_trajectory_costs_its_lines_less_credits_and_what_corrects_them),
        STORY(all_that_is_told_of_a_trajectory_stands_together_in_order),
        STORY(pics_stand_apart_and_who_is_behind_them_together),
        STORY(a_request_waits_for_a_person_until_it_is_judged),
        STORY(rejected_lines_are_counted_by_code_and_reason),
        STORY(the_last_version_of_an_allocation_stands_for_its_day),
        STORY(postings_are_added_up_by_account_and_year),
        STORY(money_that_does_not_fit_is_not_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
