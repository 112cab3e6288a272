/*
 * Street: the side of a house that its neighbours see.
 *
 * A thread of its own, on a database connection of its own, answers Fetches from the outbox and
 * shows that this process lives. So a long turn never looks like a dead process.
 */
#pragma once

#include "base/status.h"
#include "bus/server.h"
#include "bus/waker.h"
#include "process/notify.h"

typedef struct StreetSettings {
    const char *connection;
    const char *house;
    const char *replica;
    int beat_ms;
    int stale_ms;
    Server *server;     /* NULL for a house that nobody hears */
    const Waker *waker; /* readable once the thread must end */
    Notify *notify;     /* told each time that the thread has gone round */
} StreetSettings;

/* Runs until the waker is readable; a database that is away is waited for. STATUS_STOP ends the process. */
Status street_run(const StreetSettings *settings);
