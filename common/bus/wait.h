/*
 * Wait: until one of several has something to be read.
 *
 *     Awaited awaited[] = {await_server(server), await_file(PQsocket(connection)), await_waker(waker)};
 *     TRY(wait_for_any(awaited, 3, 1000));
 *     if (awaited[0].readable) ...
 */
#pragma once

#include "bus/client.h"
#include "bus/server.h"
#include "bus/waker.h"

enum { AWAITED_MAX = 32 };

/* One of server, client and file. */
typedef struct Awaited {
    const Server *server;
    const Client *client;
    int file;
    bool readable; /* set by wait_for_any; true also when reading would show that the file is broken */
} Awaited;

Awaited await_server(const Server *server);
Awaited await_client(const Client *client);
Awaited await_waker(const Waker *waker);
Awaited await_file(int file);

/* At most timeout_ms, negative for as long as it takes. A signal ends the wait with nothing readable. */
Status wait_for_any(Awaited *awaited, size_t count, int timeout_ms);
