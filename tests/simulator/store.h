/*
 * Store: the database of a house, in memory: what is committed, and the sessions that are open on it.
 *
 * A transaction reads what is committed, keeps its changes to itself until its commit, and holds the rows that it took
 * until its end: READ COMMITTED, as the houses use it. A session outlives the process that opened it, until the server
 * finds out.
 */
#pragma once

#include "base/partition.h"
#include "db/database.h"
#include "service/inbox.h"

enum { SESSIONS_MAX = 48, ID_SIZE = 64, CURSOR_SIZE = 8, REPLICAS_KNOWN_MAX = 16 };

typedef struct Session Session;

typedef struct Entry {
    char id[ID_SIZE];
    char type[24];
    uint8_t *data;
    size_t size;
} Entry;

/* What a house keeps of one message, or of one piece of it. */
typedef struct Kept {
    int64_t position;
    int64_t piece;
    char id[ID_SIZE];
    int64_t amount;
    int64_t total;
} Kept;

typedef struct Aside {
    int64_t position;
    char state[12];
    Entry entry;
} Aside;

typedef struct Place {
    int64_t position;
    char id[ID_SIZE];
    int64_t head;
    uint8_t cursor[CURSOR_SIZE];
    size_t cursor_size;
    int32_t said;
} Place;

/* The rows of one partition. */
typedef struct Shelf {
    Place place;
    Session *place_holder;
    Session *head_holder;
    int64_t head;
    uint64_t claimed; /* the sessions that hold its claim, a bit each */
    Entry *outbox;
    size_t outbox_count, outbox_room;
    Kept *kept;
    size_t kept_count, kept_room;
    Aside *asides;
    size_t asides_count, asides_room;
    size_t kept_checked, outbox_checked;
} Shelf;

typedef enum ChangeKind {
    CHANGE_PLACE,
    CHANGE_HEAD,
    CHANGE_OUTBOX,
    CHANGE_KEPT,
    CHANGE_ASIDE,
    CHANGE_SETTLED,
} ChangeKind;

/* One row written. All of it lives in the arena of its session until the commit. */
typedef struct Change Change;
struct Change {
    ChangeKind kind;
    int16_t partition;
    int64_t position;
    Place place;
    Entry entry;
    Kept kept;
    char state[12];
    Change *next;
};

typedef struct Store Store;

struct Session {
    Store *store;
    bool open;
    bool dead;   /* ended by the server or the network */
    bool orphan; /* its process is no more; the server finds out at ends_at_ms */
    int64_t ends_at_ms;
    int number;
    char replica[32];
    bool in_transaction;
    bool failed;
    bool listens;
    bool notified;
    Arena *arena;
    Change *first;
    Change *last;
};

typedef struct KnownReplica {
    char name[32];
    int64_t beat_at_ms;
} KnownReplica;

struct Store {
    int house;
    Shelf shelves[PARTITIONS];
    Session sessions[SESSIONS_MAX];
    KnownReplica replicas[REPLICAS_KNOWN_MAX];
    int replicas_count;
    int64_t away_until_ms;
    int64_t clock_ahead_ms;
};

void store_open(Store *store, int house);
void store_close(Store *store);

/* Its clock, which may jump. */
int64_t store_now_ms(const Store *store);

/* NULL when the store is away, or has no room. */
Session *session_open(Store *store);

/* Rolls back and gives its rows and claims free; who holds it learns of it at its next question. */
void session_kill(Session *session);
void session_close(Session *session);

/* Rows taken until the transaction ends. False when the session is dead or the process that asks no more. */
bool session_take(Session *session, Session **holder);

/* A change to be filled and written. */
Change *session_change(Session *session, ChangeKind kind, int16_t partition);

/* Part of the transaction; or `alone`, durable at once whatever becomes of it, as a fault planted on purpose does. */
void session_write(Session *session, Change *change, bool alone);

void session_begin(Session *session);
void session_commit(Session *session);
void session_rollback(Session *session);

/* The answer to one question; a fault fails the transaction. */
Status session_ask(Session *session, Arena *arena, const Query *query, const Params *params, Rows **rows_out);

/* A row of COPY. */
typedef struct Cell {
    int64_t number;
    const char *text;
    Bytes bytes;
} Cell;

Status session_copy(Session *session, const char *table, const Cell *cells);

struct Rows {
    const char *const *names;
    int columns;
    size_t count;
    Cell *cells;
};
