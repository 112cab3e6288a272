/*
 * Clients: who is behind the lines of a month, as few bytes.
 *
 * Each client is eight bytes of its number and four of its approved lines, credits taken off,
 * highest byte first. A row of them stands in the table for each declaration, month and kind.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

enum { CLIENT_BYTES = 12 };

typedef struct ClientLines {
    int64_t client;
    int32_t lines; /* debet less credit */
} ClientLines;

/* In order of client, each once; clients whose lines and credits are even are left out. Sorts what it is given. */
Bytes clients_pack(Arena *arena, ClientLines *clients, size_t count);

/* False when the bytes are no whole number of clients. */
[[nodiscard]] bool clients_unpack(Arena *arena, Bytes bytes, ClientLines **clients_out, size_t *count_out);
