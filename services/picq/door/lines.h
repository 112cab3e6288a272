/*
 * Lines: the lines of files, one after another, however large the files are; a file named .xml is one
 * national message, and comes whole.
 *
 * Nothing here waits: where the bytes have yet to come, as on a pipe, the caller waits for them
 * with all else that it waits for.
 */
#pragma once

#include "base/status.h"
#include "picq/door/window.h"

/* A door takes no longer ones. */
enum { LINE_SIZE_MAX = 8 * 1024 * 1024, NATIONAL_SIZE_MAX = 25 * 1024 * 1024 };

typedef struct Lines Lines;

typedef enum LinesAnswer {
    LINES_LINE,
    LINES_TOO_LONG, /* a line, or a national message, that is passed over */
    LINES_WAIT,     /* nothing can be read yet */
    LINES_END,
} LinesAnswer;

/* "-" is standard input; the paths are borrowed. STATUS_STOP when one of them cannot be read. */
Status lines_open(const char *const *paths, size_t count, Lines **lines_out);
void lines_free(Lines *lines);
void lines_freep(Lines **lines);

/* The next line that is not blank, without its line end; borrowed until the next call. Place and line are set with
 * LINES_LINE, and the place also with LINES_TOO_LONG. */
Status lines_take(Lines *lines, LinesAnswer *answer_out, LinePlace *place_out, Bytes *line_out);

/* What can be waited for after LINES_WAIT. */
int lines_file(const Lines *lines);

/* Bytes of all files together, 0 when that is not known, and those of the lines taken so far. */
uint64_t lines_bytes(const Lines *lines);
uint64_t lines_bytes_taken(const Lines *lines);
