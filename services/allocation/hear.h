/*
 * Hear: bytes of a batch to nouns.
 */
#pragma once

#include "allocation/hear_fact.h"
#include "service/library.h"
#include "service/turn.h"

/* Up to the first message that this program is too old for: that one waits, and so does all behind it. */
Status allocation_hear(Turn *turn, Batch batch, HeardFacts *facts_out);

/* A book is known from its place in the batch on: called before the next fact is decided. */
Status allocation_hear_book(Turn *turn, Library *library, const HeardFact *fact);
