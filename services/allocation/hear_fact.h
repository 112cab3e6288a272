/*
 * Hear a fact: the bytes of one intake.Fact as nouns.
 *
 * Beside hear, load reads facts too: a request that waits is kept as it was heard.
 */
#pragma once

#include "allocation/core/allocation.h"
#include "base/arena.h"
#include "base/bytes.h"
#include "base/status.h"
#include "service/turn.h"

struct Intake__BookPublished;

typedef struct FactHeard {
    CareFact fact;
    const struct Intake__BookPublished *book; /* when that is the fact; NULL otherwise */
    bool newer;                               /* it has a meaning that this program does not know */
} FactHeard;

/* A message of a batch and what it says. */
typedef struct HeardFact {
    const Heard *heard;
    FactHeard said;
} HeardFact;

typedef struct HeardFacts {
    HeardFact *list;
    size_t count;
} HeardFacts;

/* Everything is borrowed from the arena. STATUS_SET_ASIDE when the bytes are no fact. */
Status hear_fact(Arena *arena, int16_t partition, Day known, Bytes data, FactHeard *heard_out);
