#include "billing/house.h"

#include <stdlib.h>

/* Of all partitions together; beyond it, those whose turn it is begin anew. */
static const size_t MEMORY_BYTES_MAX = (size_t)512 << 20;

typedef struct Remembered {
    Arena *arena;
    Memory *memory;
    int64_t position; /* of the last message that it knows of */
    bool ended;       /* by a turn that may still be rolled back */
    bool durable;
} Remembered;

static const size_t PIECE_LINES = 20000;

struct House {
    Library *library;
    size_t piece;
    Remembered remembered[PARTITIONS];
    Memory *memories[PARTITIONS];
};

House *house_new(void)
{
    House *house = calloc(1, sizeof *house);
    if (!house)
        abort();
    house->library = library_new();
    house->piece = PIECE_LINES;
    return house;
}

void house_free(House *house)
{
    if (!house)
        return;
    library_free(house->library);
    for (int partition = 0; partition < PARTITIONS; partition++)
        arena_free(house->remembered[partition].arena);
    free(house);
}

Library *house_library(House *house)
{
    return house->library;
}

size_t house_piece(const House *house)
{
    return house->piece;
}

void house_cut_at(House *house, size_t lines)
{
    house->piece = lines;
}

static bool may_be_believed(const Remembered *remembered, const Heard *next)
{
    return remembered->memory && remembered->durable && remembered->position + 1 == next->position;
}

static size_t bytes_remembered(const House *house)
{
    size_t bytes = 0;
    for (int partition = 0; partition < PARTITIONS; partition++)
        if (house->remembered[partition].arena)
            bytes += arena_used(house->remembered[partition].arena);
    return bytes;
}

static void forget(Remembered *remembered)
{
    if (!remembered->arena)
        remembered->arena = arena_new();
    arena_reset(remembered->arena);
    remembered->memory = memory_new(remembered->arena);
}

Memory *const *house_begin(House *house, Batch batch)
{
    for (int partition = 0; partition < PARTITIONS; partition++) {
        house->remembered[partition].ended = false;
        house->memories[partition] = NULL;
    }
    bool full = bytes_remembered(house) > MEMORY_BYTES_MAX;
    for (size_t i = 0; i < batch.count; i++) {
        const Heard *heard = &batch.messages[i];
        Remembered *remembered = &house->remembered[heard->partition];
        if (house->memories[heard->partition])
            continue;
        if (full || !may_be_believed(remembered, heard))
            forget(remembered);
        remembered->durable = false;
        house->memories[heard->partition] = remembered->memory;
    }
    return house->memories;
}

void house_end(House *house, Batch batch, size_t taken)
{
    for (size_t i = 0; i < taken; i++) {
        Remembered *remembered = &house->remembered[batch.messages[i].partition];
        remembered->position = batch.messages[i].position;
        remembered->ended = true;
    }
}

void house_committed(void *house)
{
    Remembered *all = ((House *)house)->remembered;
    for (int partition = 0; partition < PARTITIONS; partition++) {
        all[partition].durable |= all[partition].ended;
        all[partition].ended = false;
    }
}
