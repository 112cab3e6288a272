#include "bus/client.h"

#include "parties.h"

static void a_client_goes_on_when_its_server_comes_back(void **state)
{
    Parties *parties = *state;
    assert_they_speak(parties, parties->caller);
    for (int round = 0; round < 2; round++) {
        char endpoint[64];
        snprintf(endpoint, sizeof endpoint, "%s", server_endpoint(parties->server));
        server_free(parties->server);
        parties->server = NULL;

        Awaited nothing[1];
        must(wait_for_any(nothing, 0, SILENCE_MS));
        assert_int_equal(client_send(parties->caller, words("anybody?")), STATUS_RETRY);

        parties->server = serve(parties, endpoint);
        assert_they_find_each_other(parties, parties->caller);
    }
}

static void a_client_may_be_there_before_its_server(void **state)
{
    Parties *parties = *state;
    char endpoint[64];
    snprintf(endpoint, sizeof endpoint, "%s", server_endpoint(parties->server));
    server_free(parties->server);
    parties->server = NULL;
    Client *early = call_at(endpoint, parties->caller_key, key_public(parties->server_key));
    assert_int_equal(client_send(early, words("too early")), STATUS_RETRY);
    parties->server = serve(parties, endpoint);
    assert_they_speak(parties, early);
    client_free(early);
}

static void a_client_survives_a_reply_above_its_limit(void **state)
{
    Parties *parties = *state;
    const ClientSettings settings = {
        .endpoint = server_endpoint(parties->server),
        .server_public_key = key_public(parties->server_key),
        .key = parties->caller_key,
        .frame_bytes_max = 1000,
        .send_timeout_ms = SILENCE_MS,
        .renew_after_ms = SOON_MS / 2,
    };
    Client *modest = NULL;
    must(client_open(&settings, &modest));
    assert_they_speak(parties, modest);

    static const uint8_t LARGE[2000];
    say(modest, "how much?");
    must(server_reply(parties->server, hear(parties).identity, (Bytes){LARGE, sizeof LARGE}));
    Bytes reply;
    bool received;
    must(client_receive(modest, SILENCE_MS, parties->arena, &reply, &received));
    assert_false(received);
    assert_they_find_each_other(parties, modest);
    client_free(modest);
}

static void receiving_waits_no_longer_than_it_was_told(void **state)
{
    Parties *parties = *state;
    Bytes reply = {0};
    bool received = true;
    must(client_receive(parties->caller, 0, parties->arena, &reply, &received));
    assert_false(received);
    must(client_receive(parties->caller, 20, parties->arena, &reply, &received));
    assert_false(received);
}

static void a_server_key_that_is_no_key_is_refused(void **state)
{
    Parties *parties = *state;
    const ClientSettings settings = {
        .endpoint = server_endpoint(parties->server),
        .server_public_key = "no key",
        .key = parties->caller_key,
    };
    Client *client = NULL;
    assert_int_equal(client_open(&settings, &client), STATUS_STOP);
    assert_null(client);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_parties(a_client_goes_on_when_its_server_comes_back),
        test_of_parties(a_client_may_be_there_before_its_server),
        test_of_parties(a_client_survives_a_reply_above_its_limit),
        test_of_parties(receiving_waits_no_longer_than_it_was_told),
        test_of_parties(a_server_key_that_is_no_key_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
