#include "allocation/memory.h"

#include "base/partition.h"

#include <stdlib.h>

enum { REMEMBERED_BYTES_MAX = 4 << 20 }; /* of one partition; then it begins anew */

typedef struct Remembered {
    Arena *arena;
    Index allocations;
    int64_t position; /* of the newest message that it knows of */
    bool ended;       /* by a turn that may still be rolled back */
    bool durable;
} Remembered;

struct Memory {
    Remembered partitions[PARTITIONS];
};

Memory *memory_new(void)
{
    Memory *memory = calloc(1, sizeof *memory);
    if (!memory)
        abort();
    for (size_t i = 0; i < PARTITIONS; i++)
        memory->partitions[i].arena = arena_new();
    return memory;
}

void memory_free(Memory *memory)
{
    if (!memory)
        return;
    for (size_t i = 0; i < PARTITIONS; i++)
        arena_free(memory->partitions[i].arena);
    free(memory);
}

static void forget(Remembered *remembered)
{
    arena_reset(remembered->arena);
    remembered->allocations = (Index){0};
}

static bool may_be_believed(const Remembered *remembered, const Heard *next)
{
    return remembered->durable && remembered->position + 1 == next->position &&
           arena_used(remembered->arena) <= REMEMBERED_BYTES_MAX;
}

void memory_begin(Memory *memory, const HeardFacts *facts)
{
    for (size_t i = 0; i < PARTITIONS; i++)
        memory->partitions[i].ended = false;
    for (size_t i = 0; i < facts->count; i++) {
        const Heard *heard = facts->list[i].heard;
        if (i > 0 && heard->partition == facts->list[i - 1].heard->partition)
            continue;
        Remembered *remembered = &memory->partitions[heard->partition];
        if (!may_be_believed(remembered, heard))
            forget(remembered);
        remembered->durable = false;
    }
}

static IndexKey key(int16_t partition, const char *municipality, const char *number)
{
    return (IndexKey){partition, {number, municipality}};
}

const Allocation *memory_find(const Memory *memory, Conversation conversation, const char *number)
{
    return index_find(&memory->partitions[conversation.partition].allocations,
                      key(conversation.partition, conversation.municipality, number));
}

static void learn(Remembered *remembered, int16_t partition, const Allocation *allocation)
{
    Arena *arena = remembered->arena;
    const Allocation *known =
        index_find(&remembered->allocations, key(partition, allocation->municipality, allocation->number));
    if (known && known->version >= allocation->version)
        return;

    Allocation *kept = arena_copy(arena, allocation, sizeof *allocation);
    kept->number = arena_text(arena, allocation->number);
    kept->provider = arena_text(arena, allocation->provider);
    kept->municipality = arena_text(arena, allocation->municipality);
    kept->client = arena_text(arena, allocation->client);
    kept->trajectory = arena_text(arena, allocation->trajectory);
    kept->segment = arena_text(arena, allocation->segment);
    kept->pic = (Pic){arena_text(arena, allocation->pic.profile), arena_text(arena, allocation->pic.intensity)};
    kept->product.category = arena_text(arena, allocation->product.category);
    kept->product.code = arena_text(arena, allocation->product.code);
    kept->contract = arena_text(arena, allocation->contract);
    index_put(&remembered->allocations, arena, key(partition, kept->municipality, kept->number), kept);
}

/* In the order in which it was decided, so that the newest version is the one that is left. */
void memory_end(Memory *memory, const HeardFacts *facts, const AllocationDecision *decisions)
{
    for (size_t i = 0; i < facts->count; i++) {
        const Heard *heard = facts->list[i].heard;
        const AllocationDecision *decision = &decisions[i];
        Remembered *remembered = &memory->partitions[heard->partition];
        for (size_t j = 0; j < decision->line_count; j++)
            if (decision->lines[j].allocation)
                learn(remembered, heard->partition, decision->lines[j].allocation);
        for (size_t j = 0; j < decision->ended.count; j++)
            learn(remembered, heard->partition, &decision->ended.list[j]);
        for (size_t j = 0; j < decision->begun.count; j++)
            learn(remembered, heard->partition, &decision->begun.list[j]);
        remembered->position = heard->position;
        remembered->ended = true;
    }
}

void memory_committed(Memory *memory)
{
    for (size_t i = 0; i < PARTITIONS; i++) {
        memory->partitions[i].durable |= memory->partitions[i].ended;
        memory->partitions[i].ended = false;
    }
}
