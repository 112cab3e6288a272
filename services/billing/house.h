/*
 * House: what billing keeps between its turns: books, and a memory of each partition.
 *
 * A memory is what the tables say of the allocations of a partition at one position of its
 * stream. It is believed only when the turn that left it was committed, and when the next
 * message heard is the very next position: then nobody, this process or another, has decided
 * anything in between. Else it is empty, and the tables are read.
 */
#pragma once

#include "billing/core/standing.h"
#include "service/library.h"

typedef struct House House;

House *house_new(void);
void house_free(House *house);

Library *house_library(House *house);

/* Memories for a turn on this batch, by partition; NULL where the batch has no message. */
Memory *const *house_begin(House *house, Batch batch);

/* The turn decided the first `taken` messages, and may still be rolled back. */
void house_end(House *house, Batch batch, size_t taken);

/*
 * How many lines a turn reads at most of what a book may touch. The cuts are part of what the stream makes of the tables'
 * ids, so all replicas have the same number; tests cut smaller.
 */
size_t house_piece(const House *house);
void house_cut_at(House *house, size_t lines);

/* The turn is durable. */
void house_committed(void *house);
