/*
 * Whatif: what a book not yet published would make of the lines approved so far, from the tables to JSON.
 *
 * Each partition is read at one moment, and the answer says at which position of the stream that
 * was: publishing the same book there makes the same cents. Nothing is written.
 */
#pragma once

#include "base/bytes.h"
#include "base/partition.h"
#include "db/database.h"
#include "service/library.h"

typedef struct WhatifQuestion {
    const char *municipality; /* "": every one */
    int16_t partition_first;
    int16_t partition_last;
    Period service; /* lines whose product period begins in it */
    Bytes enclosed; /* the book */
    size_t piece;   /* lines in one piece */
} WhatifQuestion;

/* `json_out` is NULL when the book may not follow those that are known: then `faults_out` says why. */
Status whatif_write(Arena *arena, Database *database, Library *library, const WhatifQuestion *question, char **json_out,
                    const char **faults_out);
