/*
 * Socket: what all sockets of this room have in common. Private to the room: no ZeroMQ
 * type stands in a header that others read.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "bus/client.h"
#include "bus/key.h"
#include "bus/server.h"

#include <czmq.h>

struct Key {
    char public_text[KEY_TEXT_LENGTH + 1];
    char secret_text[KEY_TEXT_LENGTH + 1];
};

/* Zero stands for the usual value. */
typedef struct SocketLimits {
    int64_t frame_bytes_max; /* a longer frame closes its connection */
    int queue_max;           /* messages waiting on one connection, in each direction */
} SocketLimits;

/* Before the first call to the library: it installs no signal handlers and writes no log of its own. */
void socket_prepare_library(void);

/* A socket with its key, limits, heartbeats and timeouts; NULL with errno when there are no more to be had. */
zsock_t *socket_new(int type, const Key *key, SocketLimits limits);

/* One whole message of at most frames_max frames; false when none waits. Frames above the maximum are dropped, yet
 * counted. */
bool socket_receive(zsock_t *socket, zmq_msg_t *frames, size_t frames_max, size_t *count_out);
void socket_close_frames(zmq_msg_t *frames, size_t count, size_t frames_max);

Bytes socket_copy_frame(Arena *arena, zmq_msg_t *frame);

/* Never blocks longer than the socket's send timeout; false with errno when the frame was not taken. */
bool socket_send(zsock_t *socket, Bytes bytes, int flags);

/* What a wait looks at. */
zsock_t *server_socket(const Server *server);
zsock_t *client_socket(const Client *client);
