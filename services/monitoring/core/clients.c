#include "monitoring/core/clients.h"

#include <stdlib.h>

static int by_client(const void *a, const void *b)
{
    int64_t left = ((const ClientLines *)a)->client;
    int64_t right = ((const ClientLines *)b)->client;
    return (left > right) - (left < right);
}

static void put(uint8_t *bytes, uint64_t value, int size)
{
    for (int i = 0; i < size; i++)
        bytes[i] = (uint8_t)(value >> 8 * (size - 1 - i));
}

static uint64_t get(const uint8_t *bytes, int size)
{
    uint64_t value = 0;
    for (int i = 0; i < size; i++)
        value = value << 8 | bytes[i];
    return value;
}

Bytes clients_pack(Arena *arena, ClientLines *clients, size_t count)
{
    if (count == 0)
        return (Bytes){0};
    qsort(clients, count, sizeof *clients, by_client);
    uint8_t *bytes = arena_take_many(arena, count, CLIENT_BYTES);
    size_t size = 0;
    for (size_t i = 0, next; i < count; i = next) {
        int32_t lines = 0;
        for (next = i; next < count && clients[next].client == clients[i].client; next++)
            lines += clients[next].lines;
        if (lines == 0)
            continue;
        put(bytes + size, (uint64_t)clients[i].client, 8);
        put(bytes + size + 8, (uint32_t)lines, 4);
        size += CLIENT_BYTES;
    }
    return (Bytes){bytes, size};
}

bool clients_unpack(Arena *arena, Bytes bytes, ClientLines **clients_out, size_t *count_out)
{
    if (bytes.size % CLIENT_BYTES != 0)
        return false;
    size_t count = bytes.size / CLIENT_BYTES;
    ClientLines *clients = ARENA_MANY(arena, ClientLines, count);
    for (size_t i = 0; i < count; i++) {
        const uint8_t *client = bytes.data + i * CLIENT_BYTES;
        clients[i] = (ClientLines){(int64_t)get(client, 8), (int32_t)(uint32_t)get(client + 8, 4)};
    }
    *clients_out = clients;
    *count_out = count;
    return true;
}
