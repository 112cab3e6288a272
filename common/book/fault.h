/*
 * Book faults: what is wrong with a book, all of it at once.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct BookFault {
    bool warning; /* may be published all the same */
    const char *file;
    int line;
    const char *what;
    const char *what_to_do;
} BookFault;

enum { BOOK_FAULTS_MAX = 1000 };

/* Texts and list live in the arena; a reader who wants more than the maximum mends these first. */
typedef struct BookFaults {
    Arena *arena;
    BookFault *faults;
    size_t count;
    size_t errors; /* those that are no warning, counted past the maximum too */
} BookFaults;

BookFaults book_faults(Arena *arena);

/* `what` is a format; what_to_do a sentence that outlives the faults. */
[[gnu::format(printf, 5, 6)]] void book_fault_add(BookFaults *faults, const char *file, int line,
                                                  const char *what_to_do, const char *what, ...);
[[gnu::format(printf, 5, 6)]] void book_warning_add(BookFaults *faults, const char *file, int line,
                                                    const char *what_to_do, const char *what, ...);

/* In the order of file and line, in which people mend them. */
void book_faults_sort(BookFaults *faults);
