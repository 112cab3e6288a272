/*
 * Read: a national message as nouns, from left to right and in one pass.
 *
 * No tree is built, nothing is fetched, no entity is expanded: what is held is the message's nouns
 * and the path to where the reader stands. A DOCTYPE ends the reading.
 */
#pragma once

#include "base/bytes.h"
#include "intake/ijw/fault.h"
#include "intake/ijw/message.h"

enum { IJW_SIZE_MAX = 25 * 1024 * 1024, IJW_DEPTH_MAX = 32 };

typedef struct IjwRead {
    const IjwMessage *message; /* NULL: it is none that is read here */
    bool is_return;            /* it is the return message of that one */
    IjwRoot *root;             /* as far as it could be read; NULL like the message */
} IjwRead;

/* The nouns, in the arena; whole when no fault of the level FORM was found. */
IjwRead ijw_read(Arena *arena, Bytes file, IjwFaults *faults);
