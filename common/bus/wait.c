#include "bus/wait.h"

#include "bus/socket.h"

Awaited await_server(const Server *server)
{
    return (Awaited){.server = server, .file = -1};
}

Awaited await_client(const Client *client)
{
    return (Awaited){.client = client, .file = -1};
}

Awaited await_waker(const Waker *waker)
{
    return await_file(waker_file(waker));
}

Awaited await_file(int file)
{
    return (Awaited){.file = file};
}

static zmq_pollitem_t item_of(const Awaited *awaited)
{
    zmq_pollitem_t item = {.fd = awaited->file, .events = ZMQ_POLLIN};
    if (awaited->server)
        item.socket = zsock_resolve(server_socket(awaited->server));
    else if (awaited->client)
        item.socket = zsock_resolve(client_socket(awaited->client));
    return item;
}

Status wait_for_any(Awaited *awaited, size_t count, int timeout_ms)
{
    if (count > AWAITED_MAX)
        return FAULT(STATUS_STOP, "a wait for %zu things, of at most %d", count, AWAITED_MAX);

    zmq_pollitem_t items[AWAITED_MAX];
    for (size_t i = 0; i < count; i++) {
        awaited[i].readable = false;
        items[i] = item_of(&awaited[i]);
    }
    if (zmq_poll(items, (int)count, timeout_ms) < 0)
        return errno == EINTR ? STATUS_OK : FAULT(STATUS_STOP, "wait: %s", zmq_strerror(errno));

    for (size_t i = 0; i < count; i++)
        awaited[i].readable = items[i].revents != 0;
    return STATUS_OK;
}
