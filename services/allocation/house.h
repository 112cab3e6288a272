/*
 * House: what allocation keeps between its turns.
 */
#pragma once

#include "allocation/memory.h"
#include "service/library.h"

typedef struct AllocationHouse {
    Library *library; /* the books */
    Memory *memory;   /* allocations that were named of late */
    size_t piece_max; /* allocations that a book looks at in one turn */
} AllocationHouse;

void house_open(AllocationHouse *house);
void house_close(AllocationHouse *house);

/* As on the card, for a house that begins with an AllocationHouse: the turn is durable. */
void house_committed(void *house);
