/*
 * Table: rows for people, in columns that line up.
 */
#pragma once

#include "base/arena.h"

typedef struct Table Table;

/* The headings, up to a NULL. Lives in the arena. */
Table *table_new(Arena *arena, const char *const *headings);

/* As many texts as there are headings. */
void table_row(Table *table, const char *const *texts);

/* On standard output; the last column is not padded. */
void table_print(const Table *table);
