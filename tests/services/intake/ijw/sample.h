/*
 * Sample: a national message of each kind that breaks no rule. All in it is invented.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "intake/ijw/schema.h"

/* `message` is IJW_305 or another. */
const char *sample(unsigned message);

/* The sample with the first `from` in it made into `to`; fails the test when it has none. */
const char *sample_with(Arena *arena, unsigned message, const char *from, const char *to);

/* A text with its first `from` made into `to`; fails the test when it has none. */
const char *text_with(Arena *arena, const char *text, const char *from, const char *to);

static inline Bytes sample_bytes(const char *text)
{
    return (Bytes){(const uint8_t *)text, __builtin_strlen(text)};
}

/* A declaration of so many lines, each of a client of its own when `clients` is as many. */
Bytes sample_declaration(Arena *arena, size_t clients, size_t lines_each);

/* Where the official schemas lie; NULL where they don't. */
const char *official_schemas(void);

/*
 * Whether the official schema takes the message: those of PICQ_IJW_XSD_DIR, or those that lie beside
 * the checkout. Where there are none it says so once, and `otherwise` is the answer.
 */
bool official_schema_takes(const IjwMessage *message, const char *text, bool otherwise);

/* The same of a return message. */
bool official_return_takes(const IjwMessage *message, const char *text, bool otherwise);
