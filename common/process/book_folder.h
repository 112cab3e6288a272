/*
 * Book folder: the files of a region's decisions, from disk into memory.
 *
 * A region's folder holds one folder for each decision, `book/NNN-<slug>`, with YAML files.
 */
#pragma once

#include "base/arena.h"
#include "base/status.h"
#include "book/book.h"

typedef struct BookFiles {
    const char *name; /* of the folder: "001-slug" */
    const char *path;
    BookFile *files;
    size_t count;
} BookFiles;

typedef struct BookFolders {
    const char **paths;
    size_t count;
} BookFolders;

/* Every *.yaml of one decision's folder; other files are left alone. STOP when it cannot be read, or is larger than a book may be. */
Status book_folder_read(Arena *arena, const char *path, BookFiles *files_out);

/* The folders of decisions below `path`, in order: those of `path`/book when there is such a folder. */
Status book_folder_list(Arena *arena, const char *path, BookFolders *folders_out);

/* The name of the folder alone: "001-slug" of "book/001-slug/". */
const char *path_last_part(Arena *arena, const char *path);

/* Whether the folder is named after the book in it. */
bool book_folder_fits(const BookFiles *files, const Book *book);
