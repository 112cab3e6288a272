/*
 * Watch: how a server lets the guard see the connections that fail at its door. Private to
 * the room.
 */
#pragma once

#include "bus/guard.h"

#include <czmq.h>

/* From now on the guard counts what fails on this socket, until watch_end or the guard's end. */
Status watch_begin(Guard *guard, zsock_t *socket);
void watch_end(zsock_t *socket);
