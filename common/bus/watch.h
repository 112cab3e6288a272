/*
 * Watch: how a server lets the guard see the connections that fail at its door. Private to
 * the room.
 */
#pragma once

#include "bus/guard.h"

#include <czmq.h>

/* From watch_begin to watch_end the guard counts what fails on this socket. */
Status watch_begin(Guard *guard, zsock_t *socket);
void watch_end(Guard *guard, zsock_t *socket);
