/*
 * Standin: a door without a house behind it, in a thread of its own.
 *
 * It meets sessions as intake does, admits every line once, refuses lines with "BAD" in them, and can be
 * told to lose things, to fall silent and to start anew. Ids of messages are small letters, so never BAD.
 */
#pragma once

#include "bus/wait.h"
#include "intake/core/session.h"
#include "proto/door.pb-c.h"

#include "support/unit.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <threads.h>
#include <unistd.h>

enum { STANDIN_SESSIONS = 8, STANDIN_LETTERS_MAX = 100 };

static inline void must(Status status)
{
    if (status != STATUS_OK)
        fail_msg("%s: %s (%s)", status_name(status), fault_words(), fault_place());
}

/* What was admitted: the lines in order, each once, as a database would keep them. */
typedef struct Kept {
    mtx_t lock;
    char **lines;
    size_t count;
    size_t room;
} Kept;

typedef struct Standin {
    Guard *guard;
    Key *key;
    char endpoint[64];
    Kept *kept;
    thrd_t thread;
    atomic_bool stopping;

    /* what it is told to do */
    atomic_bool is_silent;
    atomic_int loses_receipts; /* one in so many; 0: none */
    atomic_int loses_lines;    /* one in so many, before it is looked at; 0: none */
    atomic_int holds_receipts; /* until so many wait */

    /* what it saw */
    atomic_int heard;     /* lines that came in, again or not */
    atomic_int resends;   /* that it asked for */
    atomic_int waits_max; /* lines that waited for a receipt at the same time */
} Standin;

static inline bool kept_take(Kept *kept, Bytes line)
{
    bool is_new = true;
    mtx_lock(&kept->lock);
    for (size_t i = kept->count; i > 0 && is_new; i--)
        is_new = strlen(kept->lines[i - 1]) != line.size || memcmp(kept->lines[i - 1], line.data, line.size) != 0;
    if (is_new) {
        if (kept->count == kept->room) {
            kept->room = kept->room ? 2 * kept->room : 1024;
            kept->lines = realloc(kept->lines, kept->room * sizeof *kept->lines);
        }
        kept->lines[kept->count++] = strndup((const char *)line.data, line.size);
    }
    mtx_unlock(&kept->lock);
    return is_new;
}

static inline size_t kept_count(Kept *kept)
{
    mtx_lock(&kept->lock);
    size_t count = kept->count;
    mtx_unlock(&kept->lock);
    return count;
}

static inline Kept *kept_new(void)
{
    Kept *kept = calloc(1, sizeof *kept);
    mtx_init(&kept->lock, mtx_plain);
    return kept;
}

static inline void kept_free(Kept *kept)
{
    for (size_t i = 0; i < kept->count; i++)
        free(kept->lines[i]);
    free(kept->lines);
    mtx_destroy(&kept->lock);
    free(kept);
}

/* ---- its thread ---- */

typedef struct Held {
    Bytes identity;
    Bytes reply;
} Held;

typedef struct Doorkeeper {
    Standin *standin;
    Server *server;
    Arena *sessions_arena;
    Sessions *sessions;
    Arena *arena; /* of what is held */
    Held held[4096];
    size_t held_count;
    int receipts;
} Doorkeeper;

static inline void standin_send(Doorkeeper *keeper, Bytes identity, const Door__FromDoor *said)
{
    uint8_t *bytes = arena_take(keeper->arena, door__from_door__get_packed_size(said));
    Bytes reply = {bytes, door__from_door__pack(said, bytes)};
    keeper->held[keeper->held_count++] =
        (Held){{arena_copy(keeper->arena, identity.data, identity.size), identity.size}, reply};
}

static inline void standin_receipt(Doorkeeper *keeper, Bytes identity, Door__Receipt *receipt)
{
    Door__FromDoor said = DOOR__FROM_DOOR__INIT;
    said.what_case = DOOR__FROM_DOOR__WHAT_RECEIPT;
    said.receipt = receipt;
    standin_send(keeper, identity, &said);
}

/* Scattered over the counts: losing at a fixed interval could take the first line of each resending, for ever. */
static inline bool standin_loses(int one_in, int count)
{
    uint32_t scattered = (uint32_t)count * 2654435761u;
    scattered = (scattered ^ scattered >> 15) * 2246822519u;
    return one_in != 0 && (scattered ^ scattered >> 13) % (uint32_t)one_in == 0;
}

static inline void standin_release(Doorkeeper *keeper)
{
    Standin *standin = keeper->standin;
    if ((int)keeper->held_count > standin->waits_max)
        standin->waits_max = (int)keeper->held_count;
    if ((int)keeper->held_count < standin->holds_receipts)
        return;
    for (size_t i = 0; i < keeper->held_count; i++)
        if (!standin_loses(standin->loses_receipts, ++keeper->receipts))
            must(server_reply(keeper->server, keeper->held[i].identity, keeper->held[i].reply));
    keeper->held_count = 0;
    arena_reset(keeper->arena);
}

static inline void standin_judge(Doorkeeper *keeper, Bytes identity, const Door__Submit *submit)
{
    bool is_national = submit->national.len > 0;
    ProtobufCBinaryData said = is_national ? submit->national : submit->message;
    Bytes line = {said.data, said.len};
    bool is_bad = memmem(line.data, line.size, "BAD", 3) != NULL;
    bool is_new = is_bad || kept_take(keeper->standin->kept, line);
    Door__Receipt receipt = DOOR__RECEIPT__INIT;
    receipt.number = submit->number;
    receipt.state = is_bad ? DOOR__RECEIPT__STATE__VALUE__REFUSED : DOOR__RECEIPT__STATE__VALUE__ADMITTED;
    receipt.heard_before = !is_new;
    receipt.message_id = (char *)(is_bad ? "m-bad" : "m");
    receipt.code = (char *)(is_bad ? "NOT_JSON" : "");
    receipt.sentence = (char *)(is_bad ? "de regel is geen JSON" : "");
    standin_receipt(keeper, identity, &receipt);
}

static inline void standin_submit(Doorkeeper *keeper, const ServerRequest *request, const Door__Submit *submit)
{
    Standin *standin = keeper->standin;
    int heard = ++standin->heard;
    if (standin_loses(standin->loses_lines, heard))
        return;
    uint64_t from = 0;
    switch (sessions_hear(keeper->sessions, request->user, (Bytes){submit->session.data, submit->session.len},
                          submit->number, submit->oldest, &from)) {
    case SESSION_TAKE:
        standin_judge(keeper, request->identity, submit);
        break;
    case SESSION_RESEND: {
        Door__Receipt receipt = DOOR__RECEIPT__INIT;
        receipt.number = from;
        receipt.state = DOOR__RECEIPT__STATE__VALUE__RESEND;
        standin->resends++;
        standin_receipt(keeper, request->identity, &receipt);
        break;
    }
    case SESSION_WAIT:
        break;
    case SESSION_REFUSE:
        fail_msg("the sender's numbers cannot be");
    }
}

/* The mailbox holds what was admitted. */
static inline void standin_read(Doorkeeper *keeper, const ServerRequest *request, const Door__Read *read)
{
    Kept *kept = keeper->standin->kept;
    Door__Mailbox mailbox = DOOR__MAILBOX__INIT;
    Door__Mailbox__Letter letters[STANDIN_LETTERS_MAX], *pointers[STANDIN_LETTERS_MAX];
    mtx_lock(&kept->lock);
    mailbox.number = read->number;
    mailbox.head = (int64_t)kept->count;
    mailbox.letters = pointers;
    bool is_barred = strcmp(read->provider, "90000009") == 0;
    mailbox.refusal = (char *)(is_barred ? "uw sleutel mag niet spreken voor deze aanbieder" : "");
    for (int64_t i = read->after; i < mailbox.head && !*mailbox.refusal && (int)mailbox.n_letters < read->letters_max &&
                                  mailbox.n_letters < STANDIN_LETTERS_MAX;
         i++) {
        Door__Mailbox__Letter *letter = pointers[mailbox.n_letters] = &letters[mailbox.n_letters];
        door__mailbox__letter__init(letter);
        letter->position = i + 1;
        letter->message = (ProtobufCBinaryData){strlen(kept->lines[i]), (uint8_t *)kept->lines[i]};
        mailbox.n_letters++;
    }
    Door__FromDoor said = DOOR__FROM_DOOR__INIT;
    said.what_case = DOOR__FROM_DOOR__WHAT_MAILBOX;
    said.mailbox = &mailbox;
    standin_send(keeper, request->identity, &said);
    mtx_unlock(&kept->lock);
}

static inline void standin_hear(Doorkeeper *keeper, const ServerRequest *request)
{
    Door__ToDoor *said = door__to_door__unpack(NULL, request->payload.size, request->payload.data);
    assert_non_null(said);
    if (said->what_case == DOOR__TO_DOOR__WHAT_SUBMIT)
        standin_submit(keeper, request, said->submit);
    else
        standin_read(keeper, request, said->read);
    door__to_door__free_unpacked(said, NULL);
}

static inline int standin_run(void *owner)
{
    Standin *standin = owner;
    Doorkeeper *keeper = calloc(1, sizeof *keeper);
    keeper->standin = standin;
    keeper->sessions_arena = arena_new();
    keeper->sessions = sessions_new(keeper->sessions_arena, STANDIN_SESSIONS);
    keeper->arena = arena_new();
    const ServerSettings settings = {
        .endpoint = standin->endpoint,
        .key = standin->key,
        .guard = standin->guard,
        .domain = GUARD_DOOR,
        .queue_max = 4 * COUNT(keeper->held), /* a receipt that finds no room is dropped */
    };
    for (int i = 0; i < 500 && !keeper->server; i++)
        if (server_open(&settings, &keeper->server) != STATUS_OK)
            usleep(10000);
    assert_non_null(keeper->server);

    Arena *arena = arena_new();
    while (!standin->stopping) {
        Awaited awaited[] = {await_server(keeper->server)};
        must(wait_for_any(awaited, 1, 5));
        ServerRequest request;
        bool received = true;
        while (!standin->stopping && keeper->held_count < COUNT(keeper->held)) {
            must(server_receive(keeper->server, arena, &request, &received));
            if (!received)
                break;
            if (!standin->is_silent)
                standin_hear(keeper, &request);
            arena_reset(arena);
        }
        standin_release(keeper);
    }
    server_free(keeper->server);
    arena_free(arena);
    arena_free(keeper->arena);
    arena_free(keeper->sessions_arena);
    free(keeper);
    return 0;
}

static inline void standin_start(Standin *standin)
{
    standin->stopping = false;
    assert_int_equal(thrd_create(&standin->thread, standin_run, standin), thrd_success);
}

/* As a process that ends: what it knew of its sessions is gone. */
static inline void standin_stop(Standin *standin)
{
    standin->stopping = true;
    thrd_join(standin->thread, NULL);
}

/* ---- doors, and the keys to come there ---- */

enum { STANDINS = 2 };

typedef struct Stage {
    char folder[64];
    char key_path[128];
    char door_path[128];
    char endpoints[160];
    Key *sender_key;
    Key *door_key;
    Guard *guard;
    Kept *kept;
    Standin standins[STANDINS];
} Stage;

static inline int stage_open(void **state)
{
    Stage *stage = calloc(1, sizeof *stage);
    strcpy(stage->folder, "/tmp/picq-door-XXXXXX");
    assert_non_null(mkdtemp(stage->folder));
    snprintf(stage->key_path, sizeof stage->key_path, "%s/sender", stage->folder);
    snprintf(stage->door_path, sizeof stage->door_path, "%s/intake", stage->folder);
    must(key_make(&stage->sender_key));
    must(key_make(&stage->door_key));
    must(key_save(stage->sender_key, stage->key_path));
    must(key_save(stage->door_key, stage->door_path));
    must(guard_open(&stage->guard));
    must(guard_allow(stage->guard, GUARD_DOOR, key_public(stage->sender_key)));
    stage->kept = kept_new();
    for (int i = 0; i < STANDINS; i++) {
        Standin *standin = &stage->standins[i];
        standin->guard = stage->guard;
        standin->key = stage->door_key;
        standin->kept = stage->kept;
        /* A port that was free a moment ago. */
        Server *probe = NULL;
        must(server_open(
            &(ServerSettings){
                .endpoint = "tcp://127.0.0.1:*", .key = standin->key, .guard = stage->guard, .domain = GUARD_DOOR},
            &probe));
        snprintf(standin->endpoint, sizeof standin->endpoint, "%s", server_endpoint(probe));
        server_free(probe);
        standin_start(standin);
    }
    snprintf(stage->endpoints, sizeof stage->endpoints, "%s,%s", stage->standins[0].endpoint,
             stage->standins[1].endpoint);
    *state = stage;
    return 0;
}

static inline int stage_close(void **state)
{
    Stage *stage = *state;
    for (int i = 0; i < STANDINS; i++)
        if (!stage->standins[i].stopping)
            standin_stop(&stage->standins[i]);
    guard_free(stage->guard);
    key_free(stage->sender_key);
    key_free(stage->door_key);
    kept_free(stage->kept);
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", stage->folder);
    assert_int_equal(system(command), 0);
    free(stage);
    return 0;
}

#define test_on_stage(test) cmocka_unit_test_setup_teardown(test, stage_open, stage_close)
