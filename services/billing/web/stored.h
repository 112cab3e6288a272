/*
 * Stored: rows that keep what an amount was made from, as the nouns that made it.
 */
#pragma once

#include "billing/core/verify.h"
#include "db/database.h"

/* Where the columns stand: those of a line or an adjustment, with its allocation at that position. */
typedef struct StoredColumns {
    int conversation, reference, allocation, credits, contract, granted_book, rated_cents, formula, rated_volume,
        price_cents, month, share_numerator, share_denominator, part_numerator, part_denominator, rated_book,
        price_source, price_book, price_line, terms_source, terms_book, terms_line, digest;
} StoredColumns;

StoredColumns stored_columns(const Rows *rows);

/* Texts live as long as the rows; both codes of the conversation in the arena. */
Provenance stored_provenance(Arena *arena, const Rows *rows, size_t row, const StoredColumns *at);

Verified stored_verify(Arena *arena, const Rows *rows, size_t row, const StoredColumns *at);

/* Both codes of a conversation's number. */
const char *conversation_municipality(Arena *arena, int64_t number);
const char *conversation_provider(Arena *arena, int64_t number);
