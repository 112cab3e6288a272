/*
 * Enclose: one question, asked of a house partition by partition, several at once; a book may be enclosed.
 */
#pragma once

#include "base/arena.h"
#include "picq/command.h"

#include <jansson.h>

typedef struct Enclosing {
    const char *command;
    const char *house;     /* "billing" */
    const char *place;     /* where it answers */
    const char *path;      /* up to its arguments, with a ? or & at its end: "/whatif?" */
    const char *enclosure; /* NULL: nothing is */
    const char *what;      /* in progress: "partitions" */
} Enclosing;

/*
 * The answers in order of partition, in an array that the caller gives back. What one partition
 * refuses is told once; then there is no array.
 */
ExitStatus enclose_ask(const Enclosing *enclosing, json_t **answers_out);

/* The book in a folder as it is enclosed; complains of one that cannot be read. */
ExitStatus enclose_folder(const char *command, Arena *arena, const char *folder, const char **enclosure_out);
