#include "picq/door/door.h"

#include "process/clock.h"

#include <stdlib.h>
#include <string.h>

enum {
    DOORS_MAX = 16,
    SILENCE_MS = 3000,
    SILENCE_MAX_MS = 24000,
    PATIENCE_MS = 60000,
    CONNECT_MS = 100,                   /* that sending waits for a connection */
    FRAME_BYTES_MAX = 64 * 1024 * 1024, /* of an answer: a page of letters */
    QUEUE_MAX = 5000, /* more than any sender has under way, so that only a missing connection holds it up */
};

struct Door {
    Arena *arena;
    const char *endpoints[DOORS_MAX];
    size_t count;
    size_t here;
    const char *key_path;
    Key *key;
    char door_key[KEY_TEXT_LENGTH + 1];
    Client *client;
    int silence_usual_ms;
    int silence_ms;
    int patience_ms;
    int64_t silent_since_ms;
    int64_t answered_ms; /* or when the wait began */
};

static Status connect_here(Door *door)
{
    const ClientSettings settings = {
        .endpoint = door->endpoints[door->here],
        .server_public_key = door->door_key,
        .key = door->key,
        .frame_bytes_max = FRAME_BYTES_MAX,
        .queue_max = QUEUE_MAX,
        .send_timeout_ms = CONNECT_MS,
    };
    Client *client = NULL;
    TRY(client_open(&settings, &client));
    client_free(door->client);
    door->client = client;
    return STATUS_OK;
}

static Status take_endpoints(Door *door, const char *endpoints)
{
    char *rest = arena_text(door->arena, endpoints);
    for (char *endpoint; (endpoint = strsep(&rest, ", "));) {
        if (*endpoint == '\0')
            continue;
        if (door->count == DOORS_MAX)
            return FAULT(STATUS_STOP, "more than %d doors are named", DOORS_MAX);
        door->endpoints[door->count++] = endpoint;
    }
    return door->count > 0 ? STATUS_OK : FAULT(STATUS_STOP, "no door is named");
}

static Status prepare(Door *door, const DoorSettings *settings)
{
    TRY(take_endpoints(door, settings->endpoints));
    TRY(key_load(settings->key, &door->key));
    TRY(key_load_public(settings->door_key, door->door_key));
    return connect_here(door);
}

Status door_open(const DoorSettings *settings, Door **door_out)
{
    Door *door = calloc(1, sizeof(Door));
    if (!door)
        abort();
    door->arena = arena_new();
    door->key_path = arena_text(door->arena, settings->key);
    door->silence_usual_ms = settings->silence_ms > 0 ? settings->silence_ms : SILENCE_MS;
    door->silence_ms = door->silence_usual_ms;
    door->patience_ms = settings->patience_ms > 0 ? settings->patience_ms : PATIENCE_MS;

    Status status = prepare(door, settings);
    if (status == STATUS_OK)
        *door_out = door;
    else
        door_free(door);
    return status;
}

void door_free(Door *door)
{
    if (!door)
        return;
    client_free(door->client);
    key_free(door->key);
    arena_free(door->arena);
    free(door);
}

void door_freep(Door **door)
{
    door_free(*door);
    *door = NULL;
}

const char *door_endpoint(const Door *door)
{
    return door->endpoints[door->here];
}

const Client *door_client(const Door *door)
{
    return door->client;
}

Status door_send(Door *door, Bytes bytes)
{
    return client_send(door->client, bytes);
}

Status door_receive(Door *door, Arena *arena, Bytes *bytes_out, bool *received_out)
{
    return client_receive(door->client, 0, arena, bytes_out, received_out);
}

void door_wait(Door *door)
{
    door->silent_since_ms = door->answered_ms = clock_steady_ms();
}

void door_answered(Door *door)
{
    door_wait(door);
    door->silence_ms = door->silence_usual_ms;
}

int door_silence_left_ms(const Door *door)
{
    int64_t silence_ends_ms = door->silent_since_ms + door->silence_ms;
    int64_t patience_ends_ms = door->answered_ms + door->patience_ms;
    int64_t left_ms = (silence_ends_ms < patience_ends_ms ? silence_ends_ms : patience_ends_ms) - clock_steady_ms();
    return left_ms > 0 ? (int)left_ms : 0;
}

Status door_leave_when_silent(Door *door, bool *left_out)
{
    *left_out = false;
    int64_t now_ms = clock_steady_ms();
    if (now_ms - door->answered_ms >= door->patience_ms)
        return FAULT(STATUS_RETRY, "no answer from %s for %d s; is a door open there, and does it know the key %s?",
                     door_endpoint(door), door->patience_ms / 1000, door->key_path);
    if (now_ms - door->silent_since_ms < door->silence_ms)
        return STATUS_OK;

    door->here = (door->here + 1) % door->count;
    TRY(connect_here(door));
    door->silent_since_ms = now_ms;
    if (door->silence_ms < SILENCE_MAX_MS)
        door->silence_ms *= 2;
    *left_out = true;
    return STATUS_OK;
}
