/*
 * Return: the answer to a message, in the same clothes: JW306, JW308, JW316 and JW318.
 */
#pragma once

#include "base/bytes.h"
#include "intake/ijw/read.h"

typedef struct IjwVerdict {
    const char *code; /* "" when all of it is approved */
    const char *path; /* of the element at fault; "" or Bericht/Header: the message as a whole */
    const char *name; /* of the return message */
    Day day;
} IjwVerdict;

/* One code and no other. */
IjwCodes ijw_code(Arena *arena, const char *code);

/*
 * Approved, it is the header alone. A fault of the message as a whole stands in the header; one in the client or
 * below brings back all of the client, with what is at fault and what is not. Codes are put into the nouns.
 */
Bytes ijw_return(Arena *arena, IjwRead read, const IjwVerdict *verdict);
