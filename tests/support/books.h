/*
 * Books for tests: written in the test itself, or read from a region's folder.
 */
#pragma once

#include "book/books.h"

/* A book of one file: `sections` after a decision with this number. Fails the test, with every fault told, when it has one. */
Book *book_written(int32_t number, const char *sections);

/* The faults that book_check finds in such a book beside the earlier ones (NULL: none), in order of line. */
BookFaults book_faults_of(Arena *arena, const Books *earlier, int32_t number, const char *sections);

/* A day, as it is written; fails the test when it is none. */
Day day_at(const char *text);
