/*
 * Library: the books that a house has heard, partition by partition.
 *
 * A book is read once and kept for the life of the process, by its digest; which books a
 * partition knows is read in every turn, so that what a rolled-back turn heard is forgotten and
 * what another replica heard is known.
 */
#pragma once

#include "base/partition.h"
#include "book/books.h"
#include "proto/intake.pb-c.h"
#include "service/turn.h"

typedef struct Library Library;

Library *library_new(void);
void library_free(Library *library);

/* The question to ask with the rest of a turn's load, and its answer to hand over before deciding. */
Ask library_question(Arena *arena, Batch batch, Rows **rows_out);
Status library_answer(Library *library, Turn *turn, const Rows *rows);

/* Both, in a round trip of their own. */
Status library_load(Library *library, Turn *turn, Batch batch);

/* The same for who reads outside a turn: all that these partitions have heard. */
Status library_read(Library *library, Database *database, Arena *arena, const bool wanted[PARTITIONS]);

/*
 * A book was published in the partition of what was heard: kept, and known from here on. What
 * was checked at the front door is not refused here: a book that does not follow the last one,
 * or whose digest is not its own, sets the message aside.
 */
Status library_hear(Library *library, Turn *turn, const Heard *heard, const Intake__BookPublished *published);

/* As known in the partition at this point of the turn. Borrowed until the next turn or reading. */
const Books *library_books(const Library *library, int16_t partition);
