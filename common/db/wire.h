/*
 * Wire: PostgreSQL's binary formats, big-endian. Inside this room only.
 */
#pragma once

#include <endian.h>
#include <stdint.h>
#include <string.h>

/* PostgreSQL counts from 2000-01-01. */
enum { WIRE_EPOCH_DAYS = 10957 };
/* An array of one dimension: dimensions, whether it holds a null, the type of its elements, their number, the first. */
enum { WIRE_ARRAY_HEADER_SIZE = 20, WIRE_ARRAY_EMPTY_SIZE = 12, WIRE_TEXT_OID = 25 };

#define WIRE_EPOCH_US (INT64_C(946684800) * 1000000)

static inline void wire_put16(void *to, uint16_t value)
{
    value = htobe16(value);
    memcpy(to, &value, sizeof value);
}

static inline void wire_put32(void *to, uint32_t value)
{
    value = htobe32(value);
    memcpy(to, &value, sizeof value);
}

static inline void wire_put64(void *to, uint64_t value)
{
    value = htobe64(value);
    memcpy(to, &value, sizeof value);
}

static inline uint16_t wire_get16(const void *from)
{
    uint16_t value;
    memcpy(&value, from, sizeof value);
    return be16toh(value);
}

static inline uint32_t wire_get32(const void *from)
{
    uint32_t value;
    memcpy(&value, from, sizeof value);
    return be32toh(value);
}

static inline uint64_t wire_get64(const void *from)
{
    uint64_t value;
    memcpy(&value, from, sizeof value);
    return be64toh(value);
}
