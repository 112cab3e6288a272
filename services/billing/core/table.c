#include "billing/core/table.h"

static size_t size_for(size_t expected)
{
    size_t size = 16;
    while (size < expected * 2)
        size *= 2;
    return size;
}

Table table_new(Arena *arena, size_t expected)
{
    size_t size = size_for(expected);
    return (Table){.arena = arena, .places = ARENA_MANY(arena, TablePlace, size), .size = size};
}

void *table_find(const Table *table, uint64_t hash, TableSame *same, const void *key)
{
    for (size_t i = hash & (table->size - 1); table->places[i].value; i = (i + 1) & (table->size - 1))
        if (table->places[i].hash == hash && same(table->places[i].value, key))
            return table->places[i].value;
    return NULL;
}

static void put(TablePlace *places, size_t size, TablePlace place)
{
    size_t i = place.hash & (size - 1);
    while (places[i].value)
        i = (i + 1) & (size - 1);
    places[i] = place;
}

static void grow(Table *table)
{
    size_t size = table->size * 2;
    TablePlace *places = ARENA_MANY(table->arena, TablePlace, size);
    for (size_t i = 0; i < table->size; i++)
        if (table->places[i].value)
            put(places, size, table->places[i]);
    table->places = places;
    table->size = size;
}

void table_add(Table *table, uint64_t hash, void *value)
{
    if ((table->count + 1) * 2 > table->size)
        grow(table);
    put(table->places, table->size, (TablePlace){hash, value});
    table->count++;
}

uint64_t hash_number(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * UINT64_C(0x9e3779b97f4a7c15);
    return hash ^ (hash >> 32);
}

uint64_t hash_text(uint64_t hash, const char *text)
{
    for (const char *c = text; *c; c++)
        hash = (hash ^ (uint8_t)*c) * UINT64_C(0x100000001b3);
    return hash_number(hash, 0xff); /* "ab" + "c" is not "a" + "bc" */
}
