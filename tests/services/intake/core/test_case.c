#include "intake/core/news.h"

#include "support/unit.h"

static Arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

static Day day(const char *text)
{
    Day read = {0};
    assert_true(day_read(text, &read));
    return read;
}

/* what goes */

typedef struct Row {
    const char *code;
    Funding funding;
    int64_t volume;
    Frequency frequency;
    const char *first, *last;
    bool removed;
} Row;

static AnsweredCare care_of(const Row *rows, size_t count)
{
    AnsweredAllocation *list = ARENA_MANY(arena, AnsweredAllocation, count);
    for (size_t i = 0; i < count; i++)
        list[i] = (AnsweredAllocation){
            .number = arena_format(arena, "%zu", i + 1),
            .segment = "SPECIALIST",
            .pic = {"P1", "INTENSIEF"},
            .funding = rows[i].funding,
            .product = {"45", rows[i].code, rows[i].volume, rows[i].funding == FUNDING_PIC ? UNIT_EURO : UNIT_HOUR,
                        rows[i].frequency},
            .period = {day(rows[i].first), day(rows[i].last)},
            .removed = rows[i].removed,
            .referrer = REFERRER_GP,
            .results = "naar school\nthuis rust",
        };
    return (AnsweredCare){.list = list, .count = count, .named = &list[0]};
}

static const char *told(const CareToGo *going)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    const char *words =
        arena_format(arena, "%s..%s", day_write(going->period.first, first), day_write(going->period.last, last));
    for (size_t i = 0; i < going->product_count; i++)
        words = arena_format(arena, "%s %s:%lld", words, going->products[i].code, (long long)going->products[i].volume);
    return words;
}

static void what_is_left_of_a_trajectory_goes_and_nobody_guesses(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story, *on;
        Row rows[3];
        size_t count;
        const char *goes;
    } CASES[] = {
        {"three hours a week go on", "2020-03-01",
         {{"45A48", FUNDING_PXQ, 3, FREQUENCY_PER_WEEK, "2020-01-01", "2020-06-30", false}}, 1,
         "2020-03-01..2020-06-30 45A48:3"},
        {"a total that is used in part is asked anew", "2020-03-01",
         {{"45A48", FUNDING_PXQ, 40, FREQUENCY_IN_TOTAL, "2020-01-01", "2020-06-30", false}}, 1,
         "2020-03-01..2020-06-30 45A48:0"},
        {"a total of care that is to begin goes whole", "2020-03-01",
         {{"45A48", FUNDING_PXQ, 40, FREQUENCY_IN_TOTAL, "2020-04-01", "2020-06-30", false}}, 1,
         "2020-04-01..2020-06-30 45A48:40"},
        {"all products of the trajectory go, each once", "2020-03-01",
         {{"45A48", FUNDING_PXQ, 3, FREQUENCY_PER_WEEK, "2020-01-01", "2020-06-30", false},
          {"45A53", FUNDING_PXQ, 1, FREQUENCY_PER_WEEK, "2020-01-01", "2020-08-31", false},
          {"45A48", FUNDING_PXQ, 2, FREQUENCY_PER_WEEK, "2020-07-01", "2020-08-31", false}}, 3,
         "2020-03-01..2020-08-31 45A48:3 45A53:1"},
        {"what has ended or was removed stays behind", "2020-03-01",
         {{"45A48", FUNDING_PXQ, 3, FREQUENCY_PER_WEEK, "2020-01-01", "2020-06-30", false},
          {"45A53", FUNDING_PXQ, 1, FREQUENCY_PER_WEEK, "2020-01-01", "2020-02-29", false},
          {"45A65", FUNDING_PXQ, 2, FREQUENCY_PER_WEEK, "2020-07-01", "2020-07-01", true}}, 3,
         "2020-03-01..2020-06-30 45A48:3"},
        {"the amount of a PIC is no product", "2020-03-01",
         {{"P1INT", FUNDING_PIC, 450000, FREQUENCY_IN_TOTAL, "2020-01-01", "2020-06-30", false}}, 1,
         "2020-03-01..2020-06-30"},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        AnsweredCare care = care_of(CASES[i].rows, CASES[i].count);
        CareToGo going = case_care(arena, &care, day(CASES[i].on));
        if (strcmp(told(&going), CASES[i].goes) != 0)
            fail_msg("%s: %s", CASES[i].story, told(&going));
        assert_int_equal(going.result_count, 2);
        assert_string_equal(going.results[1], "thuis rust");
        assert_string_equal(going.pic.profile, "P1");
        assert_int_equal(going.cohort, COHORT_NEW);
    }
}

/* what becomes of it */

static LinkedCase linked_in(CaseState state)
{
    return (LinkedCase){
        .id = "operator-a:m-1",
        .owner = "operator-a",
        .sent_id = "m-1",
        .kind = CASE_MOVE,
        .reference = "client-1",
        .into = "",
        .from = {"0503/90000001", "0503", "90000001", 3},
        .allocation = "17",
        .to = {"0518/90000001", "0518", "90000001", 9},
        .day = day("2020-03-01"),
        .consent = "",
        .state = state,
        .why = "",
        .waits_for = "operator-a:m-1",
    };
}

static void a_case_grants_first_and_then_ends(void **state)
{
    (void)state;
    /* clang-format off */
    static const struct {
        const char *story;
        CaseState from;
        CaseWord word;
        const char *why;
        CaseState to;
        bool says_end;
    } CASES[] = {
        {"granted: now the old one is to end", CASE_GRANTING, CASE_WORD_GRANTED, "", CASE_ENDING, true},
        {"not granted: nothing ends, and it is shown why", CASE_GRANTING, CASE_WORD_REFUSED, "NO_CONTRACT", CASE_NOT_GRANTED, false},
        {"ended", CASE_ENDING, CASE_WORD_CHANGED, "", CASE_CLOSED, false},
        {"it had ended by itself", CASE_ENDING, CASE_WORD_REFUSED, "NOTHING_CHANGES", CASE_CLOSED, false},
        {"the provider has not agreed: two days are one too many", CASE_ENDING, CASE_WORD_REFUSED, "CONSENT_MISSING", CASE_NOT_ENDED, false},
    };
    /* clang-format on */
    for (size_t i = 0; i < COUNT(CASES); i++) {
        LinkedCase linked = linked_in(CASES[i].from);
        bool nothing_changes = strcmp(CASES[i].why, "NOTHING_CHANGES") == 0;
        bool says_end = case_answered(&linked, CASES[i].word, CASES[i].why, nothing_changes);
        if (linked.state != CASES[i].to || says_end != CASES[i].says_end)
            fail_msg("%s: %s", CASES[i].story, case_state_name(linked.state));
        bool is_open = linked.state == CASE_NOT_GRANTED || linked.state == CASE_NOT_ENDED;
        assert_string_equal(linked.why, is_open ? CASES[i].why : "");
        assert_true(*case_state_sentence(linked.state));
    }
}

static const NewsOrigin ORIGIN = {"operator-b:e-1/allocation.1", "operator-b", "e-1"};

static NewsAllocation answered(const char *reference, const char *last, bool removed)
{
    return (NewsAllocation){.origin = &ORIGIN,
                            .answered = {.place = {"0503/90000001", "0503", "90000001", 3},
                                         .number = "17",
                                         .reference = reference,
                                         .period = {day("2020-01-01"), day(last)},
                                         .removed = removed}};
}

static CaseNews news_of(NewsAllocation *allocation, NewsAnswer *answer)
{
    return (CaseNews){
        .allocations = allocation,
        .allocation_count = allocation ? 1 : 0,
        .answers = answer,
        .answer_count = answer ? 1 : 0,
        .fates = index_new(arena),
        .waiting = index_new(arena),
    };
}

static void the_end_that_was_open_is_closed_by_whoever_says_it(void **state)
{
    (void)state;
    static const struct {
        const char *story, *last;
        bool removed;
        CaseState to;
    } CASES[] = {
        {"it ends the day before", "2020-02-29", false, CASE_CLOSED},
        {"it is removed", "2020-12-31", true, CASE_CLOSED},
        {"it ends a day too late", "2020-03-01", false, CASE_NOT_ENDED},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        LinkedCase linked = linked_in(CASE_NOT_ENDED);
        NewsAllocation allocation = answered("client-1", CASES[i].last, CASES[i].removed);
        CaseNews news = news_of(&allocation, NULL);
        news.unended = &linked;
        news.unended_count = 1;
        CaseOutcome outcome = news_decide(arena, &news);
        if (linked.state != CASES[i].to)
            fail_msg("%s: %s", CASES[i].story, case_state_name(linked.state));
        assert_int_equal(outcome.changed_count, CASES[i].to == CASE_CLOSED);
        assert_int_equal(outcome.saying_count, 0);
    }
}

static void the_end_that_follows_a_grant_tells_its_history(void **state)
{
    (void)state;
    LinkedCase linked = linked_in(CASE_GRANTING);
    static const NewsOrigin GRANTED = {"operator-a:m-1/allocation.1", "operator-a", "m-1"};
    NewsAnswer answer = {.origin = &GRANTED, .about = "operator-a:m-1", .word = CASE_WORD_GRANTED, .why = ""};
    CaseNews news = news_of(NULL, &answer);
    index_add(news.waiting, (Bytes){(const uint8_t *)linked.waits_for, strlen(linked.waits_for)}, &linked);
    CaseOutcome outcome = news_decide(arena, &news);
    assert_int_equal(outcome.saying_count, 1);
    assert_string_equal(outcome.sayings[0].id, "operator-a:m-1/allocation.1/intake.1");
    assert_string_equal(linked.waits_for, outcome.sayings[0].id);
    assert_string_equal(outcome.sayings[0].place.conversation, "0503/90000001");
    assert_int_equal(outcome.sayings[0].day.number, day("2020-02-29").number);
}

static void what_was_found_out_is_said_again_until_the_answers_know_it(void **state)
{
    (void)state;
    static const struct {
        const char *story, *into, *died, *last;
        bool removed;
        FateWord word;
    } CASES[] = {
        {"an answer that still speaks of the old reference", "client-2", NULL, "2020-12-31", false, FATE_SAYS_JOINED},
        {"also when it has ended", "client-2", NULL, "2020-01-31", true, FATE_SAYS_JOINED},
        {"care granted to one who died", "", "2020-03-10", "2020-12-31", false, FATE_SAYS_DIED},
        {"care that ends on that day", "", "2020-03-10", "2020-03-10", false, FATE_SILENT},
        {"care that was removed", "", "2020-03-10", "2020-12-31", true, FATE_SILENT},
        {"the reference first", "client-2", "2020-03-10", "2020-12-31", false, FATE_SAYS_JOINED},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        ClientFate fate = {.reference = "client-1", .into = CASES[i].into, .died = CASES[i].died != NULL};
        if (fate.died)
            fate.died_on = day(CASES[i].died);
        NewsAllocation two[] = {answered("client-1", CASES[i].last, CASES[i].removed),
                                answered("client-1", CASES[i].last, CASES[i].removed)};
        CaseNews news = news_of(two, NULL);
        news.allocation_count = 2;
        index_add(news.fates, (Bytes){(const uint8_t *)fate.reference, strlen(fate.reference)}, &fate);
        CaseOutcome outcome = news_decide(arena, &news);
        if (outcome.saying_count != (CASES[i].word != FATE_SILENT))
            fail_msg("%s: said %zu times", CASES[i].story, outcome.saying_count);
        if (outcome.saying_count)
            assert_int_equal(outcome.sayings[0].kind,
                             CASES[i].word == FATE_SAYS_JOINED ? CASE_SAYS_JOINED : CASE_SAYS_DIED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_left_of_a_trajectory_goes_and_nobody_guesses, setup, teardown),
        cmocka_unit_test_setup_teardown(a_case_grants_first_and_then_ends, setup, teardown),
        cmocka_unit_test_setup_teardown(the_end_that_was_open_is_closed_by_whoever_says_it, setup, teardown),
        cmocka_unit_test_setup_teardown(the_end_that_follows_a_grant_tells_its_history, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_found_out_is_said_again_until_the_answers_know_it, setup, teardown),
    };
    return cmocka_run_group_tests_name("case", tests, NULL, NULL);
}
