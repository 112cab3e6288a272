/*
 * Index: finds a thing by its partition and up to three texts, in memory of an arena.
 */
#pragma once

#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

/* Texts are borrowed and outlive the index; NULL ends them early. */
typedef struct IndexKey {
    int32_t partition;
    const char *texts[3];
} IndexKey;

typedef struct IndexEntry {
    IndexKey key;
    uint64_t hash;
    void *thing;
} IndexEntry;

typedef struct Index {
    IndexEntry *entries; /* room for a power of two; an entry without a thing is free */
    size_t room;
    size_t count;
} Index;

/* NULL when there is none. */
void *index_find(const Index *index, IndexKey key);

/* In place of what stood there. */
void index_put(Index *index, Arena *arena, IndexKey key, void *thing);
