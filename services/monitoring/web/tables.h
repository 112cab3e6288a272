/*
 * Tables: every table that can be asked for, and what makes it.
 */
#pragma once

#include "book/books.h"
#include "db/database.h"
#include "monitoring/core/table.h"
#include "monitoring/web/neighbours.h"

/* What a table is made from: one moment of the database, the books heard, and what is asked. */
typedef struct Desk {
    Arena *arena;
    Database *database; /* inside a transaction that only reads */
    const Books *books;
    const Question *question;
    Neighbours *neighbours; /* NULL: nobody asks how they are */
} Desk;

/* Adds the rows. */
typedef Status TableMaker(const Desk *desk, Table *table);

typedef struct TableEntry {
    const TableCard *card;
    TableMaker *make;
} TableEntry;

/* In the order in which they are listed. */
extern const TableEntry table_entries[];
extern const size_t table_entry_count;

/* NULL when there is no table of that name. */
const TableEntry *table_entry(const char *name);

/* Whether it tells of this very moment, and so may change while nothing is heard. */
bool table_is_of_now(const TableEntry *entry);
