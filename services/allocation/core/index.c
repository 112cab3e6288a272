#include "allocation/core/index.h"

#include <stdbool.h>
#include <string.h>

enum { ROOM_FIRST = 64 };

/* FNV-1a over the texts, each with its NUL, so that "ab","c" is not "a","bc". */
static uint64_t hash_of(IndexKey key)
{
    uint64_t hash = 14695981039346656037ULL ^ (uint64_t)key.partition;
    for (size_t i = 0; i < 3 && key.texts[i]; i++) {
        const char *at = key.texts[i];
        do
            hash = (hash ^ (unsigned char)*at) * 1099511628211ULL;
        while (*at++);
    }
    return hash ^ (hash >> 32);
}

static bool same(IndexKey a, IndexKey b)
{
    if (a.partition != b.partition)
        return false;
    for (size_t i = 0; i < 3; i++) {
        if (!a.texts[i] || !b.texts[i])
            return a.texts[i] == b.texts[i];
        if (strcmp(a.texts[i], b.texts[i]) != 0)
            return false;
    }
    return true;
}

/* Where the key stands, or the free entry where it would. */
static IndexEntry *place_of(const Index *index, IndexKey key, uint64_t hash)
{
    size_t at = hash & (index->room - 1);
    while (index->entries[at].thing && !(index->entries[at].hash == hash && same(index->entries[at].key, key)))
        at = (at + 1) & (index->room - 1);
    return &index->entries[at];
}

void *index_find(const Index *index, IndexKey key)
{
    return index->room ? place_of(index, key, hash_of(key))->thing : NULL;
}

static void grow(Index *index, Arena *arena)
{
    Index wider = {.room = index->room ? 2 * index->room : ROOM_FIRST};
    wider.entries = ARENA_MANY(arena, IndexEntry, wider.room);
    for (size_t i = 0; i < index->room; i++) {
        if (!index->entries[i].thing)
            continue;
        *place_of(&wider, index->entries[i].key, index->entries[i].hash) = index->entries[i];
        wider.count++;
    }
    *index = wider;
}

void index_put(Index *index, Arena *arena, IndexKey key, void *thing)
{
    if (2 * (index->count + 1) > index->room)
        grow(index, arena);
    uint64_t hash = hash_of(key);
    IndexEntry *entry = place_of(index, key, hash);
    index->count += !entry->thing;
    *entry = (IndexEntry){key, hash, thing};
}
