/*
 * Load close: from the tables to what a year comes to, conversation by conversation.
 */
#pragma once

#include "billing/core/statement.h"
#include "db/database.h"
#include "service/library.h"

/* Conversations that one cut of the work takes. */
typedef struct ConversationPiece {
    int64_t first;
    int64_t last;
    size_t count;
    bool all; /* none comes after them */
} ConversationPiece;

/* Those after one, as many as have no more than so many rows together, and one at least. */
Status billing_load_piece(Arena *arena, Database *database, int16_t partition, int64_t after, size_t rows_max,
                          ConversationPiece *piece_out);

/* Which conversations, which year, and the day as known on which prices and terms are asked. */
typedef struct StatementScope {
    int16_t partition;
    int64_t first;
    int64_t last;
    int32_t year;
    Day known;
} StatementScope;

/* As the tables have them now. The library has the books of the partition. */
Status billing_load_statements(Arena *arena, Database *database, const Library *library, const StatementScope *scope,
                               Statements *statements_out);

/* As they were frozen when the year was last closed, with the digest that was taken then. */
Status billing_load_frozen(Arena *arena, Database *database, const StatementScope *scope, Statements *statements_out);
