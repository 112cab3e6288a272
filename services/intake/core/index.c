#include "intake/core/index.h"

enum { FIRST_SIZE = 64 }; /* a power of two */

typedef struct Slot {
    uint64_t hash;
    Bytes name;
    void *thing; /* NULL: free */
} Slot;

struct Index {
    Arena *arena;
    Slot *slots;
    size_t size;
    void **things; /* room for half as many as there are slots */
    size_t count;
};

/* FNV-1a, its bits mixed once more: the low ones choose the slot. */
static uint64_t hash_of(Bytes name)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < name.size; i++)
        hash = (hash ^ name.data[i]) * UINT64_C(0x100000001b3);
    return hash ^ hash >> 32;
}

static Slot *slot_for(Slot *slots, size_t size, uint64_t hash, Bytes name)
{
    size_t at = hash & (size - 1);
    while (slots[at].thing && !(slots[at].hash == hash && bytes_equal(slots[at].name, name)))
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static void make_room(Index *index, size_t size)
{
    Slot *slots = ARENA_MANY(index->arena, Slot, size);
    void **things = ARENA_MANY(index->arena, void *, size / 2);
    for (size_t i = 0; i < index->size; i++)
        if (index->slots[i].thing)
            *slot_for(slots, size, index->slots[i].hash, index->slots[i].name) = index->slots[i];
    if (index->count)
        memcpy(things, index->things, index->count * sizeof *things);
    index->slots = slots;
    index->things = things;
    index->size = size;
}

Index *index_new(Arena *arena)
{
    Index *index = ARENA_NEW(arena, Index);
    index->arena = arena;
    make_room(index, FIRST_SIZE);
    return index;
}

void *index_find(const Index *index, Bytes name)
{
    return slot_for(index->slots, index->size, hash_of(name), name)->thing;
}

void index_add(Index *index, Bytes name, void *thing)
{
    if (index->count == index->size / 2)
        make_room(index, 2 * index->size);
    uint64_t hash = hash_of(name);
    *slot_for(index->slots, index->size, hash, name) = (Slot){.hash = hash, .name = name, .thing = thing};
    index->things[index->count++] = thing;
}

size_t index_count(const Index *index)
{
    return index->count;
}

void *index_thing(const Index *index, size_t number)
{
    return index->things[number];
}
