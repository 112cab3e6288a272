#include "intake/door.h"

#include "bus/server.h"
#include "bus/wait.h"
#include "intake/core/session.h"
#include "intake/say_frame.h"
#include "process/clock.h"
#include "process/log.h"

#include <stdio.h>
#include <string.h>

enum {
    BATCH_LINES_MAX = 2000,
    BATCH_BYTES_MAX = 16 * 1024 * 1024,
    FRAME_BYTES_MAX = 26 * 1024 * 1024, /* a national message and its envelope; lines are shorter */
    QUEUE_MAX = 4 * BATCH_LINES_MAX,    /* a receipt that finds no room is dropped, and the line sent again */
    SESSIONS_MAX = 1024,
    WAITING_MAX = 512,
    WAIT_MS_MAX = 60 * 1000,
    TEND_MS = 1000,
    RECONNECT_MS = 500,
    IDENTITY_SIZE_MAX = 256,
    ADDRESS_SIZE_MAX = 64,
};

/* One who waits for letters. */
typedef struct Waiting {
    uint8_t identity[IDENTITY_SIZE_MAX];
    size_t identity_size;
    char key[KEY_TEXT_LENGTH + 1];
    char municipality[8];
    char provider[16];
    char address[ADDRESS_SIZE_MAX];
    Reading reading; /* its texts are those above */
    int64_t until_ms;
} Waiting;

/* What was taken from the socket together. */
typedef struct Round {
    Knock *knocks;
    Bytes *identities; /* of the knocks */
    size_t count;
    size_t bytes;
} Round;

typedef struct Door {
    Service *service;
    House *house;
    const DoorTurns *turns;
    Server *server;
    uint64_t dropped; /* requests, by the server, that were counted */
    Database *database;
    Sessions *sessions;
    Arena *round_arena; /* what was taken from the socket */
    Arena *arena;       /* of one turn */
    Waiting waiting[WAITING_MAX];
    size_t waiting_count;
    int64_t tend_at_ms;
    Day day_begun; /* by the clock */
    Day forgotten_through;
} Door;

static Turn turn_of(Door *door)
{
    arena_reset(door->arena);
    return (Turn){.arena = door->arena, .database = door->database, .house = door->house};
}

static void count(Door *door, int metric)
{
    door->house->metrics[metric].value++;
}

/* the world */

static Status connect(Door *door)
{
    TRY(service_database(door->service, "door", &door->database));
    TRY(database_read_by_key(door->database));
    TRY(database_run(door->database, "listen", "LISTEN letter"));
    Turn turn = turn_of(door);
    door->tend_at_ms = 0;
    return door->turns->open(&turn);
}

/* Whether the door must close. */
static bool sleep_until_woken(const Door *door, int timeout_ms)
{
    Awaited awaited[] = {await_waker(service_waker(door->service))};
    return wait_for_any(awaited, 1, timeout_ms) != STATUS_OK || awaited[0].readable;
}

/* Comes back with a database, or with stop_out. */
static Status connect_for_certain(Door *door, bool *stop_out)
{
    *stop_out = false;
    while (!door->database && !*stop_out) {
        Status status = connect(door);
        if (status == STATUS_OK)
            return STATUS_OK;
        if (status == STATUS_STOP)
            return status;
        log_fault(LOG_WARN, "DATABASE-AWAITED", status);
        database_closep(&door->database);
        *stop_out = sleep_until_woken(door, RECONNECT_MS);
    }
    return STATUS_OK;
}

/* After a fault of the world there is no connection: the next turn opens another. */
static Status after_fault(Door *door, Status status)
{
    if (status != STATUS_RETRY && status != STATUS_SET_ASIDE)
        return status;
    log_fault(LOG_WARN, "TURN-INTERRUPTED", status);
    database_closep(&door->database);
    return STATUS_OK;
}

/* lines */

static void give_receipts(Door *door, const Round *round, size_t first, const Bytes *receipts, size_t taken)
{
    for (size_t i = 0; i < taken; i++)
        if (server_reply(door->server, round->identities[first + i], receipts[i]) != STATUS_OK)
            log_fault(LOG_WARN, "RECEIPT-NOT-GIVEN", STATUS_RETRY);
}

/* How many lines to try next: what the tables do not take is found by halving. */
static size_t fewer_lines(Round *round, size_t first, size_t tried)
{
    if (tried > 1)
        return tried / 2;
    log_fault(LOG_ERROR, "LINE-NOT-KEPT", STATUS_SET_ASIDE);
    round->knocks[first].not_kept = true;
    return 1;
}

/* Every line of the round gets its receipt, however long the database is away; unless the door must close. */
static Status admit_round(Door *door, Round *round)
{
    size_t limit = round->count;
    for (size_t first = 0; first < round->count;) {
        bool stop;
        TRY(connect_for_certain(door, &stop));
        if (stop)
            return STATUS_OK;

        size_t left = round->count - first;
        size_t tried = left < limit ? left : limit;
        Turn turn = turn_of(door);
        Bytes *receipts = ARENA_MANY(door->arena, Bytes, tried);
        size_t taken = 0;
        Status status = door->turns->admit(&turn, round->knocks + first, tried, receipts, &taken);
        if (status == STATUS_SET_ASIDE && !round->knocks[first].not_kept) {
            limit = fewer_lines(round, first, tried);
            continue;
        }
        if (status != STATUS_OK) {
            TRY(after_fault(door, status));
            continue;
        }
        give_receipts(door, round, first, receipts, taken);
        first += taken;
        limit = 2 * limit;
    }
    return STATUS_OK;
}

/* letters */

/* Gives the address of the mailbox when the reader is to wait, else NULL. */
static Status read_now(Door *door, const char *key, const Reading *reading, Bytes identity, const char **waits_at_out)
{
    Turn turn = turn_of(door);
    Bytes frame = {0};
    *waits_at_out = NULL;
    TRY(door->turns->read(&turn, key, reading, &frame, waits_at_out));
    if (frame.size == 0)
        return STATUS_OK;
    *waits_at_out = NULL;
    return server_reply(door->server, identity, frame);
}

static void wait_for_letters(Door *door, const ServerRequest *request, const Reading *reading, const char *address)
{
    if (door->waiting_count == WAITING_MAX || request->identity.size > IDENTITY_SIZE_MAX)
        return;
    Waiting *waiting = &door->waiting[door->waiting_count++];
    memcpy(waiting->identity, request->identity.data, request->identity.size);
    waiting->identity_size = request->identity.size;
    snprintf(waiting->key, sizeof waiting->key, "%s", request->user);
    snprintf(waiting->municipality, sizeof waiting->municipality, "%s", reading->municipality);
    snprintf(waiting->provider, sizeof waiting->provider, "%s", reading->provider);
    snprintf(waiting->address, sizeof waiting->address, "%s", address);
    waiting->reading = *reading;
    waiting->until_ms = clock_steady_ms() + (reading->wait_ms < WAIT_MS_MAX ? reading->wait_ms : WAIT_MS_MAX);
}

static Status hear_read(Door *door, const ServerRequest *request, const Reading *reading)
{
    bool stop;
    TRY(connect_for_certain(door, &stop));
    if (stop)
        return STATUS_OK;
    const char *waits_at;
    Status status = read_now(door, request->user, reading, request->identity, &waits_at);
    if (status != STATUS_OK)
        return after_fault(door, status);
    if (waits_at)
        wait_for_letters(door, request, reading, waits_at);
    return STATUS_OK;
}

static Status serve_one(Door *door, Waiting *waiting, bool *served_out)
{
    Reading reading = waiting->reading;
    reading.municipality = waiting->municipality;
    reading.provider = waiting->provider;
    reading.wait_ms = 0;
    const char *waits_at;
    TRY(read_now(door, waiting->key, &reading, (Bytes){waiting->identity, waiting->identity_size}, &waits_at));
    *served_out = true;
    return STATUS_OK;
}

static Status look_into_mailboxes(Door *door, int64_t heads[WAITING_MAX])
{
    Turn turn = turn_of(door);
    const char *addresses[WAITING_MAX];
    for (size_t i = 0; i < door->waiting_count; i++)
        addresses[i] = door->waiting[i].address;
    return door->turns->look(&turn, addresses, door->waiting_count, heads);
}

/* Serves those for whom letters came, and those whose time is up. */
static Status serve_waiting(Door *door)
{
    int64_t heads[WAITING_MAX];
    TRY(look_into_mailboxes(door, heads));

    int64_t now_ms = clock_steady_ms();
    size_t kept = 0;
    Status status = STATUS_OK;
    for (size_t i = 0; i < door->waiting_count; i++) {
        Waiting *waiting = &door->waiting[i];
        bool is_due = heads[i] > waiting->reading.after || now_ms >= waiting->until_ms;
        bool served = false;
        if (is_due && status == STATUS_OK)
            status = serve_one(door, waiting, &served);
        if (!served)
            door->waiting[kept++] = *waiting;
    }
    door->waiting_count = kept;
    return status;
}

static bool somebody_waited_long(const Door *door)
{
    int64_t now_ms = clock_steady_ms();
    for (size_t i = 0; i < door->waiting_count; i++)
        if (now_ms >= door->waiting[i].until_ms)
            return true;
    return false;
}

/* frames */

static void hear_submit(Door *door, Round *round, const ServerRequest *request, const Submit *submit)
{
    uint64_t from = 0;
    SessionAnswer answer =
        sessions_hear(door->sessions, request->user, submit->session, submit->number, submit->oldest, &from);
    Bytes reply = {0};
    if (answer == SESSION_TAKE) {
        round->identities[round->count] = request->identity;
        round->knocks[round->count++] = (Knock){
            .key = request->user, .number = submit->number, .line = submit->line, .is_national = submit->is_national};
        round->bytes += submit->line.size;
    } else if (answer == SESSION_RESEND) {
        count(door, HOUSE_RESENDS);
        reply = intake_say_resend(door->round_arena, from);
    } else if (answer == SESSION_REFUSE) {
        count(door, HOUSE_DENIED);
        reply = intake_say_no_session(door->round_arena, submit->number);
    }
    if (reply.size > 0 && server_reply(door->server, request->identity, reply) != STATUS_OK)
        log_fault(LOG_WARN, "REPLY-NOT-GIVEN", STATUS_RETRY);
}

/* What the server drops reaches nobody here. */
static void count_dropped(Door *door)
{
    ServerCounts counts = server_counts(door->server);
    uint64_t dropped = counts.malformed + counts.forbidden;
    metric_add(&door->house->metrics[HOUSE_DENIED], (int64_t)(dropped - door->dropped));
    door->dropped = dropped;
}

/* Takes what waits at the socket, up to a bound, and has it admitted. */
static Status take_what_waits(Door *door)
{
    arena_reset(door->round_arena);
    Round round = {.knocks = ARENA_MANY(door->round_arena, Knock, BATCH_LINES_MAX),
                   .identities = ARENA_MANY(door->round_arena, Bytes, BATCH_LINES_MAX)};
    while (round.count < BATCH_LINES_MAX && round.bytes < BATCH_BYTES_MAX) {
        ServerRequest request;
        bool received = false;
        TRY(server_receive(door->server, door->round_arena, &request, &received));
        if (!received)
            break;
        Frame frame = intake_hear_frame(door->round_arena, request.payload);
        if (frame.kind == FRAME_SUBMIT)
            hear_submit(door, &round, &request, &frame.submit);
        else if (frame.kind == FRAME_READ)
            TRY(hear_read(door, &request, &frame.read));
        else
            count(door, HOUSE_DENIED);
    }
    count_dropped(door);
    return admit_round(door, &round);
}

/* what comes by itself */

static Status let_keys_in(Door *door)
{
    Turn turn = turn_of(door);
    const char *const *keys;
    size_t key_count;
    TRY(door->turns->list_keys(&turn, &keys, &key_count));
    return guard_replace(service_guard(door->service), GUARD_DOOR, keys, key_count);
}

/* A day that is refused, after a gap, waits for an operator; the next day is tried anew. */
static Status begin_day(Door *door)
{
    Day today = clock_today();
    if (!door->house->days_by_clock || day_compare(today, door->day_begun) == 0)
        return STATUS_OK;
    Turn turn = turn_of(door);
    TRY(door->turns->begin_day(&turn, today));
    door->day_begun = today;
    return STATUS_OK;
}

static Status forget(Door *door)
{
    Turn turn = turn_of(door);
    return door->turns->forget(&turn, &door->forgotten_through);
}

static Status tend(Door *door)
{
    int64_t now_ms = clock_steady_ms();
    if (now_ms < door->tend_at_ms)
        return STATUS_OK;
    door->tend_at_ms = now_ms + TEND_MS;
    Status status = let_keys_in(door);
    if (status == STATUS_OK)
        status = begin_day(door);
    if (status == STATUS_OK)
        status = forget(door);
    return status == STATUS_OK ? STATUS_OK : after_fault(door, status);
}

static Status tend_letters(Door *door)
{
    bool notified = false;
    Status status = database_notified(door->database, &notified);
    if (status == STATUS_OK && door->waiting_count > 0 && (notified || somebody_waited_long(door)))
        status = serve_waiting(door);
    return status == STATUS_OK ? STATUS_OK : after_fault(door, status);
}

/* How long the door may sleep: a second, or less when somebody waits for letters. */
static int sleep_ms(const Door *door)
{
    int64_t now_ms = clock_steady_ms();
    int64_t until_ms = door->tend_at_ms;
    for (size_t i = 0; i < door->waiting_count; i++)
        if (door->waiting[i].until_ms < until_ms)
            until_ms = door->waiting[i].until_ms;
    return until_ms > now_ms ? (int)(until_ms - now_ms) : 0;
}

/* Once the keys are known: who is turned away at the handshake does not come back soon. */
static Status open_server(Door *door)
{
    const ServerSettings settings = {
        .endpoint = door->house->door,
        .key = service_key(door->service),
        .guard = service_guard(door->service),
        .domain = GUARD_DOOR,
        .frame_bytes_max = FRAME_BYTES_MAX,
        .queue_max = QUEUE_MAX,
    };
    TRY(server_open(&settings, &door->server));
    log_event(LOG_INFO, "DOOR-OPENED", "endpoint=%s", server_endpoint(door->server));
    return STATUS_OK;
}

static Status round_of_the_door(Door *door, bool *stop_out)
{
    TRY(connect_for_certain(door, stop_out));
    if (*stop_out)
        return STATUS_OK;
    TRY(tend(door));
    if (!door->database)
        return STATUS_OK;
    if (!door->server)
        TRY(open_server(door));

    Awaited awaited[] = {await_server(door->server), await_file(database_socket(door->database)),
                         await_waker(service_waker(door->service))};
    TRY(wait_for_any(awaited, 3, sleep_ms(door)));
    *stop_out = awaited[2].readable;
    if (!*stop_out && awaited[0].readable)
        TRY(take_what_waits(door));
    return !*stop_out && door->database ? tend_letters(door) : STATUS_OK;
}

Status door_run(Service *service, House *house, const DoorTurns *turns)
{
    Arena *lasting = arena_new();
    Door *door = ARENA_NEW(lasting, Door);
    door->service = service;
    door->house = house;
    door->turns = turns;
    door->sessions = sessions_new(lasting, SESSIONS_MAX);
    door->round_arena = arena_new();
    door->arena = arena_new();

    Status status = STATUS_OK;
    for (bool stop = false; status == STATUS_OK && !stop;)
        status = round_of_the_door(door, &stop);

    database_close(door->database);
    server_free(door->server);
    arena_free(door->arena);
    arena_free(door->round_arena);
    arena_free(lasting);
    return status;
}
