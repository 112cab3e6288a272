#include "service/loop.h"

#include "bus/wait.h"
#include "process/clock.h"
#include "process/log.h"
#include "service/aside.h"
#include "service/sql.h"

#include <stdio.h>

enum { RECONNECT_MS = 500, TURN_TIMEOUT_MS = 10 * 60 * 1000 };

typedef struct Loop {
    const LoopSettings *settings;
    const ServiceCard *card;
    LoopCounts *counts;
    Database *database;
    Claims claims;
    Hearing *hearings[SERVICE_SOURCES_MAX];
    Arena *batch_arena; /* what was fetched */
    Arena *arena;       /* one turn */
    int64_t tend_at_ms;
    char reason[512];                /* why a message is put aside */
    bool house_turned;               /* the house has decided in this transaction */
    char interrupted[INBOX_ID_SIZE]; /* the message that was handled alone when the world went away; "" */
} Loop;

/* ---- one turn ---- */

/* Everything after the house's turn that belongs to the same transaction. */
static Status finish(Loop *loop, Turn *turn, const Inbox *inbox, Batch batch)
{
    size_t said_count;
    Said *said = turn_said(turn, &said_count);
    TRY(outbox_reserve(loop->database, turn->arena, said, said_count));
    TRY(outbox_write(loop->database, turn->arena, said, said_count));

    const Moved moved = {
        .taken = turn->taken,
        .more = turn->more,
        .more_said = turn->more.size > 0 ? turn_said_after(turn, &batch.messages[turn->taken]) : 0,
        .said = said,
        .said_count = said_count,
    };
    TRY(inbox_move(inbox, loop->database, turn->arena, batch, &moved));
    TRY(database_commit(loop->database));
    if (loop->card->committed && loop->house_turned)
        loop->card->committed(loop->settings->house);
    loop->counts->said += (int64_t)said_count;
    return STATUS_OK;
}

static Status house_turn(Loop *loop, Turn *turn, Batch batch)
{
    loop->house_turned = true;
    return loop->card->turn(turn, batch);
}

/* A word of the street itself: passed on, or done. */
static Status hear_word(Loop *loop, Turn *turn, Batch batch)
{
    const Heard *heard = batch.messages;
    AsideDecision decision;
    TRY(aside_decision(turn, loop->card->name, heard, &decision));
    if (decision.for_us && decision.found && decision.retried)
        return house_turn(loop, turn, (Batch){&decision.again, 1});
    if (decision.for_us)
        return STATUS_OK;
    if (loop->card->aside)
        return loop->card->aside(turn, batch);
    if (!loop->card->street_ends_here)
        turn_say_bytes(turn, heard, heard->type, heard->data);
    return STATUS_OK;
}

/* What a turn does with its batch once the offsets are locked. */
typedef Status Work(Loop *loop, Turn *turn, Batch batch);
static Status transact(Loop *loop, Inbox *inbox, Batch batch, Work *work, size_t *taken_out)
{
    loop->house_turned = false;
    TRY(database_begin(loop->database));
    bool agrees;
    Held held;
    TRY(inbox_lock(inbox, loop->database, loop->arena, batch, &agrees, &held));
    if (!agrees) {
        database_rollback(loop->database);
        loop->counts->dropped += (int64_t)batch.count;
        log_event(LOG_INFO, "BATCH-DROPPED", "messages=%zu what=\"another replica has taken them\"", batch.count);
        return inbox_load(inbox, loop->database, loop->arena, loop->claims.mine);
    }

    Turn turn = {
        .arena = loop->arena,
        .database = loop->database,
        .house = loop->settings->house,
        .taken = batch.count,
        .cursor = held.cursor,
    };
    turn_begin(&turn, loop->card->name, held.said);
    TRY(work(loop, &turn, batch));
    TRY(finish(loop, &turn, inbox, batch));

    inbox_moved(inbox, batch, turn.taken, turn.more.size > 0);
    loop->counts->turns++;
    loop->counts->messages += (int64_t)turn.taken;
    if (turn.waits) {
        log_about(batch.messages[turn.taken].id);
        TRY(inbox_mark(inbox, loop->database, loop->arena, batch.messages[turn.taken].partition, INBOX_WAITING));
    }
    if (turn.more.size > 0)
        loop->counts->cuts++;
    *taken_out = turn.taken;
    return STATUS_OK;
}

/* The way of each message through the houses, for who looks closely. */
static void tell_taken(const Batch batch, size_t taken)
{
    for (size_t i = 0; log_wants(LOG_DEBUG) && i < taken; i++) {
        const Heard *heard = &batch.messages[i];
        log_about(heard->id);
        log_event(LOG_DEBUG, "MESSAGE-TAKEN", "source=%s partition=%d position=%lld type=%s", heard->source,
                  heard->partition, (long long)heard->position, heard->type);
    }
    log_about(NULL);
}

/* What is logged while a message is handled alone names it. */
static Status take_some(Loop *loop, Inbox *inbox, Batch batch, Work *work, size_t *taken_out)
{
    arena_reset(loop->arena);
    *taken_out = batch.count;
    const char *alone = batch.count == 1 ? batch.messages->id : "";
    log_about(*alone ? alone : NULL);
    Status status = transact(loop, inbox, batch, work, taken_out);
    if (status != STATUS_OK)
        database_rollback(loop->database);
    if (status == STATUS_RETRY)
        snprintf(loop->interrupted, sizeof loop->interrupted, "%s", alone);
    log_about(NULL);
    if (status == STATUS_OK)
        tell_taken(batch, *taken_out);
    return status;
}

/* ---- a batch ---- */

static Status put_aside(Loop *loop, Turn *turn, Batch batch)
{
    return aside_put(turn, loop->card->name, batch.messages, loop->reason);
}

/* The one message that fails alone. Its reason is what the fault said. */
static Status set_aside(Loop *loop, Inbox *inbox, Batch one)
{
    snprintf(loop->reason, sizeof loop->reason, "%s", fault_words());
    size_t taken;
    TRY(take_some(loop, inbox, one, put_aside, &taken));
    loop->counts->aside++;
    return STATUS_OK;
}

/* How many messages from the front can go through one turn together. */
static size_t together(const Inbox *inbox, Batch batch)
{
    for (size_t i = 0; i < batch.count; i++) {
        const Heard *heard = &batch.messages[i];
        const Offset *offset = &inbox->offsets[heard->partition];
        bool alone = aside_is_word(heard) || (offset->cut && offset->position + 1 == heard->position);
        bool blocked = offset->state == INBOX_WAITING || heard->version > STREET_VERSION;
        if (blocked)
            return i;
        if (alone)
            return i > 0 ? i : 1;
    }
    return batch.count;
}

static Status take_batch(Loop *loop, Inbox *inbox, Batch batch)
{
    size_t limit = batch.count;
    while (batch.count > 0) {
        const Heard *first = batch.messages;
        size_t count = together(inbox, batch);
        if (count == 0) {
            log_about(first->id);
            TRY(inbox_mark(inbox, loop->database, loop->arena, first->partition, INBOX_WAITING));
            log_about(NULL);
            batch = (Batch){first + 1, batch.count - 1};
            continue;
        }

        size_t taken;
        Batch some = {first, count < limit ? count : limit};
        Status status = take_some(loop, inbox, some, aside_is_word(first) ? hear_word : house_turn, &taken);
        if (status == STATUS_SET_ASIDE && some.count > 1) {
            limit = some.count / 2;
            continue;
        }
        if (status == STATUS_SET_ASIDE) {
            TRY(set_aside(loop, inbox, some));
            taken = 1;
        } else {
            TRY(status);
        }
        batch = (Batch){first + taken, batch.count - taken};
        limit = limit < batch.count ? limit * 2 : batch.count;
    }
    return STATUS_OK;
}

/* ---- the world ---- */

static Status note_heads(Loop *loop, Inbox *inbox, const HeardBatch *heard)
{
    for (size_t i = 0; i < heard->heads_count; i++) {
        const HeardHead *head = &heard->heads[i];
        Offset *offset = &inbox->offsets[head->partition];
        offset->head = head->position;
        if (offset->state != INBOX_WAITING)
            TRY(inbox_mark(inbox, loop->database, loop->arena, head->partition, head->state));
    }
    return STATUS_OK;
}

static void count_state(Loop *loop)
{
    int64_t waiting = 0;
    int64_t oldest_us = 0;
    int64_t stopped = 0;
    for (int i = 0; i < loop->settings->hearings_count; i++)
        for (int partition = 0; partition < PARTITIONS; partition++) {
            const Offset *offset = &hearing_inbox(loop->hearings[i])->offsets[partition];
            if (!loop->claims.mine[partition])
                continue;
            if (offset->head > offset->position) {
                waiting += offset->head - offset->position;
                if (oldest_us == 0 || (offset->time_us > 0 && offset->time_us < oldest_us))
                    oldest_us = offset->time_us;
            }
            stopped += offset->state == INBOX_DIVERGED || offset->state == INBOX_WAITING;
        }
    loop->counts->waiting = waiting;
    loop->counts->oldest_us = oldest_us;
    loop->counts->stopped = stopped;
    loop->counts->partitions = loop->claims.count;
    loop->counts->replicas = loop->claims.replicas;
}

static Status count_aside(Loop *loop)
{
    Rows *rows;
    TRY(database_ask(loop->database, SERVICE_COUNT_ASIDE, NULL, &rows));
    loop->counts->aside_now = rows_int(rows, 0, rows_column(rows, "messages"));
    return STATUS_OK;
}

static Status load_offsets(Loop *loop)
{
    for (int i = 0; i < loop->settings->hearings_count; i++) {
        TRY(inbox_load(hearing_inbox(loop->hearings[i]), loop->database, loop->arena, loop->claims.mine));
        hearing_ask_again(loop->hearings[i]);
    }
    return STATUS_OK;
}

static Status connect_database(Loop *loop)
{
    const LoopSettings *settings = loop->settings;
    TRY(database_open((DatabaseSettings){settings->connection, "turns", TURN_TIMEOUT_MS}, &loop->database));
    TRY(database_read_by_key(loop->database));
    TRY(database_prepare(loop->database, &service_sql));
    if (loop->card->queries)
        TRY(database_prepare(loop->database, loop->card->queries));

    Params *params = params_new(loop->arena);
    params_text(params, settings->replica);
    params_text(params, "turns");
    TRY(database_ask(loop->database, SERVICE_REGISTER_BACKEND, params, NULL));
    for (int i = 0; i < settings->hearings_count; i++)
        TRY(inbox_open(loop->database, loop->arena, settings->hearings[i].source));
    loop->tend_at_ms = 0;
    loop->counts->connected = 1;
    return STATUS_OK;
}

static void forget_database(Loop *loop)
{
    database_closep(&loop->database);
    claims_forget(&loop->claims);
    loop->counts->connected = 0;
    loop->counts->partitions = 0;
}

static Status tend_claims(Loop *loop)
{
    int64_t now_ms = clock_steady_ms();
    if (now_ms < loop->tend_at_ms)
        return STATUS_OK;
    bool changed;
    TRY(claims_tend(&loop->claims, loop->database, loop->arena, loop->settings->replica, loop->settings->stale_ms,
                    &changed));
    TRY(count_aside(loop));
    bool short_of_work = loop->claims.count == 0;
    loop->tend_at_ms = now_ms + (short_of_work ? loop->settings->beat_ms / 4 + 1 : loop->settings->beat_ms);
    return changed ? load_offsets(loop) : STATUS_OK;
}

static Status take_what_came(Loop *loop, Hearing *hearing)
{
    arena_reset(loop->batch_arena);
    HeardBatch heard;
    bool received;
    TRY(hearing_receive(hearing, loop->batch_arena, &heard, &received));
    if (!received)
        return STATUS_OK;
    TRY(note_heads(loop, hearing_inbox(hearing), &heard));
    inbox_note_times(hearing_inbox(hearing), heard.batch);
    count_state(loop);
    return take_batch(loop, hearing_inbox(hearing), heard.batch);
}

/* One round: share the work, ask, wait, take. */
static Status round_of_turns(Loop *loop, bool *stop_out)
{
    const LoopSettings *settings = loop->settings;
    arena_reset(loop->arena);
    TRY(tend_claims(loop));

    Awaited awaited[SERVICE_SOURCES_MAX + 1];
    for (int i = 0; i < settings->hearings_count; i++) {
        TRY(hearing_ask(loop->hearings[i], loop->arena, &loop->claims));
        awaited[i] = await_client(hearing_client(loop->hearings[i]));
    }
    awaited[settings->hearings_count] = await_waker(settings->waker);

    int64_t left_ms = loop->tend_at_ms - clock_steady_ms();
    TRY(wait_for_any(awaited, (size_t)settings->hearings_count + 1, left_ms > 0 ? (int)left_ms : 0));
    *stop_out = awaited[settings->hearings_count].readable;
    for (int i = 0; i < settings->hearings_count && !*stop_out; i++)
        if (awaited[i].readable)
            TRY(take_what_came(loop, loop->hearings[i]));
    count_state(loop);
    return STATUS_OK;
}

/* After a fault of the world: whatever was fetched is fetched again, from where the tables say. */
static Status recover(Loop *loop, bool *stop_out)
{
    log_about(*loop->interrupted ? loop->interrupted : NULL);
    log_fault(LOG_WARN, "TURN-INTERRUPTED", STATUS_RETRY);
    log_about(NULL);
    *loop->interrupted = '\0';
    loop->counts->retries++;
    forget_database(loop);
    for (int i = 0; i < loop->settings->hearings_count; i++)
        hearing_ask_again(loop->hearings[i]);
    Awaited awaited[] = {await_waker(loop->settings->waker)};
    TRY(wait_for_any(awaited, 1, RECONNECT_MS));
    *stop_out = awaited[0].readable;
    return STATUS_OK;
}

static Status open_hearings(Loop *loop)
{
    for (int i = 0; i < loop->settings->hearings_count; i++)
        TRY(hearing_open(&loop->settings->hearings[i], &loop->hearings[i]));
    return STATUS_OK;
}

Status loop_run(const LoopSettings *settings, LoopCounts *counts)
{
    Loop loop = {
        .settings = settings,
        .card = settings->card,
        .counts = counts,
        .batch_arena = arena_new(),
        .arena = arena_new(),
    };
    Status status = open_hearings(&loop);
    for (bool stop = false; !stop && status == STATUS_OK;) {
        if (!loop.database)
            status = connect_database(&loop);
        if (status == STATUS_OK)
            status = round_of_turns(&loop, &stop);
        if (status == STATUS_RETRY || status == STATUS_SET_ASIDE)
            status = recover(&loop, &stop);
    }

    database_close(loop.database);
    for (int i = 0; i < settings->hearings_count; i++)
        hearing_free(loop.hearings[i]);
    arena_free(loop.batch_arena);
    arena_free(loop.arena);
    return status;
}
