/*
 * Parties: a guard, a server and a caller that the tests of the bus speak with.
 */
#pragma once

#include "bus/wait.h"

#include "support/unit.h"

#include <stdlib.h>

enum { FRAME_BYTES_MAX = 64 * 1024, SOON_MS = 2000, SILENCE_MS = 100 };

typedef struct Parties {
    Arena *arena;
    Key *server_key;
    Key *caller_key;
    Guard *guard;
    Server *server;
    Client *caller;
} Parties;

static inline void must(Status status)
{
    if (status != STATUS_OK)
        fail_msg("%s: %s (%s)", status_name(status), fault_words(), fault_place());
}

static inline Bytes words(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

static inline Server *serve(Parties *parties, const char *endpoint)
{
    const ServerSettings settings = {
        .endpoint = endpoint,
        .key = parties->server_key,
        .guard = parties->guard,
        .domain = GUARD_STREET,
        .frame_bytes_max = FRAME_BYTES_MAX,
    };
    Server *server = NULL;
    Status status = STATUS_RETRY;
    for (int i = 0; i < 200 && status == STATUS_RETRY; i++) {
        Awaited nothing[1];
        status = server_open(&settings, &server);
        if (status == STATUS_RETRY)
            must(wait_for_any(nothing, 0, 10));
    }
    must(status);
    return server;
}

static inline Client *call_at(const char *endpoint, const Key *key, const char *server_public_key)
{
    const ClientSettings settings = {
        .endpoint = endpoint,
        .server_public_key = server_public_key,
        .key = key,
        .send_timeout_ms = SILENCE_MS,
    };
    Client *client = NULL;
    must(client_open(&settings, &client));
    return client;
}

static inline Client *call(Parties *parties, const Key *key, const char *server_public_key)
{
    return call_at(server_endpoint(parties->server), key, server_public_key);
}

/* Sends as soon as there is a connection. */
static inline void say_bytes(Client *client, Bytes payload)
{
    Status status = STATUS_RETRY;
    for (int waited_ms = 0; waited_ms < 3 * SOON_MS && status == STATUS_RETRY; waited_ms += SILENCE_MS)
        status = client_send(client, payload);
    must(status);
}

static inline void say(Client *client, const char *text)
{
    say_bytes(client, words(text));
}

/* The next request, waited for; false when none comes. */
static inline bool heard_within(Parties *parties, int timeout_ms, ServerRequest *request_out)
{
    Awaited awaited[] = {await_server(parties->server)};
    bool received = false;
    must(server_receive(parties->server, parties->arena, request_out, &received));
    for (int waited_ms = 0; !received && waited_ms < timeout_ms; waited_ms += 10) {
        must(wait_for_any(awaited, 1, 10));
        must(server_receive(parties->server, parties->arena, request_out, &received));
    }
    return received;
}

static inline ServerRequest hear(Parties *parties)
{
    ServerRequest request = {0};
    assert_true(heard_within(parties, SOON_MS, &request));
    return request;
}

static inline void assert_words(Bytes bytes, const char *text)
{
    assert_int_equal(bytes.size, strlen(text));
    assert_memory_equal(bytes.data, text, bytes.size);
}

static inline void assert_answered(Parties *parties, Client *client, const char *text)
{
    Bytes reply = {0};
    bool received = false;
    must(client_receive(client, SOON_MS, parties->arena, &reply, &received));
    assert_true(received);
    assert_words(reply, text);
}

/* One question and its answer. */
static inline void assert_they_speak(Parties *parties, Client *client)
{
    say(client, "ping");
    ServerRequest request = hear(parties);
    assert_words(request.payload, "ping");
    must(server_reply(parties->server, request.identity, words("pong")));
    assert_answered(parties, client, "pong");
}

/* The same after a connection broke: what was said on it is lost, so the caller asks again. */
static inline void assert_they_find_each_other(Parties *parties, Client *client)
{
    bool answered = false;
    for (int i = 0; i < 3 * SOON_MS / SILENCE_MS && !answered; i++) {
        ServerRequest request;
        if (client_send(client, words("ping")) == STATUS_OK)
            while (heard_within(parties, 10, &request))
                must(server_reply(parties->server, request.identity, words("pong")));
        Bytes reply;
        must(client_receive(client, SILENCE_MS, parties->arena, &reply, &answered));
    }
    assert_true(answered);
}

static inline void assert_shut_out(Parties *parties, const Key *key, const char *server_public_key)
{
    Client *stranger = call(parties, key, server_public_key);
    assert_int_equal(client_send(stranger, words("let me in")), STATUS_RETRY);
    ServerRequest request;
    assert_false(heard_within(parties, SILENCE_MS, &request));
    client_free(stranger);
}

static inline int parties_meet(void **state)
{
    Parties *parties = calloc(1, sizeof(Parties));
    parties->arena = arena_new();
    must(key_make(&parties->server_key));
    must(key_make(&parties->caller_key));
    must(guard_open(&parties->guard));
    must(guard_allow(parties->guard, GUARD_STREET, key_public(parties->caller_key)));
    parties->server = serve(parties, "tcp://127.0.0.1:*");
    parties->caller = call(parties, parties->caller_key, key_public(parties->server_key));
    *state = parties;
    return 0;
}

static inline int parties_part(void **state)
{
    Parties *parties = *state;
    client_free(parties->caller);
    server_free(parties->server);
    guard_free(parties->guard);
    key_free(parties->caller_key);
    key_free(parties->server_key);
    arena_free(parties->arena);
    free(parties);
    return 0;
}

#define test_of_parties(test) cmocka_unit_test_setup_teardown(test, parties_meet, parties_part)
