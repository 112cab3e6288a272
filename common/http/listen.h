/*
 * Listen: the socket that a server accepts connections on.
 */
#pragma once

#include <stdint.h>

#include "base/status.h"

/* An address in numbers and a port, 0 for a free one. STATUS_RETRY when it is still taken. */
Status listen_on_port(const char *address, uint16_t port, int *file_out, uint16_t *port_out);

/* A Unix socket for its owner and group. What a dead process left at the path is replaced. */
Status listen_on_path(const char *path, int *file_out);
