#include "monitoring/web/tables.h"

#include <string.h>

const TableEntry table_entries[] = {};

const size_t table_entry_count = sizeof table_entries / sizeof *table_entries;

const TableEntry *table_entry(const char *name)
{
    for (size_t i = 0; i < table_entry_count; i++)
        if (strcmp(table_entries[i].card->name, name) == 0)
            return &table_entries[i];
    return NULL;
}
