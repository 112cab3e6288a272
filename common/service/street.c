#include "service/street.h"

#include "base/partition.h"
#include "bus/wait.h"
#include "db/database.h"
#include "process/clock.h"
#include "process/log.h"
#include "proto/street.pb-c.h"
#include "service/message.h"
#include "service/outbox.h"
#include "service/sql.h"

#include <stdlib.h>

enum {
    FETCHES_WAITING_MAX = 64,
    POLL_MS = 500, /* stands behind the notifications */
    RECONNECT_MS = 500,
    MESSAGES_MAX = 5000,
    BYTES_MAX = 4 * 1024 * 1024, /* below the largest frame of the bus */
    WAIT_MS_MAX = 10000,
};

/* A Fetch that nothing could be said to yet. */
typedef struct Waiting {
    Arena *arena; /* of the request */
    ServerRequest request;
    const Street__Fetch *fetch;
    int64_t until_ms;
} Waiting;

typedef struct Street {
    const StreetSettings *settings;
    Database *database;
    Arena *arena;
    Waiting waiting[FETCHES_WAITING_MAX];
    size_t waiting_count;
    int64_t since_us; /* when this replica started */
    int64_t beat_at_ms;
    int64_t poll_at_ms;
    int64_t bytes_per_message; /* seen lately, so that a batch is cut about right before it is read */
} Street;

/* How much of each partition goes into one batch. */
typedef struct Portion {
    int64_t after;
    int64_t available;
    int32_t count;
} Portion;

static Status open_database(Street *street)
{
    Database *database;
    TRY(database_open((DatabaseSettings){street->settings->connection, "street", 30000}, &database));
    Status status = database_read_by_key(database);
    if (status == STATUS_OK)
        status = database_prepare(database, &service_sql);
    if (status == STATUS_OK)
        status = database_run(database, "listen", "LISTEN outbox");
    if (status != STATUS_OK) {
        database_close(database);
        return status;
    }
    street->database = database;
    return STATUS_OK;
}

static void drop_waiting(Street *street, size_t number)
{
    arena_free(street->waiting[number].arena);
    street->waiting[number] = street->waiting[--street->waiting_count];
}

static Street__Batch__Head *head_of(Arena *arena, const Street__Fetch__Place *place, const Rows *rows, size_t row)
{
    Street__Batch__Head *head = ARENA_NEW(arena, Street__Batch__Head);
    street__batch__head__init(head);
    head->partition = place->partition;
    head->position = rows_int(rows, row, rows_column(rows, "head"));
    head->state = STREET__BATCH__HEAD__STATE__VALUE__OK;

    int id = rows_column(rows, "id");
    if (head->position < place->after)
        head->state = STREET__BATCH__HEAD__STATE__VALUE__BEHIND;
    else if (place->after > 0 && strcmp(rows_text(rows, row, id), place->id) != 0)
        head->state = STREET__BATCH__HEAD__STATE__VALUE__DIVERGED;
    return head;
}

/* Whether a fetch names each partition once, and none that does not exist. */
static bool well_formed(const Street__Fetch *fetch)
{
    bool named[PARTITIONS] = {false};
    for (size_t i = 0; i < fetch->n_places; i++) {
        int32_t partition = fetch->places[i]->partition;
        if (partition < 0 || partition >= PARTITIONS || named[partition] || fetch->places[i]->after < 0)
            return false;
        named[partition] = true;
    }
    return true;
}

static Status load_heads(Street *street, const Street__Fetch *fetch, Street__Batch *batch, Portion *portions)
{
    Params *params = params_new(street->arena);
    Column *partitions = params_column(params, COLUMN_INT2);
    Column *afters = params_column(params, COLUMN_INT8);
    const Street__Fetch__Place *places[PARTITIONS] = {NULL};
    for (size_t i = 0; i < fetch->n_places; i++) {
        const Street__Fetch__Place *place = fetch->places[i];
        column_int(partitions, place->partition);
        column_int(afters, place->after);
        places[place->partition] = place;
    }

    Rows *rows;
    TRY(database_ask(street->database, SERVICE_LOAD_HEADS, params, &rows));
    batch->heads = ARENA_MANY(street->arena, Street__Batch__Head *, rows_count(rows));
    int partition_column = rows_column(rows, "partition");
    for (size_t row = 0; row < rows_count(rows); row++) {
        int64_t partition = rows_int(rows, row, partition_column);
        Street__Batch__Head *head = head_of(street->arena, places[partition], rows, row);
        batch->heads[batch->n_heads++] = head;
        if (head->state == STREET__BATCH__HEAD__STATE__VALUE__OK)
            portions[partition] = (Portion){places[partition]->after, head->position - places[partition]->after, 0};
    }
    return STATUS_OK;
}

/* Deals the room of a batch evenly over what waits, a fair share to each partition and the rest again. */
static int64_t deal(Portion *portions, int64_t room)
{
    int64_t dealt = 0;
    for (bool more = true; more && room > 0;) {
        int hungry = 0;
        for (int i = 0; i < PARTITIONS; i++)
            hungry += portions[i].count < portions[i].available;
        more = hungry > 0;
        int64_t each = more ? (room + hungry - 1) / hungry : 0;
        for (int i = 0; i < PARTITIONS && room > 0; i++) {
            int64_t wanted = portions[i].available - portions[i].count;
            int64_t given = wanted < each ? wanted : each;
            given = given < room ? given : room;
            portions[i].count += (int32_t)given;
            room -= given;
            dealt += given;
        }
    }
    return dealt;
}

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t room_for(const Street *street, const Street__Fetch *fetch, int64_t bytes_max)
{
    int64_t messages = fetch->messages_max > 0 ? smaller(fetch->messages_max, MESSAGES_MAX) : MESSAGES_MAX;
    int64_t fitting = bytes_max / street->bytes_per_message;
    return smaller(messages, fitting > 1 ? fitting : 1);
}

static Street__Envelope *envelope_of(Street *street, const Rows *rows, size_t row)
{
    Street__Envelope *envelope = ARENA_NEW(street->arena, Street__Envelope);
    street__envelope__init(envelope);
    Bytes data = rows_bytes(rows, row, rows_column(rows, "data"));
    /* protobuf-c packs from these and writes to none of them */
    envelope->id = (char *)(uintptr_t)rows_text(rows, row, rows_column(rows, "id"));
    envelope->source = (char *)(uintptr_t)street->settings->house;
    envelope->type = (char *)(uintptr_t)rows_text(rows, row, rows_column(rows, "type"));
    envelope->subject = (char *)(uintptr_t)rows_text(rows, row, rows_column(rows, "subject"));
    envelope->time_us = rows_time_us(rows, row, rows_column(rows, "time"));
    envelope->known_day = rows_day(rows, row, rows_column(rows, "known_day")).number;
    envelope->version = (int32_t)rows_int(rows, row, rows_column(rows, "version"));
    envelope->partition = (int32_t)rows_int(rows, row, rows_column(rows, "partition"));
    envelope->position = rows_int(rows, row, rows_column(rows, "position"));
    envelope->data = (ProtobufCBinaryData){data.size, (uint8_t *)(uintptr_t)data.data};
    return envelope;
}

static Status read_messages(Street *street, const Portion *portions, int64_t bytes_max, Street__Batch *batch)
{
    Params *params = params_new(street->arena);
    Column *partitions = params_column(params, COLUMN_INT2);
    Column *afters = params_column(params, COLUMN_INT8);
    Column *counts = params_column(params, COLUMN_INT4);
    for (int partition = 0; partition < PARTITIONS; partition++)
        if (portions[partition].count > 0) {
            column_int(partitions, partition);
            column_int(afters, portions[partition].after);
            column_int(counts, portions[partition].count);
        }

    Rows *rows;
    TRY(database_ask(street->database, SERVICE_READ_OUTBOX, params, &rows));
    batch->envelopes = ARENA_MANY(street->arena, Street__Envelope *, rows_count(rows));
    int64_t bytes = 0;
    for (size_t row = 0; row < rows_count(rows) && (row == 0 || bytes < bytes_max); row++) {
        Street__Envelope *envelope = envelope_of(street, rows, row);
        bytes += (int64_t)envelope->data.len + 200;
        if (row > 0 && bytes > bytes_max)
            break;
        batch->envelopes[batch->n_envelopes++] = envelope;
    }
    if (batch->n_envelopes > 0)
        street->bytes_per_message = (street->bytes_per_message + bytes / (int64_t)batch->n_envelopes) / 2 + 1;
    return STATUS_OK;
}

/* Whether a consumer wants to hear this batch now: something was said, or the histories differ. */
static bool has_news(const Street__Batch *batch)
{
    if (batch->n_envelopes > 0)
        return true;
    for (size_t i = 0; i < batch->n_heads; i++)
        if (batch->heads[i]->state == STREET__BATCH__HEAD__STATE__VALUE__DIVERGED)
            return true;
    return false;
}

static Status answer(Street *street, const ServerRequest *request, const Street__Fetch *fetch, bool whatever_there_is,
                     bool *answered_out)
{
    arena_reset(street->arena);
    Street__Batch batch = STREET__BATCH__INIT;
    batch.number = fetch->number;
    Portion portions[PARTITIONS] = {0};
    TRY(load_heads(street, fetch, &batch, portions));

    int64_t bytes_max = fetch->bytes_max > 0 ? smaller(fetch->bytes_max, BYTES_MAX) : BYTES_MAX;
    if (deal(portions, room_for(street, fetch, bytes_max)) > 0)
        TRY(read_messages(street, portions, bytes_max, &batch));

    *answered_out = whatever_there_is || has_news(&batch);
    if (*answered_out)
        TRY(server_reply(street->settings->server, request->identity, message_pack(street->arena, &batch.base)));
    return STATUS_OK;
}

/* A consumer has one Fetch under way; a newer one on the same connection replaces it. */
static void replace_waiting(Street *street, Bytes identity)
{
    for (size_t i = 0; i < street->waiting_count; i++)
        if (bytes_equal(street->waiting[i].request.identity, identity)) {
            drop_waiting(street, i);
            return;
        }
}

static Status hear_request(Street *street, Arena *arena, const ServerRequest *request, bool *kept_out)
{
    *kept_out = false;
    const Street__Fetch *fetch = message_unpack(arena, &street__fetch__descriptor, request->payload);
    if (!fetch || !well_formed(fetch)) {
        log_event(LOG_WARN, "FETCH-REFUSED", "what=\"is no Fetch\" bytes=%zu", request->payload.size);
        return STATUS_OK;
    }

    replace_waiting(street, request->identity);
    bool at_once = fetch->wait_ms <= 0 || street->waiting_count == FETCHES_WAITING_MAX;
    bool answered;
    TRY(answer(street, request, fetch, at_once, &answered));
    if (answered)
        return STATUS_OK;

    street->waiting[street->waiting_count++] = (Waiting){
        .arena = arena,
        .request = *request,
        .fetch = fetch,
        .until_ms = clock_steady_ms() + smaller(fetch->wait_ms, WAIT_MS_MAX),
    };
    *kept_out = true;
    return STATUS_OK;
}

static Status hear_requests(Street *street)
{
    for (;;) {
        Arena *arena = arena_new();
        ServerRequest request;
        bool received = false;
        bool kept = false;
        Status status = server_receive(street->settings->server, arena, &request, &received);
        if (status == STATUS_OK && received)
            status = hear_request(street, arena, &request, &kept);
        if (!kept)
            arena_free(arena);
        if (status != STATUS_OK || !received)
            return status;
    }
}

static Status answer_waiting(Street *street, bool something_was_said)
{
    int64_t now_ms = clock_steady_ms();
    for (size_t i = street->waiting_count; i-- > 0;) {
        Waiting *waiting = &street->waiting[i];
        bool overdue = now_ms >= waiting->until_ms;
        if (!overdue && !something_was_said)
            continue;
        bool answered;
        TRY(answer(street, &waiting->request, waiting->fetch, overdue, &answered));
        if (answered)
            drop_waiting(street, i);
    }
    return STATUS_OK;
}

/* Shows life, and ends what belongs to replicas that do not. */
static Status show_life(Street *street)
{
    const StreetSettings *settings = street->settings;
    arena_reset(street->arena);
    Params *beat = params_new(street->arena);
    params_text(beat, settings->replica);
    params_text(beat, PICQ_VERSION);
    params_time_us(beat, street->since_us);
    Params *stale = params_new(street->arena);
    params_text(stale, settings->replica);
    params_int4(stale, settings->stale_ms);

    Rows *rows;
    const Ask asks[] = {{SERVICE_SHOW_LIFE, beat, NULL}, {SERVICE_END_STALE, stale, &rows}};
    TRY(database_ask_all(street->database, asks, sizeof asks / sizeof asks[0]));
    for (size_t row = 0; row < rows_count(rows); row++)
        log_event(LOG_WARN, "REPLICA-ENDED", "replica=%s connection=%s what=\"it showed no life\"",
                  rows_text(rows, row, rows_column(rows, "replica")),
                  rows_text(rows, row, rows_column(rows, "purpose")));
    street->beat_at_ms = clock_steady_ms() + settings->beat_ms;
    return STATUS_OK;
}

static int wait_ms(const Street *street)
{
    int64_t next_ms = smaller(street->beat_at_ms, street->poll_at_ms);
    for (size_t i = 0; i < street->waiting_count; i++)
        next_ms = smaller(next_ms, street->waiting[i].until_ms);
    int64_t left_ms = next_ms - clock_steady_ms();
    return left_ms > 0 ? (int)left_ms : 0;
}

/* One round: wait for whoever comes first, then serve all. */
static Status serve(Street *street, bool *stop_out)
{
    const StreetSettings *settings = street->settings;
    Awaited awaited[] = {
        await_waker(settings->waker),
        await_file(database_socket(street->database)),
        settings->server ? await_server(settings->server) : await_waker(settings->waker),
    };
    TRY(wait_for_any(awaited, sizeof awaited / sizeof awaited[0], wait_ms(street)));
    *stop_out = awaited[0].readable;
    if (*stop_out)
        return STATUS_OK;

    bool something_was_said = false;
    if (awaited[1].readable)
        TRY(database_notified(street->database, &something_was_said));
    int64_t now_ms = clock_steady_ms();
    if (now_ms >= street->poll_at_ms) {
        something_was_said = true;
        street->poll_at_ms = now_ms + POLL_MS;
    }
    if (now_ms >= street->beat_at_ms)
        TRY(show_life(street));
    if (settings->server) {
        TRY(hear_requests(street));
        TRY(answer_waiting(street, something_was_said));
    }
    return STATUS_OK;
}

static Status pause_for_database(const Street *street, bool *stop_out)
{
    Awaited awaited[] = {await_waker(street->settings->waker)};
    TRY(wait_for_any(awaited, 1, RECONNECT_MS));
    *stop_out = awaited[0].readable;
    return STATUS_OK;
}

static void leave(Street *street)
{
    if (!street->database)
        return;
    arena_reset(street->arena);
    Params *params = params_new(street->arena);
    params_text(params, street->settings->replica);
    if (database_ask(street->database, SERVICE_LEAVE_STREET, params, NULL) != STATUS_OK)
        log_fault(LOG_WARN, "REPLICA-LEFT-UNSAID", STATUS_RETRY);
}

Status street_run(const StreetSettings *settings)
{
    Street street = {.settings = settings, .arena = arena_new(), .bytes_per_message = 1000, .since_us = clock_now_us()};
    Status status = STATUS_OK;
    for (bool stop = false; !stop && status == STATUS_OK;) {
        notify_alive(settings->notify);
        if (!street.database)
            status = open_database(&street);
        if (status == STATUS_OK)
            status = serve(&street, &stop);
        if (status == STATUS_RETRY || status == STATUS_SET_ASIDE) {
            log_fault(LOG_WARN, "STREET-INTERRUPTED", status);
            database_closep(&street.database);
            status = pause_for_database(&street, &stop);
        }
    }
    leave(&street);
    while (street.waiting_count > 0)
        drop_waiting(&street, 0);
    database_close(street.database);
    arena_free(street.arena);
    return status;
}
