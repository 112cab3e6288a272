/*
 * Moving: who still has to move to another funding, and who has.
 *
 * An allocation has to move when the books say another funding than it has, on the day asked or on
 * a later day of it in the year, and do not let it keep its own; or when they leave it to a
 * person to move such care, one by one, to what new clients have.
 */
#pragma once

#include "monitoring/core/allocated.h"

extern const TableCard to_move_card;

/* The days on which care that matters runs: from the eve of the year on, so that who has moved is seen. */
Period to_move_days(const Question *question);

/* For a wide audience `allocated` is that of the whole region, whatever is asked. */
void to_move_tell(const Question *question, const Books *books, AllocatedList allocated, Table *table);
