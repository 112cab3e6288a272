#include "service/hearing.h"

#include "process/clock.h"
#include "process/log.h"
#include "proto/street.pb-c.h"
#include "service/message.h"

#include <stdlib.h>
#include <string.h>

enum { ENDPOINTS_MAX = 16, SILENCE_MS = 4000, BYTES_MAX = 4 * 1024 * 1024 };

struct Hearing {
    HearingSettings settings;
    Arena *arena; /* of the endpoints */
    const char *endpoints[ENDPOINTS_MAX];
    int endpoints_count;
    int asking; /* the endpoint that is asked now */
    Client *client;
    Inbox inbox;
    int64_t number; /* of the newest question */
    bool asked;
    int64_t silent_at_ms;
};

static Status connect_client(Hearing *hearing)
{
    client_freep(&hearing->client);
    const ClientSettings settings = {
        .endpoint = hearing->endpoints[hearing->asking],
        .server_public_key = hearing->settings.server_public_key,
        .key = hearing->settings.key,
        .send_timeout_ms = 100,
    };
    return client_open(&settings, &hearing->client);
}

static void split_endpoints(Hearing *hearing)
{
    char *rest = arena_text(hearing->arena, hearing->settings.endpoints);
    for (char *place, *word = strtok_r(rest, ", ", &place); word; word = strtok_r(NULL, ", ", &place))
        if (hearing->endpoints_count < ENDPOINTS_MAX)
            hearing->endpoints[hearing->endpoints_count++] = word;
}

Status hearing_open(const HearingSettings *settings, Hearing **hearing_out)
{
    Hearing *hearing = calloc(1, sizeof *hearing);
    if (!hearing)
        abort();
    hearing->settings = *settings;
    hearing->arena = arena_new();
    hearing->inbox.source = settings->source;
    split_endpoints(hearing);

    Status status = hearing->endpoints_count > 0 ? connect_client(hearing)
                                                 : FAULT(STATUS_STOP, "no endpoint is named for %s", settings->source);
    if (status != STATUS_OK) {
        hearing_free(hearing);
        return status;
    }
    *hearing_out = hearing;
    return STATUS_OK;
}

void hearing_free(Hearing *hearing)
{
    if (!hearing)
        return;
    client_free(hearing->client);
    arena_free(hearing->arena);
    free(hearing);
}

Inbox *hearing_inbox(Hearing *hearing)
{
    return &hearing->inbox;
}

const Client *hearing_client(const Hearing *hearing)
{
    return hearing->client;
}

void hearing_ask_again(Hearing *hearing)
{
    hearing->asked = false;
}

static bool may_be_asked(const Hearing *hearing, const Claims *claims, int partition)
{
    InboxState state = hearing->inbox.offsets[partition].state;
    return claims->mine[partition] && (state == INBOX_HEARING || state == INBOX_BEHIND);
}

static Bytes pack_question(Hearing *hearing, Arena *arena, const Claims *claims)
{
    Street__Fetch fetch = STREET__FETCH__INIT;
    fetch.number = ++hearing->number;
    fetch.bytes_max = BYTES_MAX;
    fetch.messages_max = hearing->settings.messages_max;
    fetch.wait_ms = hearing->settings.wait_ms;
    fetch.consumer = (char *)(uintptr_t)hearing->settings.consumer;
    fetch.places = ARENA_MANY(arena, Street__Fetch__Place *, PARTITIONS);
    for (int partition = 0; partition < PARTITIONS; partition++) {
        if (!may_be_asked(hearing, claims, partition))
            continue;
        Street__Fetch__Place *place = ARENA_NEW(arena, Street__Fetch__Place);
        street__fetch__place__init(place);
        place->partition = partition;
        place->after = hearing->inbox.offsets[partition].position;
        place->id = hearing->inbox.offsets[partition].id;
        fetch.places[fetch.n_places++] = place;
    }
    return fetch.n_places > 0 ? message_pack(arena, &fetch.base) : (Bytes){NULL, 0};
}

Status hearing_ask(Hearing *hearing, Arena *arena, const Claims *claims)
{
    int64_t now_ms = clock_steady_ms();
    if (hearing->asked && now_ms < hearing->silent_at_ms)
        return STATUS_OK;
    if (hearing->asked) {
        hearing->asking = (hearing->asking + 1) % hearing->endpoints_count;
        log_event(LOG_WARN, "NEIGHBOUR-SILENT", "source=%s next=%s", hearing->settings.source,
                  hearing->endpoints[hearing->asking]);
        TRY(connect_client(hearing));
    }

    Bytes question = pack_question(hearing, arena, claims);
    if (question.size == 0)
        return STATUS_OK;
    hearing->asked = true;
    hearing->silent_at_ms = now_ms + hearing->settings.wait_ms + SILENCE_MS;
    if (client_send(hearing->client, question) != STATUS_OK)
        hearing->silent_at_ms = now_ms + hearing->settings.wait_ms; /* nobody there yet: look again soon */
    return STATUS_OK;
}

static Heard heard_of(const Street__Envelope *envelope)
{
    return (Heard){
        .id = envelope->id,
        .source = envelope->source,
        .type = envelope->type,
        .subject = envelope->subject,
        .time_us = envelope->time_us,
        .known = {envelope->known_day},
        .partition = (int16_t)envelope->partition,
        .position = envelope->position,
        .version = envelope->version,
        .data = {envelope->data.data, envelope->data.len},
    };
}

static InboxState state_of(Street__Batch__Head__State__Value state)
{
    if (state == STREET__BATCH__HEAD__STATE__VALUE__BEHIND)
        return INBOX_BEHIND;
    return state == STREET__BATCH__HEAD__STATE__VALUE__DIVERGED ? INBOX_DIVERGED : INBOX_HEARING;
}

/* A neighbour that skips or repeats a position, or has ids without end, is not understood: better to say so than to count on. */
static bool follows(const Hearing *hearing, const Street__Batch *batch)
{
    int64_t expected[PARTITIONS];
    for (int partition = 0; partition < PARTITIONS; partition++)
        expected[partition] = hearing->inbox.offsets[partition].position;
    int32_t partition = -1;
    bool seen[PARTITIONS] = {false};
    for (size_t i = 0; i < batch->n_envelopes; i++) {
        const Street__Envelope *envelope = batch->envelopes[i];
        if (envelope->partition < 0 || envelope->partition >= PARTITIONS ||
            envelope->position != ++expected[envelope->partition])
            return false;
        if (envelope->partition != partition && seen[envelope->partition])
            return false;
        if (strlen(envelope->id) >= INBOX_ID_SIZE)
            return false;
        partition = envelope->partition;
        seen[partition] = true;
    }
    for (size_t i = 0; i < batch->n_heads; i++)
        if (batch->heads[i]->partition < 0 || batch->heads[i]->partition >= PARTITIONS)
            return false;
    return true;
}

Status hearing_receive(Hearing *hearing, Arena *arena, HeardBatch *heard_out, bool *received_out)
{
    *received_out = false;
    Bytes payload;
    bool received;
    TRY(client_receive(hearing->client, 0, arena, &payload, &received));
    if (!received)
        return STATUS_OK;

    const Street__Batch *batch = message_unpack(arena, &street__batch__descriptor, payload);
    if (!batch || batch->number != hearing->number || !hearing->asked)
        return STATUS_OK;
    hearing->asked = false;
    if (!follows(hearing, batch))
        return FAULT(STATUS_RETRY, "%s answered with positions that do not follow", hearing->settings.source);

    Heard *messages = ARENA_MANY(arena, Heard, batch->n_envelopes);
    for (size_t i = 0; i < batch->n_envelopes; i++)
        messages[i] = heard_of(batch->envelopes[i]);
    HeardHead *heads = ARENA_MANY(arena, HeardHead, batch->n_heads);
    for (size_t i = 0; i < batch->n_heads; i++) {
        const Street__Batch__Head *head = batch->heads[i];
        heads[i] = (HeardHead){(int16_t)head->partition, head->position, state_of(head->state)};
    }
    *heard_out = (HeardBatch){{messages, batch->n_envelopes}, heads, batch->n_heads};
    *received_out = true;
    return STATUS_OK;
}
