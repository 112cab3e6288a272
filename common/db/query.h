/*
 * Query: one SQL file, built into the program.
 */
#pragma once

#include <stddef.h>

typedef struct Query {
    const char *name; /* room.file: the name of the prepared statement, and what a fault says */
    const char *text;
} Query;

/* All files of a folder, in the order of their names. */
typedef struct QueryList {
    const Query *queries;
    size_t count;
} QueryList;
