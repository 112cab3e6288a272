/*
 * Uncovered: care that was granted and that no contract covers.
 *
 * From the day asked to the end of the year. What is paid by PIC needs a contract with its PIC; what
 * is paid by product needs one with products.
 */
#pragma once

#include "monitoring/core/allocated.h"

extern const TableCard uncovered_card;

/* From the day known, where it lies in the year. */
Period uncovered_days(const Question *question);

void uncovered_tell(const Question *question, const Books *books, AllocatedList allocated, Table *table);
