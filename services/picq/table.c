#include "picq/table.h"

#include <stdio.h>
#include <string.h>

typedef struct Row Row;
struct Row {
    Row *next;
    const char *const *texts;
};

struct Table {
    Arena *arena;
    size_t columns;
    size_t *widths; /* in characters */
    Row *first;
    Row **end;
};

/* Characters of UTF-8: every byte that does not go on with one. */
static size_t width_of(const char *text)
{
    size_t width = 0;
    for (; *text; text++)
        width += ((unsigned char)*text & 0xc0) != 0x80;
    return width;
}

Table *table_new(Arena *arena, const char *const *headings)
{
    Table *table = ARENA_NEW(arena, Table);
    table->arena = arena;
    table->end = &table->first;
    while (headings[table->columns])
        table->columns++;
    table->widths = ARENA_MANY(arena, size_t, table->columns);
    table_row(table, headings);
    return table;
}

void table_row(Table *table, const char *const *texts)
{
    const char **copy = ARENA_MANY(table->arena, const char *, table->columns);
    for (size_t i = 0; i < table->columns; i++) {
        copy[i] = arena_text(table->arena, texts[i]);
        if (width_of(copy[i]) > table->widths[i])
            table->widths[i] = width_of(copy[i]);
    }
    Row *row = ARENA_NEW(table->arena, Row);
    row->texts = copy;
    *table->end = row;
    table->end = &row->next;
}

void table_print(const Table *table)
{
    for (const Row *row = table->first; row; row = row->next) {
        for (size_t i = 0; i + 1 < table->columns; i++)
            printf("%s%*s", row->texts[i], (int)(table->widths[i] - width_of(row->texts[i]) + 2), "");
        printf("%s\n", row->texts[table->columns - 1]);
    }
}
