/*
 * Hear: from bytes to nouns.
 */
#pragma once

#include "billing/facts.h"

/*
 * Meets in a new standing all that the batch names. A book is heard alone, and so is what was decided of a year: what
 * it is about must stand in the tables, so the messages before it come first.
 */
Status billing_hear(Turn *turn, Batch batch, Memory *const *memories, Facts *facts_out);
