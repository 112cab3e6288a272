/*
 * Plans: what each book meant to be paid by PIC, against what was.
 *
 * For every book as it was published: of the clients with care at the end of a month, what share
 * should have been paid by PIC then, as that book and those before it have it. So the plan of a
 * book goes on after a later one has withdrawn it, and stands beside that one and what came of it.
 */
#pragma once

#include "monitoring/core/allocated.h"

extern const TableCard plans_card;

/* For a wide audience `allocated` is that of the whole region, whatever is asked. */
void plans_tell(const Question *question, const Books *books, AllocatedList allocated, Table *table);
