/*
 * Hear: what the door says, as nouns (proto/door.proto).
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

/* Whether a line was admitted; the texts are "" where there is nothing to say. */
typedef struct Receipt {
    uint64_t number;
    bool admitted; /* otherwise refused */
    bool heard_before;
    const char *message_id;
    const char *code;     /* the name of the reason */
    const char *sentence; /* of a refusal: Dutch, as the sender's own people read it */
} Receipt;

typedef struct Letter {
    int64_t position;
    Bytes line;
} Letter;

typedef struct Mailbox {
    uint64_t number; /* of the question */
    int64_t head;    /* the position of the newest letter */
    const Letter *letters;
    size_t letter_count;
    const char *refusal; /* why nothing may be read; "" otherwise */
} Mailbox;

typedef enum ReplyKind {
    REPLY_NOTHING, /* what was said cannot be understood */
    REPLY_RECEIPT,
    REPLY_RESEND,
    REPLY_MAILBOX,
} ReplyKind;

typedef struct Reply {
    ReplyKind kind;
    union {
        Receipt receipt;
        uint64_t resend_from;
        Mailbox mailbox;
    };
} Reply;

/* All of it lives in the arena. */
Reply hear_reply(Arena *arena, Bytes bytes);
