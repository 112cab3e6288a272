/*
 * Hear by skimming: finds the parts of a packed message that matter, without unpacking the rest.
 *
 * An answer carries all that was heard before it, a hundred lines as often as not, and intake
 * needs a few words of that.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct SkimmedField {
    uint32_t number;
    uint64_t value; /* of a number */
    Bytes payload;  /* of a text or message */
    Bytes whole;    /* with its tag, as it stands in the message */
} SkimmedField;

/* Takes the next field off the front of `rest`; false at the end, and when the bytes are no message. */
bool skim_next(Bytes *rest, SkimmedField *field_out);

/* The text or message in this field; empty when there is none. */
Bytes skim_payload(Bytes message, uint32_t number);

/* The same as text. */
char *skim_text(Arena *arena, Bytes message, uint32_t number);

/* The number in this field; 0 when there is none. */
uint64_t skim_number(Bytes message, uint32_t number);

/* A copy without those fields of this number that `drops` says yes to. */
Bytes skim_without(Arena *arena, Bytes message, uint32_t number, bool (*drops)(Bytes payload));
