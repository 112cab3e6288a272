#include "monitoring/web/tables.h"

#include "monitoring/core/budgets.h"
#include "monitoring/core/costs.h"
#include "monitoring/core/drivers.h"
#include "monitoring/core/forecast.h"
#include "monitoring/core/houses.h"
#include "monitoring/core/moving.h"
#include "monitoring/core/paths.h"
#include "monitoring/core/plans.h"
#include "monitoring/core/report.h"
#include "monitoring/core/results.h"
#include "monitoring/core/targets.h"
#include "monitoring/core/uncovered.h"
#include "monitoring/core/waiting.h"
#include "monitoring/web/forecast.h"
#include "monitoring/web/load.h"
#include "monitoring/web/operations.h"
#include "monitoring/web/trajectories.h"
#include "monitoring/web/transition.h"

#include <string.h>

const TableEntry table_entries[] = {
    {&spending_card, load_spending},
    {&clients_card, load_clients},
    {&decisions_card, load_decisions},
    {&declarations_card, load_declarations},
    {&rejections_card, load_rejections},
    {&ledger_card, load_ledger},
    {&providers_card, load_providers},
    {&provider_months_card, load_provider_months},
    {&budgets_card, load_budgets},
    {&forecast_card, load_forecast},
    {&forecast_errors_card, load_forecast_errors},
    {&run_off_card, load_run_off},
    {&run_off_factors_card, load_run_off_factors},
    {&drivers_card, load_drivers},
    {&funding_paths_card, transition_make_funding_paths},
    {&to_move_card, transition_make_to_move},
    {&uncovered_card, transition_make_uncovered},
    {&plans_card, transition_make_plans},
    {&houses_card, operations_make_houses},
    {&open_requests_card, operations_make_open_requests},
    {&deadlines_card, operations_make_deadlines},
    {&pic_costs_card, trajectories_make_costs},
    {&break_even_card, trajectories_make_break_even},
    {&results_card, trajectories_make_results},
    {&targets_card, trajectories_make_targets},
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
