#include "intake/core/session.h"

#include "support/unit.h"

#include <stdio.h>

typedef struct Heard {
    const char *story;
    const char *key;
    const char *session;
    uint64_t number;
    uint64_t oldest;
    SessionAnswer answer;
    uint64_t from; /* of a resend */
} Heard;

#define TAKE SESSION_TAKE
#define RESEND SESSION_RESEND
#define WAIT SESSION_WAIT
#define REFUSE SESSION_REFUSE

static void hear_all(Sessions *sessions, const Heard *heard, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t from = 0;
        Bytes name = {(const uint8_t *)heard[i].session, strlen(heard[i].session)};
        SessionAnswer answer = sessions_hear(sessions, heard[i].key, name, heard[i].number, heard[i].oldest, &from);
        if (answer != heard[i].answer || from != heard[i].from)
            fail_msg("%s: answer %d from %d", heard[i].story, (int)answer, (int)from);
    }
}

static void numbers_are_taken_in_order(void **state)
{
    static const Heard HEARD[] = {
        /* story                              key  session number oldest answer from */
        {"the first", "a", "s", 1, 1, TAKE, 0},
        {"the second", "a", "s", 2, 1, TAKE, 0},
        {"one is missing", "a", "s", 4, 1, RESEND, 3},
        {"the resend was asked already", "a", "s", 5, 1, WAIT, 0},
        {"the missing one", "a", "s", 3, 1, TAKE, 0},
        {"and on", "a", "s", 4, 1, TAKE, 0},
        {"sent again, its receipt was lost", "a", "s", 2, 1, TAKE, 0},
        {"and on", "a", "s", 5, 1, TAKE, 0},
        {"missing again", "a", "s", 8, 5, RESEND, 6},
        {"the oldest is sent after a silence", "a", "s", 5, 5, TAKE, 0},
        {"still missing, asked again", "a", "s", 8, 5, RESEND, 6},
    };
    hear_all(sessions_new(*state, 4), HEARD, COUNT(HEARD));
}

static void a_door_that_never_met_the_session_begins_at_the_oldest(void **state)
{
    static const Heard HEARD[] = {
        {"the oldest itself", "a", "s", 17, 17, TAKE, 0}, {"another session, in its middle", "a", "t", 9, 7, RESEND, 7},
        {"from the oldest on", "a", "t", 7, 7, TAKE, 0},  {"the same name by another sender", "b", "s", 1, 1, TAKE, 0},
        {"the first goes on", "a", "s", 18, 17, TAKE, 0},
    };
    hear_all(sessions_new(*state, 4), HEARD, COUNT(HEARD));
}

static void a_sender_who_comes_back_from_another_door_goes_on(void **state)
{
    static const Heard HEARD[] = {
        {"here", "a", "s", 1, 1, TAKE, 0},
        {"five were received elsewhere meanwhile", "a", "s", 7, 7, TAKE, 0},
        {"and on", "a", "s", 8, 7, TAKE, 0},
        {"back, with one that is waited for", "a", "s", 12, 10, RESEND, 10},
    };
    hear_all(sessions_new(*state, 4), HEARD, COUNT(HEARD));
}

static void the_session_that_was_silent_longest_is_forgotten(void **state)
{
    static const Heard HEARD[] = {
        {"one", "a", "1", 1, 1, TAKE, 0},
        {"two", "a", "2", 1, 1, TAKE, 0},
        {"one again", "a", "1", 2, 1, TAKE, 0},
        {"three takes the place of two", "a", "3", 1, 1, TAKE, 0},
        {"one is still known", "a", "1", 4, 1, RESEND, 3},
        {"two begins at its oldest", "a", "2", 4, 2, RESEND, 2},
    };
    hear_all(sessions_new(*state, 2), HEARD, COUNT(HEARD));
}

static void numbers_that_cannot_be_are_refused(void **state)
{
    static const Heard HEARD[] = {
        {"no session", "a", "", 1, 1, REFUSE, 0},
        {"a session that is too long", "a", "0123456789012345678901234567890123", 1, 1, REFUSE, 0},
        {"number 0", "a", "s", 0, 0, REFUSE, 0},
        {"older than the oldest", "a", "s", 3, 4, REFUSE, 0},
        {"the last number of all", "a", "s", UINT64_MAX, 1, REFUSE, 0},
    };
    hear_all(sessions_new(*state, 2), HEARD, COUNT(HEARD));
}

/* Whatever is lost on the way, a sender that sends again what has no receipt gets everything across in order. */
static void a_lossy_way_delays_and_loses_nothing(void **state)
{
    Sessions *sessions = sessions_new(*state, 2);
    Bytes name = {(const uint8_t *)"s", 1};
    uint64_t oldest = 1;
    uint64_t taken = 0;
    uint32_t random = 7;
    for (int round = 0; round < 10000 && oldest <= 500; round++) {
        for (uint64_t number = oldest; number < oldest + 16 && number <= 500; number++) {
            random = random * 1664525 + 1013904223;
            bool lost = random >> 30 == 0;
            uint64_t from;
            if (lost || sessions_hear(sessions, "a", name, number, oldest, &from) != SESSION_TAKE)
                continue;
            assert_true(number <= taken + 1);
            if (number == taken + 1)
                taken = number;
            random = random * 1664525 + 1013904223;
            bool receipt_lost = random >> 31 == 0;
            if (!receipt_lost && number == oldest)
                oldest++;
        }
    }
    assert_int_equal(taken, 500);
}

static int arena_setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_taken_in_order),
        cmocka_unit_test(a_door_that_never_met_the_session_begins_at_the_oldest),
        cmocka_unit_test(a_sender_who_comes_back_from_another_door_goes_on),
        cmocka_unit_test(the_session_that_was_silent_longest_is_forgotten),
        cmocka_unit_test(numbers_that_cannot_be_are_refused),
        cmocka_unit_test(a_lossy_way_delays_and_loses_nothing),
    };
    return cmocka_run_group_tests_name("session", tests, arena_setup, arena_teardown);
}
