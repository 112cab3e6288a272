/*
 * Server: the end of a conversation that is asked.
 *
 * A ROUTER with CURVE. A request is exactly one frame from a caller whose key the guard
 * knows; all else is dropped and counted. A connection outlives a revoked key, so the key is
 * looked up again for each request. A server belongs to one thread.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "bus/guard.h"
#include "bus/key.h"

typedef struct Server Server;

/* Zero stands for the usual value. */
typedef struct ServerSettings {
    const char *endpoint; /* tcp://127.0.0.1:5671; tcp://127.0.0.1:* takes a free port */
    const Key *key;
    Guard *guard;            /* outlives the server */
    const char *domain;      /* whose keys the guard lets in here */
    int64_t frame_bytes_max; /* a longer frame closes its connection and disturbs no other; usually 8 MB */
    int queue_max;           /* requests or replies waiting on one connection; usually 1,000 */
} ServerSettings;

typedef struct ServerRequest {
    Bytes identity;   /* names the connection, for the reply */
    const char *user; /* the caller's public key, as text */
    Bytes payload;
} ServerRequest;

typedef struct ServerCounts {
    uint64_t requests;
    uint64_t malformed; /* not exactly one frame, or from a caller that chose its own identity */
    uint64_t forbidden; /* under a key that is no longer known */
} ServerCounts;

/* STATUS_RETRY when the endpoint is still taken. */
Status server_open(const ServerSettings *settings, Server **server_out);
void server_free(Server *server);
void server_freep(Server **server);

/* Where it listens, with the port that it got. */
const char *server_endpoint(const Server *server);

/* Never waits; received_out is false, and request_out untouched, when there is no request. All of it lives in the
 * arena. */
Status server_receive(Server *server, Arena *arena, ServerRequest *request_out, bool *received_out);

/* Never waits. A reply to a caller who has left, or who does not take its replies, is dropped: it asks again. */
Status server_reply(Server *server, Bytes identity, Bytes payload);

/* From any thread. */
ServerCounts server_counts(const Server *server);
