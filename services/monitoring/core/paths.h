/*
 * Paths: who is on which funding, month by month, beside what the books plan for new clients then.
 *
 * A client is counted in a month when its care runs in it, once in every total. That one
 * municipality goes ahead of another follows from what its clients have, and from the books.
 */
#pragma once

#include "monitoring/core/allocated.h"

extern const TableCard funding_paths_card;

/* For a wide audience `allocated` is that of the whole region, whatever is asked. */
void funding_paths_tell(const Question *question, const Books *books, AllocatedList allocated, Table *table);
