/*
 * Memory: answers that were made before, for whoever asks the same again.
 *
 * An answer is kept under all that it depends on: what is asked, whether exactly, and how far the
 * house had heard. Nothing else can change it, so that it is never stale, only forgotten.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

#include <stdbool.h>

typedef struct Memory Memory;

Memory *memory_new(size_t bytes_max);
void memory_free(Memory *memory);

/* Copied into the arena; false when there is none. Any thread may ask. */
bool memory_find(Memory *memory, const char *key, Arena *arena, Bytes *answer_out);

/* Forgets the longest unasked until there is room. */
void memory_keep(Memory *memory, const char *key, Bytes answer);
