/*
 * Turn: one batch of messages in one transaction.
 *
 * A house gets a batch, from partitions that its process has claimed, and takes it through
 * hear → load → decide → keep → say. The offset rows are locked before it begins, and move in
 * the same transaction when it is done.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/day.h"
#include "base/status.h"
#include "db/database.h"
#include "service/message.h"
#include "service/outbox.h"

/* One message from a neighbour; all of it is borrowed for the turn. */
typedef struct Heard {
    const char *id;
    const char *source;
    const char *type;
    const char *subject;
    int64_t time_us;
    Day known; /* the calendar day of its partition when intake admitted the fact */
    int16_t partition;
    int64_t position;
    int32_t version;
    Bytes data;
} Heard;

/* In order of partition, then position. */
typedef struct Batch {
    const Heard *messages;
    size_t count;
} Batch;

typedef struct TurnSaid TurnSaid;

typedef struct Turn {
    Arena *arena; /* reset after the turn */
    Database *database;
    void *house; /* what the house keeps between turns */

    /* How many messages of the batch were handled; all of them unless the house says less. */
    size_t taken;

    /*
     * Long work is cut. A house that leaves bytes in `more` has not finished message number
     * `taken`: what it kept and said is committed, and it is called again with that message
     * first and alone, and those bytes in `cursor`. Cut by number of rows, never by time.
     */
    Bytes cursor;
    Bytes more;

    /* Message number `taken` has a meaning that this program does not know: its partition waits for the upgrade. */
    bool waits;

    TurnSaid *said;
} Turn;

typedef Status TurnFunction(Turn *turn, Batch batch);

/*
 * Says a message after hearing one. Its id is the heard one's with /house.N behind it, and its
 * partition, subject, time and known day are those of what was heard. Messages are said in the
 * order in which they were heard.
 */
void turn_say(Turn *turn, const Heard *heard, const char *type, const ProtobufCMessage *message);

/* The same with bytes that are packed already; borrowed for the turn. */
void turn_say_bytes(Turn *turn, const Heard *heard, const char *type, Bytes data);

/* The same about another subject than what was heard: what concerns everyone may come to something in one conversation. */
void turn_say_about(Turn *turn, const Heard *heard, const char *subject, const char *type, Bytes data);

/* for the loop: `house` is the name in the ids; `already` is what was said after the first message in earlier cuts */
void turn_begin(Turn *turn, const char *house, int32_t already);
Said *turn_said(const Turn *turn, size_t *count_out);

/* How many messages were said after this one, earlier cuts included. */
int32_t turn_said_after(const Turn *turn, const Heard *heard);
