/*
 * Session: what a door expects of a sender next (proto/door.proto).
 *
 * The numbers of a session are dense from 1. A door takes them in order, and asks once for the
 * rest when one is missing. A door that does not know the session, since it is new here, was
 * forgotten, or spoke to another replica, begins at the oldest number that the sender waits for.
 * Forgetting is always safe: what was kept is known by its sender and id.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

#include <stdint.h>

typedef struct Sessions Sessions;

typedef enum SessionAnswer {
    SESSION_TAKE,   /* the next one, or one that is sent again */
    SESSION_RESEND, /* send again, from the number asked on */
    SESSION_WAIT,   /* too early, and the resend has been asked already */
    SESSION_REFUSE, /* no session, or numbers that cannot be */
} SessionAnswer;

enum { SESSION_NAME_SIZE_MAX = 32 };

/* Remembers at most `max` sessions; the one that was silent longest is forgotten first. */
Sessions *sessions_new(Arena *arena, size_t max);

/* `key` is the sender's; two senders never share a session. `from_out` is set with SESSION_RESEND. */
SessionAnswer sessions_hear(Sessions *sessions, const char *key, Bytes session, uint64_t number, uint64_t oldest,
                            uint64_t *from_out);
