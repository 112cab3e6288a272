/*
 * Say: what is said at the door, as bytes (proto/door.proto).
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

enum { SESSION_SIZE = 16 };

/* A conversation's mailbox, from a position on. */
typedef struct MailboxQuestion {
    const char *municipality;
    const char *provider;
    int64_t after;
    int letters_max;
    int wait_ms; /* how long the door may wait for a letter */
} MailboxQuestion;

Bytes say_line(Arena *arena, const uint8_t session[SESSION_SIZE], uint64_t number, uint64_t oldest, Bytes line);

/* The same of a national message. */
Bytes say_national(Arena *arena, const uint8_t session[SESSION_SIZE], uint64_t number, uint64_t oldest, Bytes file);

Bytes say_question(Arena *arena, uint64_t number, const MailboxQuestion *question);
