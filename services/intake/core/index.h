/*
 * Index: finds a thing of the batch by the bytes that name it.
 *
 * What two messages of a batch name is one thing, so that the second sees what was decided of the first.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

typedef struct Index Index;

Index *index_new(Arena *arena);

/*
 * The place of the thing with this name; *place is NULL when there is none yet, and the caller
 * puts it there. The name is borrowed. A place is good until the next call.
 */
void **index_place(Index *index, Bytes name);

/* NULL when there is none. */
void *index_find(const Index *index, Bytes name);
