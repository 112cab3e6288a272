/*
 * Diff: what a book changes beside the ones before it, in words for people.
 */
#pragma once

#include "book/books.h"

/* One entry of the book, for as long as it replaces the same thing. */
typedef struct BookChange {
    const Entry *entry;
    const char *about; /* "funding SPECIALIST NEW" */
    const char **whom; /* municipalities, providers; none when it has only one */
    size_t whom_count;
    Period period;
    const char *before; /* NULL: nothing held */
    const char *now;
} BookChange;

typedef struct BookChanges {
    BookChange *changes; /* in the order of file and line, then of period */
    size_t count;
    size_t unchanged; /* entries that repeat what held already */
} BookChanges;

BookChanges book_diff(Arena *arena, const Books *earlier, const Book *book);
