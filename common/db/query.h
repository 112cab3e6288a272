/*
 * Query: one SQL file, built into the program.
 */
#pragma once

#include <stddef.h>

typedef struct Query {
    const char *name; /* of the file, without .sql */
    const char *text;
} Query;

/* All queries of a room, in the order of their names; an enum of the room numbers them. */
typedef struct QueryList {
    const char *name;
    const Query *queries;
    size_t count;
} QueryList;
