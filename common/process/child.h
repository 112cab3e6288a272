/*
 * Child: a small program that runs apart, and is asked one question at a time over two pipes.
 *
 * It gets nothing of this process but the pipes, its error stream and the environment named. It is
 * started when it is asked first, and again when it has ended. A question and an answer are a size
 * of four bytes, lowest first, and as many bytes.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/status.h"

typedef struct Child Child;

/* `environment` holds texts like NAME=value, and NULL at its end. Both are borrowed for as long as the child lives. */
Child *child_new(const char *program, const char *const *environment);

/* Ends it. */
void child_free(Child *child);

/*
 * The answer, in the arena. RETRY when the program cannot be started, ends without an answer, says
 * more than answer_max, or is silent for longer than timeout_ms: it is ended then, and the next
 * question starts another.
 */
Status child_ask(Child *child, Arena *arena, Bytes question, size_t answer_max, int timeout_ms, Bytes *answer_out);

/* The program of that name beside the one that runs; in the arena. */
const char *child_beside(Arena *arena, const char *name);
