/*
 * Readers: who may read what a house shows, and of which municipalities exactly.
 *
 * A file with one reader a line: its name, its secret, and its municipalities with commas
 * between; "*" is all of them, "public" none. An empty line or one that begins with # says
 * nothing. Whoever is no operator of a municipality sees what a wide audience may see.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/status.h"
#include "http/http.h"

typedef struct Readers {
    HttpToken *tokens;
    const char **municipalities; /* of each token, as in the file */
    size_t count;
} Readers;

/* What is wrong is said with the number of its line, never with the secret. */
Status readers_read(Arena *arena, const char *text, Readers *readers_out);

/* Reads the file of that name. */
Status readers_load(Arena *arena, const char *path, Readers *readers_out);

/* Whether the reader of that name sees exact figures of the municipality; "" is the whole region. */
bool readers_see(const Readers *readers, const char *name, const char *municipality);
