#include "bus/client.h"

#include "bus/socket.h"
#include "process/clock.h"

enum {
    SEND_TIMEOUT_MS = 1000,
    RENEW_AFTER_MS = 10000,
    CONNECT_TIMEOUT_MS = 5000,
    RECONNECT_FIRST_MS = 50,
    RECONNECT_LAST_MS = 1000,
};

struct Client {
    zsock_t *socket;
    ClientSettings settings; /* owns what it points to */
    int64_t alive_ms;        /* when something last went either way */
};

static int or_usual(int value, int usual)
{
    return value > 0 ? value : usual;
}

static Status connect_socket(Client *client)
{
    const ClientSettings *settings = &client->settings;
    SocketLimits limits = {.frame_bytes_max = settings->frame_bytes_max, .queue_max = settings->queue_max};
    zsock_t *socket = socket_new(ZMQ_DEALER, settings->key, limits);
    if (!socket)
        return FAULT(STATUS_RETRY, "no socket for %s: %s", settings->endpoint, zmq_strerror(errno));

    zsock_set_curve_serverkey(socket, settings->server_public_key);
    zsock_set_sndtimeo(socket, settings->send_timeout_ms);
    zsock_set_connect_timeout(socket, CONNECT_TIMEOUT_MS);
    zsock_set_reconnect_ivl(socket, RECONNECT_FIRST_MS);
    zsock_set_reconnect_ivl_max(socket, RECONNECT_LAST_MS);
    /* Only to a finished connection: questions to a neighbour that is away do not pile up. */
    zsock_set_immediate(socket, 1);
    if (zsock_connect(socket, "%s", settings->endpoint) != 0) {
        zsock_destroy(&socket);
        return FAULT(STATUS_STOP, "connect to %s: %s", settings->endpoint, zmq_strerror(errno));
    }
    zsock_destroy(&client->socket);
    client->socket = socket;
    client->alive_ms = clock_steady_ms();
    return STATUS_OK;
}

static Key *key_copy(const Key *key)
{
    Key *copy = malloc(sizeof(Key));
    if (!copy)
        abort();
    *copy = *key;
    return copy;
}

Status client_open(const ClientSettings *settings, Client **client_out)
{
    if (!key_is_public(settings->server_public_key))
        return FAULT(STATUS_STOP, "connect to %s: its public key is not a key", settings->endpoint);

    Client *client = calloc(1, sizeof(Client));
    if (!client)
        abort();
    client->settings = *settings;
    client->settings.endpoint = strdup(settings->endpoint);
    client->settings.server_public_key = strdup(settings->server_public_key);
    client->settings.key = key_copy(settings->key);
    client->settings.send_timeout_ms = or_usual(settings->send_timeout_ms, SEND_TIMEOUT_MS);
    client->settings.renew_after_ms = or_usual(settings->renew_after_ms, RENEW_AFTER_MS);

    Status status = connect_socket(client);
    if (status == STATUS_OK)
        *client_out = client;
    else
        client_free(client);
    return status;
}

void client_free(Client *client)
{
    if (!client)
        return;
    zsock_destroy(&client->socket);
    free((char *)client->settings.endpoint);
    free((char *)client->settings.server_public_key);
    key_free((Key *)client->settings.key);
    free(client);
}

void client_freep(Client **client)
{
    client_free(*client);
    *client = NULL;
}

Status client_send(Client *client, Bytes payload)
{
    if (socket_send(client->socket, payload, 0)) {
        client->alive_ms = clock_steady_ms();
        return STATUS_OK;
    }

    /* The library gives a connection up for good after a breach of protocol, such as a frame above the limit. */
    int reason = errno;
    if (clock_steady_ms() - client->alive_ms >= client->settings.renew_after_ms)
        TRY(connect_socket(client));
    return FAULT(STATUS_RETRY, "send to %s: %s", client->settings.endpoint, zmq_strerror(reason));
}

/* False when nothing waits; what is not exactly one frame is no reply, and dropped. */
static bool take_reply(Client *client, Arena *arena, Bytes *payload_out)
{
    zmq_msg_t frame;
    size_t count;
    while (socket_receive(client->socket, &frame, 1, &count)) {
        client->alive_ms = clock_steady_ms();
        if (count == 1)
            *payload_out = socket_copy_frame(arena, &frame);
        zmq_msg_close(&frame);
        if (count == 1)
            return true;
    }
    return false;
}

static int64_t time_left_ms(int64_t until_ms)
{
    int64_t left = until_ms - clock_steady_ms();
    return left > 0 ? left : 0;
}

Status client_receive(Client *client, int timeout_ms, Arena *arena, Bytes *payload_out, bool *received_out)
{
    *received_out = take_reply(client, arena, payload_out);
    int64_t until_ms = timeout_ms > 0 ? clock_steady_ms() + timeout_ms : 0;
    int64_t left_ms = timeout_ms;
    while (!*received_out && left_ms != 0) {
        zmq_pollitem_t item = {.socket = zsock_resolve(client->socket), .events = ZMQ_POLLIN};
        if (zmq_poll(&item, 1, (long)left_ms) < 0 && errno != EINTR)
            return FAULT(STATUS_STOP, "wait for %s: %s", client->settings.endpoint, zmq_strerror(errno));
        *received_out = take_reply(client, arena, payload_out);
        left_ms = timeout_ms > 0 ? time_left_ms(until_ms) : timeout_ms;
    }
    return STATUS_OK;
}

zsock_t *client_socket(const Client *client)
{
    return client->socket;
}
