/*
 * Facts: a national message as facts of the neutral feed.
 *
 * What of a message the region takes in by another way only is a fault of the rule REGION.
 */
#pragma once

#include "intake/ijw/read.h"
#include "provider.pb-c.h"

typedef struct Fact {
    const char *path; /* what of the message it is */
    Provider__Message *message;
} Fact;

typedef struct Facts {
    Fact *list;
    size_t count;
} Facts;

/* Under which the sender is to know the message: jw305:90000001:A1. */
const char *facts_id(Arena *arena, IjwRead read);

/* Of a message without faults. */
Facts facts_of(Arena *arena, IjwRead read, IjwFaults *faults);
