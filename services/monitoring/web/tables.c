#include "monitoring/web/tables.h"

#include "monitoring/core/report.h"
#include "monitoring/web/load.h"

#include <string.h>

const TableEntry table_entries[] = {
    {&spending_card, load_spending},     {&clients_card, load_clients},
    {&decisions_card, load_decisions},   {&declarations_card, load_declarations},
    {&rejections_card, load_rejections}, {&ledger_card, load_ledger},
    {&providers_card, load_providers},   {&provider_months_card, load_provider_months},
};

const size_t table_entry_count = sizeof table_entries / sizeof *table_entries;

const TableEntry *table_entry(const char *name)
{
    for (size_t i = 0; i < table_entry_count; i++)
        if (strcmp(table_entries[i].card->name, name) == 0)
            return &table_entries[i];
    return NULL;
}

bool table_is_of_now(const TableEntry *entry)
{
    return strcmp(entry->card->name, "houses") == 0;
}
