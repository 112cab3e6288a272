/*
 * Write: a receipt in words, for somebody who checks accounts.
 */
#pragma once

#include "picq/receipt/receipt.h"
#include "picq/receipt/sentences.h"

/* A few sentences, each on a line of its own. */
const char *receipt_words(Arena *arena, const Receipt *receipt, Language language);

/* Inputs side by side: a column for each amount that was rated, a row for each kind of input that any of them has. */
typedef struct InputRow {
    const char *label;
    const char **texts; /* of each column */
} InputRow;

typedef struct InputTable {
    InputRow *rows; /* the first holds the references */
    size_t row_count;
    size_t column_count;
} InputTable;

InputTable receipt_inputs(Arena *arena, const Receipt *receipt, Language language);

/* "vingerafdruk van R-17  0f…", a line for each amount. */
const char *receipt_digests(Arena *arena, const Receipt *receipt, Language language);
