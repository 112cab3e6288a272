/*
 * Hear: from bytes to nouns.
 */
#pragma once

#include "billing/facts.h"

/* Meets in a new standing all that the batch names. */
Status billing_hear(Turn *turn, Batch batch, Facts *facts_out);
