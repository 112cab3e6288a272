/* The stand-in of common/bus: messages of one frame between the processes of the world. */
#include "simulator/bus.h"

#include "simulator/world.h"

#include <stdlib.h>
#include <string.h>

enum { WAKER_FILE_FIRST = 100 };

struct Letter {
    Letter *next;
    uint64_t from; /* the client that asked, for the answer */
    int64_t arrives_at_ms;
    size_t size;
    uint8_t bytes[];
};

struct Client {
    Client *next;
    uint64_t identity;
    int process;
    int server;
    Post post;
};

static void post_put(Post *post, uint64_t from, Bytes payload)
{
    Letter *letter = malloc(sizeof *letter + payload.size);
    if (!letter)
        abort();
    *letter = (Letter){.from = from, .size = payload.size, .arrives_at_ms = world.now_ms + world_dice(4)};
    if (post->last && post->last->arrives_at_ms > letter->arrives_at_ms)
        letter->arrives_at_ms = post->last->arrives_at_ms;
    memcpy(letter->bytes, payload.data, payload.size);
    if (post->last)
        post->last->next = letter;
    else
        post->first = letter;
    post->last = letter;
}

static bool post_arrived(const Post *post)
{
    return post->first && post->first->arrives_at_ms <= world.now_ms;
}

static Letter *post_take(Post *post)
{
    Letter *letter = post->first;
    post->first = letter->next;
    if (!post->first)
        post->last = NULL;
    return letter;
}

void post_clear(Post *post)
{
    while (post->first)
        free(post_take(post));
}

/* What goes over the network may be lost, or come twice, or find the way closed. */
static void post_carry(Post *post, int from, int to, uint64_t identity, Bytes payload)
{
    if (world.now_ms < world.links_cut_until_ms[from][to])
        return;
    if (world_chance(300)) {
        world.report->faults[SIMULATOR_LOST]++;
        return;
    }
    post_put(post, identity, payload);
    if (world_chance(200)) {
        world.report->faults[SIMULATOR_DOUBLED]++;
        post_put(post, identity, payload);
    }
}

static Process *process_named(const char *name)
{
    for (int i = 0; i < PROCESSES; i++)
        if (strcmp(world.processes[i].name, name) == 0)
            return &world.processes[i];
    abort();
}

Status client_open(const ClientSettings *settings, Client **client_out)
{
    Client *client = calloc(1, sizeof *client);
    if (!client)
        abort();
    client->identity = ++world.clients_made;
    client->process = world.task->process->number;
    client->server = process_named(settings->endpoint)->number;
    client->next = world.clients;
    world.clients = client;
    *client_out = client;
    return STATUS_OK;
}

void client_free(Client *client)
{
    if (!client)
        return;
    for (Client **place = &world.clients; *place; place = &(*place)->next)
        if (*place == client) {
            *place = client->next;
            break;
        }
    post_clear(&client->post);
    free(client);
}

void client_freep(Client **client)
{
    client_free(*client);
    *client = NULL;
}

Status client_send(Client *client, Bytes payload)
{
    if (!world_step("send"))
        return world_no_more();
    Process *server = &world.processes[client->server];
    if (!server->running || server->gone)
        return FAULT(STATUS_RETRY, "nobody is there");
    post_carry(&server->server.post, client->process, client->server, client->identity, payload);
    return STATUS_OK;
}

Status client_receive(Client *client, int timeout_ms, Arena *arena, Bytes *payload_out, bool *received_out)
{
    (void)timeout_ms;
    if (!world_step("receive"))
        return world_no_more();
    *received_out = post_arrived(&client->post);
    if (!*received_out)
        return STATUS_OK;
    Letter *letter = post_take(&client->post);
    *payload_out = (Bytes){arena_copy(arena, letter->bytes, letter->size), letter->size};
    free(letter);
    return STATUS_OK;
}

Status server_receive(Server *server, Arena *arena, ServerRequest *request_out, bool *received_out)
{
    if (!world_step("be asked"))
        return world_no_more();
    *received_out = post_arrived(&server->post);
    if (!*received_out)
        return STATUS_OK;
    Letter *letter = post_take(&server->post);
    *request_out = (ServerRequest){
        .identity = {arena_copy(arena, &letter->from, sizeof letter->from), sizeof letter->from},
        .user = "",
        .payload = {arena_copy(arena, letter->bytes, letter->size), letter->size},
    };
    free(letter);
    return STATUS_OK;
}

Status server_reply(Server *server, Bytes identity, Bytes payload)
{
    (void)server;
    if (!world_step("answer"))
        return world_no_more();
    uint64_t asked;
    memcpy(&asked, identity.data, sizeof asked);
    for (Client *client = world.clients; client; client = client->next)
        if (client->identity == asked)
            post_carry(&client->post, client->server, client->process, asked, payload);
    return STATUS_OK;
}

/* ---- waiting ---- */

Awaited await_server(const Server *server)
{
    return (Awaited){.server = server, .file = -1};
}

Awaited await_client(const Client *client)
{
    return (Awaited){.client = client, .file = -1};
}

Awaited await_file(int file)
{
    return (Awaited){.file = file};
}

int waker_file(const Waker *waker)
{
    for (int i = 0; i < PROCESSES; i++)
        if (waker == &world.processes[i].waker)
            return WAKER_FILE_FIRST + i;
    abort();
}

Awaited await_waker(const Waker *waker)
{
    return await_file(waker_file(waker));
}

static bool readable(const Awaited *awaited)
{
    if (awaited->server)
        return post_arrived(&awaited->server->post);
    if (awaited->client)
        return post_arrived(&awaited->client->post);
    if (awaited->file < WAKER_FILE_FIRST + PROCESSES)
        return world.processes[awaited->file - WAKER_FILE_FIRST].waker.woken;
    return session_readable(awaited->file);
}

typedef struct Waiting {
    Awaited *awaited;
    size_t count;
} Waiting;

static bool any_readable(void *asked)
{
    const Waiting *waiting = asked;
    for (size_t i = 0; i < waiting->count; i++)
        if (readable(&waiting->awaited[i]))
            return true;
    return false;
}

Status wait_for_any(Awaited *awaited, size_t count, int timeout_ms)
{
    Waiting waiting = {awaited, count};
    if (!world_wait(any_readable, &waiting, timeout_ms))
        return world_no_more();
    for (size_t i = 0; i < count; i++)
        awaited[i].readable = readable(&awaited[i]);
    return STATUS_OK;
}
