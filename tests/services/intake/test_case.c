#include "intake/turn.h"

#include "proto/allocation.pb-c.h"
#include "services/intake/desk.h"
#include "support/books.h"
#include "support/database.h"
#include "support/unit.h"

#include <threads.h>

#define OF(id, municipality, provider) \
    "{\"id\":\"" id "\",\"municipality\":\"" municipality "\",\"provider\":\"" provider "\","
#define TAKEN_OVER(id, municipality, bsn, number)                                                                     \
    OF(id, municipality, "90000001")                                                                                  \
    "\"care_taken_over\":{\"client\":{\"bsn\":\"" bsn "\",\"name\":\"Test Client\",\"birth_day\":\"2010-05-01\"},"    \
    "\"allocation\":\"" number "\",\"segment\":\"SPECIALIST\",\"period\":{\"first_day\":\"2019-01-01\",\"last_day\":" \
    "\"2020-12-31\"},\"product\":{\"category\":\"45\",\"code\":\"45A04\",\"volume\":60,\"unit\":\"MINUTE\","          \
    "\"frequency\":\"PER_WEEK\"}}}"
#define MOVE(id, number, day)  \
    OF(id, "0503", "90000001") \
    "\"care_moved\":{\"allocation\":\"" number "\",\"day\":\"" day "\",\"to_municipality\":\"0518\"}}"
#define DIED(id, bsn, day) "{\"id\":\"" id "\",\"client_died\":{\"bsn\":\"" bsn "\",\"day\":\"" day "\"}}"
#define CORRECTED(id, bsn, correct) \
    "{\"id\":\"" id "\",\"bsn_corrected\":{\"bsn\":\"" bsn "\",\"correct_bsn\":\"" correct "\"}}"

static const char CHILD[] = "999900006", OTHER[] = "999900018", FREE[] = "999900031";

/* A protobuf string is not const, yet never written to. */
static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

static int desk_setup(void **state)
{
    *state = desk_new();
    return 0;
}

static int desk_teardown(void **state)
{
    Desk *desk = *state;
    char *connection = strdup(desk->connection);
    desk_free(desk);
    test_database_drop(connection);
    return 0;
}

/* what allocation answers */

static void hear(Desk *desk, const char *municipality, Allocation__Judged *judged)
{
    Heard message = {
        .id = arena_format(desk->arena, "%s/allocation.1", judged->fact->id),
        .source = "allocation",
        .type = "allocation.Judged",
        .subject = arena_format(desk->arena, "%s/90000001", municipality),
        .known = day_of(2020, 1, 1),
        .partition = partition_of(municipality, "90000001"),
        .version = STREET_VERSION,
        .data = message_pack(desk->arena, &judged->base),
    };
    Turn turn = {.arena = desk->arena, .database = desk->database, .house = &desk->house};
    if (database_begin(desk->database) != STATUS_OK || intake_turn(&turn, (Batch){&message, 1}) != STATUS_OK ||
        database_commit(desk->database) != STATUS_OK)
        fail_msg("%s", fault_words());
}

typedef struct Answer {
    const char *about; /* id of a fact of intake's log */
    const char *municipality;
    const char *number;
    const char *client; /* NULL: who is in the fact */
    const char *last;
} Answer;

typedef enum Way { GRANTS, CHANGES } Way;

static void answers(Desk *desk, Way way, Answer answer)
{
    Intake__Fact fact = *desk_fact(desk, answer.about);
    Care__Product product = CARE__PRODUCT__INIT;
    product.category = text("45");
    product.code = text("45A04");
    product.volume = 60;
    product.unit = CARE__UNIT__VALUE__MINUTE;
    product.frequency = CARE__FREQUENCY__VALUE__PER_WEEK;
    Care__Period period = CARE__PERIOD__INIT;
    period.first_day = day_of(2019, 1, 1).number;
    period.last_day = day_at(answer.last).number;
    Allocation__Allocation allocation = ALLOCATION__ALLOCATION__INIT;
    allocation.number = text(answer.number);
    allocation.trajectory = arena_format(desk->arena, "T%s", answer.number);
    allocation.client = text(answer.client);
    allocation.segment = text("SPECIALIST");
    allocation.funding = CARE__FUNDING__VALUE__PXQ;
    allocation.product = &product;
    allocation.period = &period;
    allocation.referrer = CARE__REFERRER__VALUE__GP;
    Allocation__Allocation *allocations[] = {&allocation};
    Allocation__Granted granted = ALLOCATION__GRANTED__INIT;
    granted.allocations = allocations;
    granted.n_allocations = 1;
    granted.client = allocation.client;
    Allocation__Changed changed = ALLOCATION__CHANGED__INIT;
    changed.allocation = &allocation;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.fact = &fact;
    if (way == GRANTS) {
        judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_GRANTED;
        judged.granted = &granted;
    } else {
        judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_CHANGED;
        judged.changed = &changed;
    }
    hear(desk, answer.municipality, &judged);
}

static void refuses(Desk *desk, const char *about, const char *municipality, const char *reason)
{
    Intake__Fact fact = *desk_fact(desk, about);
    Allocation__Refused refused = ALLOCATION__REFUSED__INIT;
    refused.reason = text(reason);
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.fact = &fact;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_REFUSED;
    judged.refused = &refused;
    hear(desk, municipality, &judged);
}

/* A child in care in a municipality, whose allocation was answered; gives its reference. */
static const char *in_care(Desk *desk, const char *line, Answer answer)
{
    assert_string_equal(desk_say(desk, KEY_A, line), "ADMITTED");
    answer.client = desk_fact(desk, answer.about)->care_taken_over->client->reference;
    answer.last = "2020-12-31";
    answers(desk, GRANTS, answer);
    return answer.client;
}

static const char *child_in_delft(Desk *desk)
{
    return in_care(desk, TAKEN_OVER("t-1", "0503", "999900006", "17"),
                   (Answer){.about = "operator-a:t-1", .municipality = "0503", .number = "17"});
}

static int64_t state_of_case(Desk *desk)
{
    return desk_number(desk, "SELECT max(state)::bigint FROM linked_case");
}

/* care that moves */

static void care_is_granted_there_and_then_ends_here_in_the_turn_that_hears_it(void **state)
{
    Desk *desk = *state;
    const char *client = child_in_delft(desk);
    assert_string_equal(desk_say(desk, KEY_DELFT, MOVE("m-0", "17", "2020-03-01")), "SENDER_NOT_FOR_MUNICIPALITY");
    assert_string_equal(desk_say(desk, KEY_A, MOVE("m-1", "17", "2020-03-01")), "ADMITTED");
    assert_string_equal(desk_say(desk, KEY_A, MOVE("m-1", "17", "2020-03-01")), "ADMITTED");
    assert_true(desk_heard_before(desk, 0));
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM linked_case"), 1);
    assert_int_equal(state_of_case(desk), CASE_GRANTING);

    const Intake__Fact *asked = desk_fact(desk, "operator-a:m-1");
    assert_string_equal(asked->municipality, "0518");
    assert_string_equal(asked->allocation_request->client->reference, client);
    assert_string_equal(asked->allocation_request->granted_by, "operator-a");
    assert_int_equal(asked->allocation_request->client->age_first, 9);
    assert_true(asked->allocation_request->goes_on);
    assert_int_equal(asked->allocation_request->cohort, CARE__COHORT__VALUE__UNKNOWN);
    assert_int_equal(asked->allocation_request->period->first_day, day_at("2020-03-01").number);
    assert_int_equal(asked->allocation_request->period->last_day, day_at("2020-12-31").number);
    assert_int_equal(asked->allocation_request->products[0]->volume, 60);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id LIKE 'operator-a:m-1/%'"), 0);

    answers(desk, GRANTS, (Answer){"operator-a:m-1", "0518", "64001", client, "2020-12-31"});
    const Intake__Fact *end = desk_fact(desk, "operator-a:m-1/allocation.1/intake.1");
    assert_string_equal(end->municipality, "0503");
    assert_string_equal(end->sent_id, "m-1");
    assert_string_equal(end->allocation_ended->allocation, "17");
    assert_int_equal(end->allocation_ended->last_day, day_at("2020-02-29").number);
    assert_int_equal(end->allocation_ended->reason, CARE__CHANGE_REASON__VALUE__MOVED);
    assert_int_equal(end->allocation_ended->said_day, day_of(2020, 1, 1).number);
    assert_int_equal(state_of_case(desk), CASE_ENDING);

    answers(desk, CHANGES, (Answer){"operator-a:m-1/allocation.1/intake.1", "0503", "17", client, "2020-02-29"});
    assert_int_equal(state_of_case(desk), CASE_CLOSED);
    assert_string_equal(desk_text(desk, "SELECT last_day::text FROM allocated WHERE number = '17'"), "2020-02-29");
    assert_non_null(strstr(desk_read(desk, KEY_A, "", "", 0), "\"changed\""));
}

static void what_is_not_granted_ends_nothing_and_is_asked_anew(void **state)
{
    Desk *desk = *state;
    const char *client = child_in_delft(desk);
    desk_say(desk, KEY_A, MOVE("m-1", "17", "2020-03-01"));
    refuses(desk, "operator-a:m-1", "0518", "NO_CONTRACT");
    assert_int_equal(state_of_case(desk), CASE_NOT_GRANTED);
    assert_string_equal(desk_text(desk, "SELECT why FROM linked_case"), "NO_CONTRACT");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id LIKE '%/intake.%'"), 0);

    assert_string_equal(desk_say(desk, KEY_A, MOVE("m-2", "17", "2020-03-01")), "ADMITTED");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM linked_case WHERE state = 3"), 1);
    assert_string_equal(desk_say(desk, KEY_A, MOVE("m-3", "17", "2020-03-01")), "CASE_UNDER_WAY");
    answers(desk, GRANTS, (Answer){"operator-a:m-2", "0518", "64001", client, "2020-12-31"});
    refuses(desk, "operator-a:m-2/allocation.1/intake.1", "0503", "CONSENT_MISSING");
    assert_int_equal(state_of_case(desk), CASE_NOT_ENDED);

    /* A person ends it, with the consent that was missing. */
    desk_say(desk, KEY_A,
             OF("e-1", "0503", "90000001") "\"allocation_ended\":{\"allocation\":\"17\",\"last_day\":\"2020-02-29\","
                                           "\"reason\":\"MOVED\",\"consent\":\"letter\"}}");
    answers(desk, CHANGES, (Answer){"operator-a:e-1", "0503", "17", client, "2020-02-29"});
    assert_int_equal(state_of_case(desk), CASE_CLOSED);
}

static void a_person_settles_what_stays_open(void **state)
{
    Desk *desk = *state;
    child_in_delft(desk);
    desk_say(desk, KEY_A, MOVE("m-1", "17", "2020-03-01"));
    refuses(desk, "operator-a:m-1", "0518", "NO_CONTRACT");
    static const char CLOSE[] =
        "{\"id\":\"k-1\",\"case_closed\":{\"case\":\"operator-a:m-1\",\"reason\":\"she stays\"}}";
    assert_string_equal(desk_say(desk, KEY_A, CLOSE), "ADMITTED");
    assert_int_equal(state_of_case(desk), CASE_CLOSED);
    assert_true(strcmp(desk_say(desk, KEY_A, CLOSE), "ADMITTED") == 0 && desk_heard_before(desk, 0));
}

/* what concerns a client in several conversations */

static void a_death_is_said_in_each_conversation_and_to_what_was_under_way(void **state)
{
    Desk *desk = *state;
    const char *client = child_in_delft(desk);
    in_care(desk, TAKEN_OVER("t-2", "0518", "999900006", "18"),
            (Answer){.about = "operator-a:t-2", .municipality = "0518", .number = "18"});
    assert_string_equal(desk_say(desk, KEY_DELFT, DIED("d-0", "999900006", "2019-12-30")),
                        "SENDER_NOT_FOR_MUNICIPALITY");
    assert_string_equal(desk_say(desk, KEY_A, DIED("d-1", "999900006", "2019-12-30")), "ADMITTED");
    static const char *const IDS[] = {"operator-a:d-1@0503/90000001", "operator-a:d-1@0518/90000001"};
    for (size_t i = 0; i < COUNT(IDS); i++) {
        assert_string_equal(desk_fact(desk, IDS[i])->client_died->client, client);
        assert_int_equal(desk_fact(desk, IDS[i])->client_died->day, day_at("2019-12-30").number);
    }
    answers(desk, CHANGES, (Answer){IDS[0], "0503", "17", client, "2019-12-30"});
    answers(desk, CHANGES, (Answer){IDS[1], "0518", "18", client, "2019-12-30"});
    assert_int_equal(state_of_case(desk), CASE_CLOSED);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id LIKE '%/intake.%'"), 0);

    /* A request that was under way is granted: she died all the same. */
    answers(desk, GRANTS, (Answer){"operator-a:t-2", "0518", "64001", client, "2020-12-31"});
    assert_string_equal(desk_fact(desk, "operator-a:t-2/allocation.1/intake.1")->client_died->client, client);
}

static void a_number_is_corrected_into_one_that_nobody_has(void **state)
{
    Desk *desk = *state;
    const char *client = child_in_delft(desk);
    assert_string_equal(desk_say(desk, KEY_A, CORRECTED("b-1", "999900006", "999900031")), "ADMITTED");
    assert_string_equal(desk_text(desk, "SELECT reference FROM person"), client);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id LIKE 'operator-a:b-1%'"), 0);
    const char *letters = desk_read(desk, KEY_ONE, "0503", "90000001", 0);
    assert_non_null(strstr(letters, FREE));
    assert_null(strstr(letters, CHILD));
    assert_int_equal(desk_number(desk, "SELECT persons FROM person_read WHERE owner = 'operator-a'"), 1);

    static const char START[] =
        OF("s-1", "0503", "90000001") "\"start\":{\"bsn\":\"999900006\",\"allocation\":\"17\",\"day\":\"2020-01-01\"}}";
    assert_string_equal(desk_say(desk, KEY_ONE, START), "CLIENT_UNKNOWN");
    assert_string_equal(desk_say(desk, KEY_A, TAKEN_OVER("t-9", "0503", "999900006", "19")), "ADMITTED");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 2);
}

static void two_persons_who_are_one_have_one_reference_from_now_on(void **state)
{
    Desk *desk = *state;
    const char *from = child_in_delft(desk);
    const char *into = in_care(desk, TAKEN_OVER("t-2", "0518", "999900018", "18"),
                               (Answer){.about = "operator-a:t-2", .municipality = "0518", .number = "18"});
    assert_string_equal(desk_say(desk, KEY_A, CORRECTED("b-1", "999900006", "999900018")), "ADMITTED");
    const Intake__Fact *joined = desk_fact(desk, "operator-a:b-1@0503/90000001");
    assert_string_equal(joined->client_joined->from, from);
    assert_string_equal(joined->client_joined->into, into);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id LIKE 'operator-a:b-1@%'"), 1);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 1);
    assert_int_equal(desk_number(desk, "SELECT count(DISTINCT reference) FROM allocated"), 1);
    assert_int_equal(desk_number(desk, "SELECT persons FROM person_read WHERE owner = 'operator-a'"), 2);

    /* What is said of an allocation of the old one is about the other, with all its care. */
    desk_say(desk, KEY_A,
             OF("c-1", "0503", "90000001") "\"conversion\":{\"allocation\":\"17\",\"day\":\"2020-05-02\"}}");
    assert_string_equal(desk_fact(desk, "operator-a:c-1")->conversion->client->reference, into);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM care_said JOIN person USING (reference)"), 2);

    /* Letters of before show the right number. */
    const char *letters = desk_read(desk, KEY_ONE, "0503", "90000001", 0);
    assert_non_null(strstr(letters, OTHER));
    assert_null(strstr(letters, CHILD));
    assert_null(strstr(letters, from));

    /* An answer that was under way names the old one: it is said again, and kept under the other. */
    answers(desk, GRANTS, (Answer){"operator-a:t-1", "0503", "64001", from, "2020-12-31"});
    assert_string_equal(desk_fact(desk, "operator-a:t-1/allocation.1/intake.1")->client_joined->into, into);
    assert_int_equal(desk_number(desk, "SELECT count(DISTINCT reference) FROM allocated"), 1);
}

static void what_changes_who_is_whom_is_alone_in_its_batch(void **state)
{
    Desk *desk = *state;
    child_in_delft(desk);
    static const char *const LINES[] = {TAKEN_OVER("t-3", "0503", "999900031", "20"),
                                        CORRECTED("b-1", "999900006", "999900018"),
                                        TAKEN_OVER("t-4", "0503", "999900006", "21")};
    Turn turn = {.arena = desk->arena, .database = desk->database, .house = &desk->house};
    size_t first = 0, taken;
    for (int batches = 0; first < COUNT(LINES); first += taken, batches++) {
        Knock knocks[COUNT(LINES)];
        Bytes receipts[COUNT(LINES)];
        for (size_t i = first; i < COUNT(LINES); i++)
            knocks[i - first] =
                (Knock){.key = KEY_A, .number = i, .line = {(const uint8_t *)LINES[i], strlen(LINES[i])}};
        assert_int_equal(intake_door_turns.admit(&turn, knocks, COUNT(LINES) - first, receipts, &taken), STATUS_OK);
        assert_int_equal(taken, 1);
    }
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM sent WHERE id IN ('t-3', 'b-1', 't-4') AND admitted"), 3);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 3);
}

/* replicas: a door that corrects, one that admits, and one that hears answers, all of the same child */

enum { ROUNDS = 25 };

static int correct_to_and_fro(void *argument)
{
    Desk *desk = argument;
    for (int i = 0; i < ROUNDS; i++) {
        const char *wrong = i % 2 ? FREE : CHILD, *right = i % 2 ? CHILD : FREE;
        desk_say(desk, KEY_A,
                 arena_format(desk->arena,
                              "{\"id\":\"to-%d\",\"bsn_corrected\":{\"bsn\":\"%s\",\"correct_bsn\":\"%s\"}}", i, wrong,
                              right));
        assert_string_equal(desk_code(desk, 0), "ADMITTED");
    }
    return 0;
}

static int convert_again(void *argument)
{
    Desk *desk = argument;
    for (int i = 0; i < ROUNDS; i++)
        desk_say(desk, KEY_A,
                 arena_format(desk->arena,
                              "{\"id\":\"more-%d\",\"municipality\":\"0503\",\"provider\":\"90000001\","
                              "\"conversion\":{\"allocation\":\"17\",\"day\":\"2020-05-02\"}}",
                              i));
    return 0;
}

static int hear_answers(void *argument)
{
    Desk *desk = argument;
    const char *client = desk_text(desk, "SELECT reference FROM allocated WHERE number = '17'");
    for (int i = 0; i < ROUNDS; i++)
        answers(desk, CHANGES, (Answer){"operator-a:t-1", "0503", "17", client, i % 2 ? "2020-12-31" : "2020-11-30"});
    return 0;
}

static void doors_and_answers_take_their_locks_in_one_order(void **state)
{
    Desk *desk = *state;
    const char *client = child_in_delft(desk);
    static int (*const TALKS[])(void *) = {correct_to_and_fro, convert_again, hear_answers};
    Desk *beside[COUNT(TALKS)];
    thrd_t threads[COUNT(TALKS)];
    for (size_t i = 0; i < COUNT(TALKS); i++)
        beside[i] = desk_beside(desk);
    for (size_t i = 0; i < COUNT(TALKS); i++)
        assert_int_equal(thrd_create(&threads[i], TALKS[i], beside[i]), thrd_success);
    for (size_t i = 0; i < COUNT(TALKS); i++)
        thrd_join(threads[i], NULL);
    for (size_t i = 0; i < COUNT(TALKS); i++)
        desk_free(beside[i]);

    assert_string_equal(desk_text(desk, "SELECT string_agg(reference, ',') FROM person"), client);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM sent WHERE id LIKE 'to-%' AND admitted"), ROUNDS);
    for (int i = 0; i < ROUNDS; i++)
        assert_string_equal(
            desk_fact(desk, arena_format(desk->arena, "operator-a:more-%d", i))->conversion->client->reference, client);
}

#define desk_test(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        desk_test(care_is_granted_there_and_then_ends_here_in_the_turn_that_hears_it),
        desk_test(what_is_not_granted_ends_nothing_and_is_asked_anew),
        desk_test(a_person_settles_what_stays_open),
        desk_test(a_death_is_said_in_each_conversation_and_to_what_was_under_way),
        desk_test(a_number_is_corrected_into_one_that_nobody_has),
        desk_test(two_persons_who_are_one_have_one_reference_from_now_on),
        desk_test(what_changes_who_is_whom_is_alone_in_its_batch),
        desk_test(doors_and_answers_take_their_locks_in_one_order),
    };
    return cmocka_run_group_tests_name("intake cases", tests, NULL, NULL);
}
