/*
 * Digest: a short name for bytes that no other bytes have (BLAKE2b, 32 bytes).
 */
#pragma once

#include "base/bytes.h"

enum { DIGEST_SIZE = 32, DIGEST_TEXT_SIZE = 2 * DIGEST_SIZE + 1 };

typedef struct Digest {
    uint8_t bytes[DIGEST_SIZE];
} Digest;

Digest digest_of(Bytes bytes);

/* Lower-case hexadecimal into text, which has room for DIGEST_TEXT_SIZE; returns text. */
char *digest_write(const Digest *digest, char *text);

static inline bool digest_equal(const Digest *a, const Digest *b)
{
    return memcmp(a->bytes, b->bytes, DIGEST_SIZE) == 0;
}
