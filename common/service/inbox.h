/*
 * Inbox: how far a house has heard its neighbours.
 *
 * The consumer owns its offsets: they move in the transaction of their effects, so there is no
 * acknowledgement to lose. What stands in memory is only what to ask for next; the locked row
 * decides.
 */
#pragma once

#include "base/partition.h"
#include "db/database.h"
#include "service/turn.h"

enum { INBOX_ID_SIZE = 512 };

#define INBOX_STATES(X)                                                                              \
    X(HEARING, "messages are taken as they come")                                                    \
    X(BEHIND, "the neighbour's log is shorter than what was heard of it: its database was restored") \
    X(DIVERGED, "another message stands where this house heard one: the histories differ")           \
    X(WAITING, "a message has a meaning that this program does not know: it waits for its upgrade")

typedef enum InboxState {
#define INBOX_STATE(name, words) INBOX_##name,
    INBOX_STATES(INBOX_STATE)
#undef INBOX_STATE
} InboxState;

/* As in the table. */
const char *inbox_state_name(InboxState state);
const char *inbox_state_words(InboxState state);

typedef struct Offset {
    int64_t position;
    int64_t head; /* how far the neighbour has spoken */
    InboxState state;
    int64_t time_us;        /* when what waits first was admitted, as far as that was heard; 0: it was not */
    bool cut;               /* the next message is begun and not done */
    char id[INBOX_ID_SIZE]; /* of the message at `position` */
} Offset;

/* One for each partition. */
typedef struct Inbox {
    const char *source;
    Offset offsets[PARTITIONS];
} Inbox;

/* Offset rows, made when this neighbour is heard for the first time. */
Status inbox_open(Database *database, Arena *arena, const char *source);

/* Reads the offsets of these partitions. Their states become HEARING, so that who takes them over looks again. */
Status inbox_load(Inbox *inbox, Database *database, Arena *arena, const bool wanted[PARTITIONS]);

/* The offset row of a partition that the turn holds. */
typedef struct Held {
    Bytes cursor;
    int32_t said;
} Held;

/*
 * Locks the offset rows of a batch, first of all in its transaction. `agrees_out` is false when
 * a row says another position than the one that the batch follows: somebody else took these
 * messages, and the batch must be dropped. `first_out` is the row of the first message.
 */
Status inbox_lock(const Inbox *inbox, Database *database, Arena *arena, Batch batch, bool *agrees_out, Held *first_out);

/* What a turn did with its batch. */
typedef struct Moved {
    size_t taken;      /* messages, from the front */
    Bytes more;        /* not empty: work on the next message is begun; its row keeps this cursor … */
    int32_t more_said; /* … and how much was said after it */
    const Said *said;  /* all that was said, with its positions */
    size_t said_count;
} Moved;

/* Moves the offsets past the messages that were taken, and notes for the people on duty what was taken and said when. */
Status inbox_move(const Inbox *inbox, Database *database, Arena *arena, Batch batch, const Moved *moved);

/* The same in memory, once the transaction is committed. */
void inbox_moved(Inbox *inbox, Batch batch, size_t taken, bool more);

/* Notes of each partition since when its first message waits. */
void inbox_note_times(Inbox *inbox, Batch batch);

/* Notes a state in the table and in memory, and says so in the log when it is new. */
Status inbox_mark(Inbox *inbox, Database *database, Arena *arena, int16_t partition, InboxState state);
