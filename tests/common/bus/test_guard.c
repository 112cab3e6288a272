#include "bus/guard.h"

#include "parties.h"

static void an_allowed_key_speaks(void **state)
{
    Parties *parties = *state;
    assert_they_speak(parties, parties->caller);
    assert_int_equal(guard_counts(parties->guard).let_in, 1);
    assert_int_equal(guard_counts(parties->guard).denied, 0);
    assert_int_equal(guard_counts(parties->guard).unfinished, 0);
}

static void each_message_names_the_key_of_its_caller(void **state)
{
    Parties *parties = *state;
    for (int i = 0; i < 2; i++) {
        say(parties->caller, "who am I?");
        assert_string_equal(hear(parties).user, key_public(parties->caller_key));
    }
}

static void an_unknown_key_stays_outside_and_is_counted(void **state)
{
    Parties *parties = *state;
    assert_they_speak(parties, parties->caller);
    Key *unknown = NULL;
    must(key_make(&unknown));
    assert_shut_out(parties, unknown, key_public(parties->server_key));
    assert_true(guard_counts(parties->guard).denied > 0);
    assert_int_equal(guard_counts(parties->guard).let_in, 1);
    key_free(unknown);
}

static void a_key_of_another_domain_stays_outside(void **state)
{
    Parties *parties = *state;
    Key *provider = NULL;
    must(key_make(&provider));
    must(guard_allow(parties->guard, GUARD_DOOR, key_public(provider)));
    assert_shut_out(parties, provider, key_public(parties->server_key));
    assert_true(guard_counts(parties->guard).denied > 0);
    key_free(provider);
}

static void a_caller_who_expects_another_server_is_counted_and_gets_nothing(void **state)
{
    Parties *parties = *state;
    assert_they_speak(parties, parties->caller);
    assert_shut_out(parties, parties->caller_key, key_public(parties->caller_key));
    assert_int_equal(guard_counts(parties->guard).let_in, 1);
    assert_true(guard_counts(parties->guard).unfinished > 0);
}

static void a_key_added_while_running_comes_in(void **state)
{
    Parties *parties = *state;
    Key *added = NULL;
    must(key_make(&added));
    assert_shut_out(parties, added, key_public(parties->server_key));

    must(guard_allow(parties->guard, GUARD_STREET, key_public(added)));
    Client *client = call(parties, added, key_public(parties->server_key));
    assert_they_speak(parties, client);
    client_free(client);
    key_free(added);
}

static void a_revoked_key_cannot_come_back(void **state)
{
    Parties *parties = *state;
    assert_they_speak(parties, parties->caller);
    guard_forbid(parties->guard, GUARD_STREET, key_public(parties->caller_key));
    assert_shut_out(parties, parties->caller_key, key_public(parties->server_key));
}

static void a_revoked_key_is_not_heard_on_the_connection_that_it_still_has(void **state)
{
    Parties *parties = *state;
    assert_they_speak(parties, parties->caller);
    guard_forbid(parties->guard, GUARD_STREET, key_public(parties->caller_key));
    say(parties->caller, "still here");
    ServerRequest request;
    assert_false(heard_within(parties, SILENCE_MS, &request));
    assert_int_equal(server_counts(parties->server).forbidden, 1);

    must(guard_allow(parties->guard, GUARD_STREET, key_public(parties->caller_key)));
    assert_they_speak(parties, parties->caller);
}

static void a_replaced_list_is_the_whole_list(void **state)
{
    Parties *parties = *state;
    static const char A[] = "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7";
    static const char B[] = "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID";
    const char *const keys[] = {B, A, B};
    Guard *guard = parties->guard;
    must(guard_replace(guard, GUARD_STREET, keys, COUNT(keys)));
    assert_true(guard_allows(guard, GUARD_STREET, A));
    assert_true(guard_allows(guard, GUARD_STREET, B));
    assert_false(guard_allows(guard, GUARD_DOOR, A));
    assert_false(guard_allows(guard, GUARD_STREET, key_public(parties->caller_key)));

    guard_forbid(guard, GUARD_STREET, B);
    assert_false(guard_allows(guard, GUARD_STREET, B));
    assert_true(guard_allows(guard, GUARD_STREET, A));

    must(guard_replace(guard, GUARD_STREET, NULL, 0));
    assert_false(guard_allows(guard, GUARD_STREET, A));
}

static void a_list_with_something_that_is_no_key_changes_nothing(void **state)
{
    Parties *parties = *state;
    const char *const keys[] = {"no key"};
    assert_int_equal(guard_replace(parties->guard, GUARD_STREET, keys, 1), STATUS_SET_ASIDE);
    assert_int_equal(guard_allow(parties->guard, GUARD_STREET, "no key"), STATUS_SET_ASIDE);
    assert_true(guard_allows(parties->guard, GUARD_STREET, key_public(parties->caller_key)));
}

static void many_keys_are_all_found(void **state)
{
    Parties *parties = *state;
    enum { MANY = 200 };
    char texts[MANY][KEY_TEXT_LENGTH + 1];
    for (int i = 0; i < MANY; i++) {
        /* Z85 text of which only two characters differ. */
        memcpy(texts[i], "0000000000000000000000000000000000000000", KEY_TEXT_LENGTH + 1);
        texts[i][1] = (char)('a' + i * 7 % 20);
        texts[i][2] = (char)('a' + i / 20);
        must(guard_allow(parties->guard, GUARD_DOOR, texts[i]));
    }
    for (int i = 0; i < MANY; i++)
        assert_true(guard_allows(parties->guard, GUARD_DOOR, texts[i]));
}

static void a_process_has_one_guard(void **state)
{
    (void)state;
    Guard *second = NULL;
    assert_int_equal(guard_open(&second), STATUS_STOP);
    assert_null(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_parties(an_allowed_key_speaks),
        test_of_parties(each_message_names_the_key_of_its_caller),
        test_of_parties(an_unknown_key_stays_outside_and_is_counted),
        test_of_parties(a_key_of_another_domain_stays_outside),
        test_of_parties(a_caller_who_expects_another_server_is_counted_and_gets_nothing),
        test_of_parties(a_key_added_while_running_comes_in),
        test_of_parties(a_revoked_key_cannot_come_back),
        test_of_parties(a_revoked_key_is_not_heard_on_the_connection_that_it_still_has),
        test_of_parties(a_replaced_list_is_the_whole_list),
        test_of_parties(a_list_with_something_that_is_no_key_changes_nothing),
        test_of_parties(many_keys_are_all_found),
        test_of_parties(a_process_has_one_guard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
