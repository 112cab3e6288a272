#include "intake/core/index.h"

enum { FIRST_SIZE = 64 }; /* a power of two */

typedef struct Slot {
    uint64_t hash;
    Bytes name;
    void *thing;
    bool used;
} Slot;

struct Index {
    Arena *arena;
    Slot *slots;
    size_t size;
    size_t used;
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
    while (slots[at].used && !(slots[at].hash == hash && bytes_equal(slots[at].name, name)))
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static void widen(Index *index)
{
    size_t size = 2 * index->size;
    Slot *slots = ARENA_MANY(index->arena, Slot, size);
    for (size_t i = 0; i < index->size; i++)
        if (index->slots[i].used)
            *slot_for(slots, size, index->slots[i].hash, index->slots[i].name) = index->slots[i];
    index->slots = slots;
    index->size = size;
}

Index *index_new(Arena *arena)
{
    Index *index = ARENA_NEW(arena, Index);
    index->arena = arena;
    index->size = FIRST_SIZE;
    index->slots = ARENA_MANY(arena, Slot, FIRST_SIZE);
    return index;
}

void **index_place(Index *index, Bytes name)
{
    if (2 * (index->used + 1) > index->size)
        widen(index);

    uint64_t hash = hash_of(name);
    Slot *slot = slot_for(index->slots, index->size, hash, name);
    if (!slot->used) {
        *slot = (Slot){.hash = hash, .name = name, .used = true};
        index->used++;
    }
    return &slot->thing;
}

void *index_find(const Index *index, Bytes name)
{
    return slot_for(index->slots, index->size, hash_of(name), name)->thing;
}
