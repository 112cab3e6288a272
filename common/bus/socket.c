#include "bus/socket.h"

#include <malloc.h>
#include <pthread.h>

enum {
    ALLOCATOR_KEEPS_BYTES = 128 * 1024 * 1024,
    ALLOCATOR_MAPS_FROM_BYTES = 32 * 1024 * 1024,
    FRAME_BYTES_MAX = 8 * 1024 * 1024,
    QUEUE_MAX = 1000,
    HEARTBEAT_EVERY_MS = 2000,
    HEARTBEAT_TIMEOUT_MS = 6000,
    HANDSHAKE_TIMEOUT_MS = 10000,
};

static void prepare(void)
{
    /* A batch takes megabytes for a moment, several times over. Giving them back to the system, and faulting them in
       again for the next one, costs as much as all the rest of its way. */
    mallopt(M_MMAP_THRESHOLD, ALLOCATOR_MAPS_FROM_BYTES);
    mallopt(M_TRIM_THRESHOLD, ALLOCATOR_KEEPS_BYTES);

    zsys_handler_set(NULL);
    zsys_init();
    zsys_set_logstream(NULL);
    zsys_set_linger(0);
}

void socket_prepare_library(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, prepare);
}

zsock_t *socket_new(int type, const Key *key, SocketLimits limits)
{
    socket_prepare_library();
    zsock_t *socket = zsock_new(type);
    if (!socket)
        return NULL;

    int queue_max = limits.queue_max > 0 ? limits.queue_max : QUEUE_MAX;
    int64_t frame_bytes_max = limits.frame_bytes_max > 0 ? limits.frame_bytes_max : FRAME_BYTES_MAX;

    zsock_set_curve_publickey(socket, key->public_text);
    zsock_set_curve_secretkey(socket, key->secret_text);
    zsock_set_linger(socket, 0);
    zsock_set_sndhwm(socket, queue_max);
    zsock_set_rcvhwm(socket, queue_max);
    zsock_set_heartbeat_ivl(socket, HEARTBEAT_EVERY_MS);
    zsock_set_heartbeat_timeout(socket, HEARTBEAT_TIMEOUT_MS);
    zsock_set_heartbeat_ttl(socket, HEARTBEAT_TIMEOUT_MS);
    zsock_set_handshake_ivl(socket, HANDSHAKE_TIMEOUT_MS);
    /* zsock_set_maxmsgsize takes an int, the library an int64. */
    zmq_setsockopt(zsock_resolve(socket), ZMQ_MAXMSGSIZE, &frame_bytes_max, sizeof frame_bytes_max);
    return socket;
}

bool socket_receive(zsock_t *socket, zmq_msg_t *frames, size_t frames_max, size_t *count_out)
{
    void *handle = zsock_resolve(socket);
    size_t count = 0;
    bool more = true;
    while (more) {
        zmq_msg_t surplus;
        zmq_msg_t *frame = count < frames_max ? &frames[count] : &surplus;
        zmq_msg_init(frame);
        if (zmq_msg_recv(frame, handle, ZMQ_DONTWAIT) < 0) {
            /* A message is delivered whole, so this can only be its first frame. */
            zmq_msg_close(frame);
            return false;
        }
        more = zmq_msg_more(frame) != 0;
        if (frame == &surplus)
            zmq_msg_close(frame);
        count++;
    }
    *count_out = count;
    return true;
}

void socket_close_frames(zmq_msg_t *frames, size_t count, size_t frames_max)
{
    for (size_t i = 0; i < count && i < frames_max; i++)
        zmq_msg_close(&frames[i]);
}

Bytes socket_copy_frame(Arena *arena, zmq_msg_t *frame)
{
    size_t size = zmq_msg_size(frame);
    return (Bytes){arena_copy(arena, zmq_msg_data(frame), size), size};
}

bool socket_send(zsock_t *socket, Bytes bytes, int flags)
{
    zmq_msg_t frame;
    if (zmq_msg_init_size(&frame, bytes.size) != 0)
        return false;
    if (bytes.size)
        memcpy(zmq_msg_data(&frame), bytes.data, bytes.size);
    if (zmq_msg_send(&frame, zsock_resolve(socket), flags) >= 0)
        return true;

    int reason = errno;
    zmq_msg_close(&frame);
    errno = reason;
    return false;
}
