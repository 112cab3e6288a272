/*
 * Region: the books of a folder, read one after another.
 */
#pragma once

#include "book/books.h"
#include "process/book_folder.h"

/* What the commands about books are asked. */
typedef struct BookArguments {
    const char *region; /* NULL: not said */
    bool json;
    char **paths;
    size_t path_count;
} BookArguments;

/* Reads the command line; leaves the process with EXIT_WRONG_USE when it is not what it should be. */
BookArguments region_arguments(int argc, char **argv, const char *arguments_doc, const char *doc, size_t paths_least,
                               size_t paths_most);

/* Books read so far. Owns them. */
typedef struct RegionFolder {
    Arena *arena;
    Books books;
    Book *held[BOOKS_MAX];
} RegionFolder;

RegionFolder *region_folder_new(void);
void region_folder_free(RegionFolder *region);
void region_folder_freep(RegionFolder **region);

/* Where a book came from, with what is wrong with it. */
typedef struct ReadBook {
    BookFiles files;
    const Book *book; /* a draft when there are errors */
    BookFaults faults;
} ReadBook;

/* Reads and checks the folder beside the books read so far, and takes it among them when it is in order. */
Status region_folder_take(RegionFolder *region, const char *path, ReadBook *read_out);

/*
 * The folders that come before `path`: of the region (or, when it is NULL, beside it) those
 * with a lower number.
 */
Status region_folders_before(Arena *arena, const char *region, const char *path, BookFolders *before_out);

/* The same, each read and taken; the first that is not in order is told in `wrong_out`, whose book is NULL otherwise. */
Status region_folder_take_before(RegionFolder *region, const char *region_path, const char *path, ReadBook *wrong_out);

/* "book/003-slug/funding.yaml:12", however the fault names the file. */
const char *region_fault_place(Arena *arena, const BookFiles *files, const BookFault *fault);
