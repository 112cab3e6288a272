/*
 * Hear: bytes of a batch to nouns.
 */
#pragma once

#include "allocation/hear_fact.h"
#include "service/library.h"
#include "service/turn.h"

/*
 * Up to the first message that this program is too old for: that one waits, and so does all
 * behind it. And up to a book, which is taken alone: its work may be long, and is cut by what the
 * partition holds, never by what else came in the batch.
 */
Status allocation_hear(Turn *turn, Batch batch, HeardFacts *facts_out);

/* The book is known from here on. */
Status allocation_hear_book(Turn *turn, Library *library, const HeardFact *fact);
