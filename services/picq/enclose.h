/*
 * Enclose: one question with a book enclosed, asked of a house partition by partition, several at once.
 */
#pragma once

#include "base/arena.h"
#include "picq/command.h"

#include <jansson.h>

typedef struct Enclosing {
    const char *command;
    const char *house;       /* "billing" */
    const char *place;       /* where it answers */
    const char *path;        /* up to its arguments, with a ? or & at its end: "/whatif?" */
    const char *enclosure;
    const char *what;        /* in progress: "partitions" */
} Enclosing;

/*
 * The answers in order of partition, in an array that the caller gives back. What one partition
 * refuses is told once; then there is no array.
 */
ExitStatus enclose_ask(const Enclosing *enclosing, json_t **answers_out);
