/*
 * Index: finds a thing of the batch by the bytes that name it.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

typedef struct Index Index;

Index *index_new(Arena *arena);

/* NULL when nothing has this name. */
void *index_find(const Index *index, Bytes name);

/* The name is borrowed, and new. */
void index_add(Index *index, Bytes name, void *thing);

/* All things, in the order in which they were added. */
size_t index_count(const Index *index);
void *index_thing(const Index *index, size_t number);
