/*
 * Json: the tokens of one line, read strictly from left to right (RFC 8259).
 *
 * Nothing is looked for twice and nothing is skipped: the reader of messages knows what must
 * come next, so that neither depth nor a surprise costs memory.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct JsonReader {
    const uint8_t *begin;
    const uint8_t *at;
    const uint8_t *end;
} JsonReader;

typedef enum [[nodiscard]] JsonAnswer {
    JSON_READ,         JSON_BROKEN, /* not JSON at this place */
    JSON_NOT_UTF8,                  /* a text holds bytes that are no UTF-8, or the character 0 */
    JSON_NOT_WHOLE,                 /* a number with a fraction or an exponent */
    JSON_OUT_OF_RANGE,              /* a whole number that 64 bits do not hold */
} JsonAnswer;

JsonReader json_reader(Bytes line);

/* The first character of the next token, without taking it; '\0' at the end. */
char json_next(JsonReader *reader);

/* Takes the next token when it is this one character. */
bool json_take(JsonReader *reader, char character);

/* Takes the next token when it is this word: true, false, null. */
bool json_take_word(JsonReader *reader, const char *word);

/* The text between quotes: borrowed from the line where nothing is escaped, else from the arena; not ended by a NUL. */
JsonAnswer json_read_text(JsonReader *reader, Arena *arena, Bytes *text_out);

JsonAnswer json_read_whole(JsonReader *reader, int64_t *number_out);

/* Where the reader stands, counted in bytes from 1. */
size_t json_place(const JsonReader *reader);
