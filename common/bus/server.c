#include "bus/server.h"

#include "bus/socket.h"
#include "bus/watch.h"

#include <stdatomic.h>

enum {
    OPTION_ZAP_ENFORCE_DOMAIN = 93, /* the library takes it, while its header keeps the name for drafts */
    REQUEST_FRAMES = 2,             /* identity and payload */
    IDENTITY_BYTES = 5,             /* of an identity that the library gave: a zero and a number */
    DROPPED_IN_A_ROW_MAX = 1000,    /* then others of this thread have their turn */
};

struct Server {
    zsock_t *socket;
    Guard *guard;
    bool watched; /* by the guard */
    char *domain;
    char *endpoint;
    atomic_uint_fast64_t requests;
    atomic_uint_fast64_t malformed;
    atomic_uint_fast64_t forbidden;
};

static Status bind_socket(Server *server, const char *endpoint)
{
    zsock_set_curve_server(server->socket, 1);
    zsock_set_zap_domain(server->socket, server->domain);
    /* Should the guard be away, nobody comes in rather than everybody; see also accept_request. */
    zmq_setsockopt(zsock_resolve(server->socket), OPTION_ZAP_ENFORCE_DOMAIN, &(int){1}, sizeof(int));
    /* zsock_bind would look for a free port itself, from a fixed one upwards. */
    if (zmq_bind(zsock_resolve(server->socket), endpoint) != 0)
        return FAULT(errno == EADDRINUSE ? STATUS_RETRY : STATUS_STOP, "listen on %s: %s", endpoint,
                     zmq_strerror(errno));
    server->endpoint = zsock_last_endpoint(server->socket);
    return STATUS_OK;
}

static Status open_door(Server *server, const ServerSettings *settings)
{
    SocketLimits limits = {.frame_bytes_max = settings->frame_bytes_max, .queue_max = settings->queue_max};
    server->socket = socket_new(ZMQ_ROUTER, settings->key, limits);
    if (!server->socket)
        return FAULT(STATUS_STOP, "no socket for %s: %s", settings->endpoint, zmq_strerror(errno));
    TRY(watch_begin(settings->guard, server->socket));
    server->watched = true;
    return bind_socket(server, settings->endpoint);
}

Status server_open(const ServerSettings *settings, Server **server_out)
{
    Server *server = calloc(1, sizeof(Server));
    if (!server)
        abort();
    server->guard = settings->guard;
    server->domain = strdup(settings->domain);

    Status status = open_door(server, settings);
    if (status == STATUS_OK)
        *server_out = server;
    else
        server_free(server);
    return status;
}

void server_free(Server *server)
{
    if (!server)
        return;
    if (server->watched)
        watch_end(server->guard, server->socket);
    /* Frees the port sooner than closing alone does. */
    if (server->endpoint)
        zmq_unbind(zsock_resolve(server->socket), server->endpoint);
    zsock_destroy(&server->socket);
    free(server->endpoint);
    free(server->domain);
    free(server);
}

void server_freep(Server **server)
{
    server_free(*server);
    *server = NULL;
}

const char *server_endpoint(const Server *server)
{
    return server->endpoint;
}

/* A caller that chooses its own identity could take the place, and the replies, of one that left. */
static bool identity_is_given(zmq_msg_t *identity)
{
    return zmq_msg_size(identity) == IDENTITY_BYTES && *(const uint8_t *)zmq_msg_data(identity) == 0;
}

static bool accept_request(Server *server, zmq_msg_t *frames, size_t count, Arena *arena, ServerRequest *request_out)
{
    if (count != REQUEST_FRAMES || !identity_is_given(&frames[0])) {
        atomic_fetch_add(&server->malformed, 1);
        return false;
    }

    const char *user = zmq_msg_gets(&frames[1], "User-Id");
    if (!user || !guard_allows(server->guard, server->domain, user)) {
        atomic_fetch_add(&server->forbidden, 1);
        return false;
    }

    atomic_fetch_add(&server->requests, 1);
    *request_out = (ServerRequest){
        .identity = socket_copy_frame(arena, &frames[0]),
        .user = arena_text(arena, user),
        .payload = socket_copy_frame(arena, &frames[1]),
    };
    return true;
}

Status server_receive(Server *server, Arena *arena, ServerRequest *request_out, bool *received_out)
{
    *received_out = false;
    for (int dropped = 0; !*received_out && dropped < DROPPED_IN_A_ROW_MAX; dropped++) {
        zmq_msg_t frames[REQUEST_FRAMES];
        size_t count;
        if (!socket_receive(server->socket, frames, REQUEST_FRAMES, &count))
            break;
        *received_out = accept_request(server, frames, count, arena, request_out);
        socket_close_frames(frames, count, REQUEST_FRAMES);
    }
    return STATUS_OK;
}

Status server_reply(Server *server, Bytes identity, Bytes payload)
{
    if (socket_send(server->socket, identity, ZMQ_SNDMORE | ZMQ_DONTWAIT) &&
        socket_send(server->socket, payload, ZMQ_DONTWAIT))
        return STATUS_OK;
    return FAULT(STATUS_STOP, "reply at %s: %s", server->endpoint, zmq_strerror(errno));
}

ServerCounts server_counts(const Server *server)
{
    return (ServerCounts){
        .requests = atomic_load(&server->requests),
        .malformed = atomic_load(&server->malformed),
        .forbidden = atomic_load(&server->forbidden),
    };
}

zsock_t *server_socket(const Server *server)
{
    return server->socket;
}
