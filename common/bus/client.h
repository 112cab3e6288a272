/*
 * Client: the end of a conversation that asks.
 *
 * A DEALER with CURVE to one server. It connects, and connects again, by itself; what was
 * under way on a connection that broke is lost, and the asker asks again. A client belongs
 * to one thread.
 */
#pragma once

#include <stdbool.h>

#include "base/arena.h"
#include "base/bytes.h"
#include "bus/key.h"

typedef struct Client Client;

/* Zero stands for the usual value. */
typedef struct ClientSettings {
    const char *endpoint;          /* tcp://host:port */
    const char *server_public_key; /* as text: nobody else can answer */
    const Key *key;                /* its own */
    int64_t frame_bytes_max;       /* usually 8 MB */
    int queue_max;                 /* usually 1,000 */
    int send_timeout_ms;           /* usually 1,000 */
    int renew_after_ms;            /* without a sign of the server, sending starts a new socket; usually 10,000 */
} ClientSettings;

Status client_open(const ClientSettings *settings, Client **client_out);
void client_free(Client *client);
void client_freep(Client **client);

/* STATUS_RETRY when within the timeout there was no connection, or no room on it. */
Status client_send(Client *client, Bytes payload);

/* Waits for at most timeout_ms, 0 for not at all, negative for as long as it takes; received_out is false, and
 * payload_out untouched, when nothing came. */
Status client_receive(Client *client, int timeout_ms, Arena *arena, Bytes *payload_out, bool *received_out);
