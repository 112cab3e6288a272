#include "monitoring/core/table.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_FIRST = 64 };

Table table_new(Arena *arena, const TableCard *card)
{
    return (Table){.card = card, .arena = arena};
}

Value *table_add(Table *table)
{
    size_t columns = table->card->column_count;
    if (table->row_count == table->row_room) {
        table->row_room = table->row_room ? 2 * table->row_room : ROWS_FIRST;
        Value *more = ARENA_MANY(table->arena, Value, table->row_room * columns);
        if (table->row_count > 0)
            memcpy(more, table->values, table->row_count * columns * sizeof *more);
        table->values = more;
    }
    return &table->values[table->row_count++ * columns];
}

const Value *table_row(const Table *table, size_t row)
{
    return &table->values[row * table->card->column_count];
}

size_t card_column(const TableCard *card, const char *name)
{
    for (size_t i = 0; i < card->column_count; i++)
        if (strcmp(card->columns[i].name, name) == 0)
            return i;
    abort();
}
