/*
 * Hear: from bytes to nouns.
 */
#pragma once

#include "billing/facts.h"

/* Meets in a new standing all that the batch names. */
Status billing_hear(Turn *turn, Batch batch, Memory *const *memories, Facts *facts_out);
