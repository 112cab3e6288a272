/*
 * Openapi: what can be asked, described for programs (OpenAPI 3.0), made from the cards.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

/* Whom to ask about the API. */
typedef struct Contact {
    const char *name;
    const char *email;
    const char *url;
} Contact;

/* Lives in the arena. */
Bytes openapi_write(Arena *arena, const Contact *contact);
