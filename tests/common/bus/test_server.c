#include "bus/server.h"

#include "parties.h"

#include <czmq.h>

/* A caller that speaks ZeroMQ but keeps none of our manners; key NULL: without CURVE. */
static zsock_t *raw_caller(Parties *parties, const Key *key, const char *identity)
{
    zsock_t *raw = zsock_new(ZMQ_DEALER);
    zsock_set_linger(raw, 0);
    zsock_set_sndtimeo(raw, SOON_MS);
    if (identity)
        zsock_set_identity(raw, identity);
    if (key) {
        zcert_t *certificate = zcert_new();
        zcert_apply(certificate, raw);
        must(guard_allow(parties->guard, GUARD_STREET, zcert_public_txt(certificate)));
        zcert_destroy(&certificate);
        zsock_set_curve_serverkey(raw, key_public(key));
    }
    zsock_connect(raw, "%s", server_endpoint(parties->server));
    return raw;
}

static void a_free_port_is_taken_and_told(void **state)
{
    Parties *parties = *state;
    int port = 0;
    assert_int_equal(sscanf(server_endpoint(parties->server), "tcp://127.0.0.1:%d", &port), 1);
    assert_true(port > 0);
}

static void a_taken_port_is_tried_again_later(void **state)
{
    Parties *parties = *state;
    const ServerSettings settings = {
        .endpoint = server_endpoint(parties->server),
        .key = parties->server_key,
        .guard = parties->guard,
        .domain = GUARD_STREET,
    };
    Server *second = NULL;
    assert_int_equal(server_open(&settings, &second), STATUS_RETRY);
    assert_null(second);
}

static void replies_find_their_own_caller(void **state)
{
    Parties *parties = *state;
    Client *other = call(parties, parties->caller_key, key_public(parties->server_key));
    say(parties->caller, "one");
    ServerRequest one = hear(parties);
    say(other, "two");
    ServerRequest two = hear(parties);
    assert_false(bytes_equal(one.identity, two.identity));
    must(server_reply(parties->server, two.identity, words("for two")));
    must(server_reply(parties->server, one.identity, words("for one")));
    assert_answered(parties, parties->caller, "for one");
    assert_answered(parties, other, "for two");
    client_free(other);
}

static void a_reply_to_nobody_is_dropped(void **state)
{
    Parties *parties = *state;
    must(server_reply(parties->server, words("nobody"), words("hello?")));
    assert_they_speak(parties, parties->caller);
}

static void a_frame_above_the_limit_closes_its_own_connection_only(void **state)
{
    Parties *parties = *state;
    assert_they_speak(parties, parties->caller);

    Client *loud = call(parties, parties->caller_key, key_public(parties->server_key));
    assert_they_speak(parties, loud);
    size_t size = 100 * 1024 * 1024;
    uint8_t *large = calloc(1, size);
    say_bytes(loud, (Bytes){large, size});
    free(large);

    ServerRequest request;
    assert_false(heard_within(parties, SILENCE_MS, &request));
    assert_they_speak(parties, parties->caller);
    assert_int_equal(guard_counts(parties->guard).let_in, 2);
    assert_int_equal(guard_counts(parties->guard).ended, 1);
    /* It may come back, and behave. */
    assert_they_find_each_other(parties, loud);
    assert_true(guard_counts(parties->guard).let_in >= 3);
    client_free(loud);
}

static void the_largest_frame_passes(void **state)
{
    Parties *parties = *state;
    /* What CURVE adds to a frame counts too. */
    size_t size = FRAME_BYTES_MAX - 64;
    uint8_t *large = calloc(1, size);
    say_bytes(parties->caller, (Bytes){large, size});
    free(large);
    assert_int_equal(hear(parties).payload.size, size);
}

static void an_empty_request_is_a_request(void **state)
{
    Parties *parties = *state;
    say(parties->caller, "");
    assert_int_equal(hear(parties).payload.size, 0);
}

static void a_request_of_several_frames_is_dropped_and_counted(void **state)
{
    Parties *parties = *state;
    zsock_t *raw = raw_caller(parties, parties->server_key, NULL);
    zstr_sendx(raw, "one", "two", NULL);
    zstr_sendx(raw, "one", "two", "three", "four", NULL);
    zstr_send(raw, "one");
    assert_words(hear(parties).payload, "one");
    assert_int_equal(server_counts(parties->server).malformed, 2);
    assert_int_equal(server_counts(parties->server).requests, 1);
    zsock_destroy(&raw);
}

static void a_caller_that_chooses_its_own_identity_is_not_heard(void **state)
{
    Parties *parties = *state;
    zsock_t *raw = raw_caller(parties, parties->server_key, "somebody else");
    zstr_send(raw, "one");
    ServerRequest request;
    assert_false(heard_within(parties, SILENCE_MS, &request));
    assert_int_equal(server_counts(parties->server).malformed, 1);
    zsock_destroy(&raw);
}

static void who_speaks_without_curve_is_not_heard_but_counted(void **state)
{
    Parties *parties = *state;
    assert_they_speak(parties, parties->caller);
    zsock_t *raw = raw_caller(parties, NULL, NULL);
    zstr_send(raw, "plain words");
    ServerRequest request;
    assert_false(heard_within(parties, SILENCE_MS, &request));
    assert_int_equal(guard_counts(parties->guard).let_in, 1);
    assert_true(guard_counts(parties->guard).unfinished > 0);
    zsock_destroy(&raw);
}

static void ten_thousand_messages_arrive_in_order(void **state)
{
    Parties *parties = *state;
    enum { MESSAGES = 10000, UNDER_WAY = 500 };
    uint32_t said = 0, heard = 0;
    while (heard < MESSAGES) {
        for (; said < MESSAGES && said - heard < UNDER_WAY; said++)
            say_bytes(parties->caller, (Bytes){(const uint8_t *)&said, sizeof said});
        ServerRequest request = hear(parties);
        assert_int_equal(request.payload.size, sizeof heard);
        assert_memory_equal(request.payload.data, &heard, sizeof heard);
        heard++;
        arena_reset(parties->arena);
    }
    assert_int_equal(server_counts(parties->server).requests, MESSAGES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_parties(a_free_port_is_taken_and_told),
        test_of_parties(a_taken_port_is_tried_again_later),
        test_of_parties(replies_find_their_own_caller),
        test_of_parties(a_reply_to_nobody_is_dropped),
        test_of_parties(a_frame_above_the_limit_closes_its_own_connection_only),
        test_of_parties(the_largest_frame_passes),
        test_of_parties(an_empty_request_is_a_request),
        test_of_parties(a_request_of_several_frames_is_dropped_and_counted),
        test_of_parties(a_caller_that_chooses_its_own_identity_is_not_heard),
        test_of_parties(who_speaks_without_curve_is_not_heard_but_counted),
        test_of_parties(ten_thousand_messages_arrive_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
