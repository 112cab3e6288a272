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

/* All books of a region's folder, checked one after another and known from the days given. */
typedef struct RegionBooks {
    Arena *arena;
    Book *held[BOOKS_MAX];
    Books books;
} RegionBooks;

/* `instead`: a folder that takes the place of the book with its number; NULL for none. Fails the test on any fault. */
RegionBooks *region_books_open(const char *folder, const char *instead, const char *const *known, size_t known_count);
void region_books_close(RegionBooks *region);

/* The books of Haaglanden on the days on which the demo publishes them. */
RegionBooks *haaglanden_open(void);

/* The same, with the bridging contracts of 2020 that pay by product throughout. */
RegionBooks *haaglanden_pxq_open(void);
