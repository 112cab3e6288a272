/*
 * Load: from tables to nouns, in one round trip.
 */
#pragma once

#include "billing/facts.h"
#include "service/library.h"

/* Fills the standing of all that the batch names, the books that its partitions have heard, and the years closed there. */
Status billing_load(Turn *turn, Library *library, Batch batch, Facts *facts);
