/*
 * Record: opens sealed persons, and notes that it was done (NEN 7513).
 *
 * Nobody else opens them: who reads, why and whom stands in the table of readings by the same
 * transaction, whatever becomes of what was read.
 */
#pragma once

#include "intake/vault.h"
#include "service/turn.h"

#include <stddef.h>

#define RECORD_READ_IN_LETTERS "LETTERS"

/* One person's record for one reader. */
typedef struct Opening {
    const char *owner;      /* of the key that reads */
    const char *why;        /* RECORD_READ_IN_LETTERS, or the name of the fact that needs it */
    const char *where;      /* a mailbox or conversation, or the id of what an operator said */
    const char *words;      /* the reason that a person gave; "" */
    int64_t first_position; /* of letters; else 0 */
    int64_t last_position;
    const char *reference; /* whose it is, under which it is sealed */
    Bytes sealed;
    PersonRecord record; /* filled in */
} Opening;

/* Opens all of them, and notes each reader's with one row for each reason and place. */
Status record_open(Turn *turn, Opening *openings, size_t count);
