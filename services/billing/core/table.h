/*
 * Table: what a batch names, each once, found by a hash of its key.
 *
 * Open addressing in an arena; it grows as it fills, and never forgets. Nothing may depend on
 * the order in which it holds its values.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct TablePlace {
    uint64_t hash;
    void *value;
} TablePlace;

typedef struct Table {
    Arena *arena;
    TablePlace *places;
    size_t size; /* a power of two */
    size_t count;
} Table;

typedef bool TableSame(const void *value, const void *key);

/* Room for `expected` values before it grows. */
Table table_new(Arena *arena, size_t expected);

/* The value with the key, or NULL. */
void *table_find(const Table *table, uint64_t hash, TableSame *same, const void *key);

/* Adds a value that is not in it yet. */
void table_add(Table *table, uint64_t hash, void *value);

/* Hashes of keys with several parts: begin with HASH_SEED and go on from what came before. */
#define HASH_SEED UINT64_C(0xcbf29ce484222325)

uint64_t hash_text(uint64_t hash, const char *text);
uint64_t hash_number(uint64_t hash, uint64_t number);
