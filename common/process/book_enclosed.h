/*
 * Book enclosed: a book not yet published, as it travels with a question.
 *
 * JSON, {"files": [{"name": …, "text": …}, …]}: what would follow if this were published. Whoever
 * answers reads it beside the books that are known there, and keeps nothing of it.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "book/books.h"
#include "process/book_folder.h"

#include <jansson.h>

enum { BOOK_ENCLOSED_BYTES_MAX = 8 << 20 };

/* [{"name": …, "text": …}, …]; NULL when a text is not UTF-8. */
json_t *book_files_as_json(const BookFiles *files);

/* NULL when a text is not UTF-8. */
const char *book_enclosed_write(Arena *arena, const BookFiles *files);

/*
 * The book as it would follow the earlier ones. False when the bytes hold none or it has a fault:
 * then `faults_out` says all of them, a line each, for people.
 */
[[nodiscard]] bool book_enclosed_read(Arena *arena, Bytes enclosed, const Books *earlier, Book **book_out,
                                      const char **faults_out);
