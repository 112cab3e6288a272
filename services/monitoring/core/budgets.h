/*
 * Budgets: what may be spent beside what is granted, declared, approved, paid and expected.
 *
 * Budget, granted, approved and expected stand under the month of care; declared and paid under
 * the month in which they became known, whatever care they are for. A budget is of a year, and a
 * month's is a twelfth of it, which sum to it exactly. Corrections are open as far as a new price
 * has been booked for care of the year that its provider has not declared yet: a month tells what
 * is open at its end, the year what is open now.
 */
#pragma once

#include "monitoring/core/forecast.h"

extern const TableCard budgets_card;

typedef struct FoundFlow {
    const char *municipality;
    int32_t month; /* 1 to 12 of the year; 0 what came before it, 13 after */
    int64_t cents;
} FoundFlow;

typedef struct FoundFlows {
    const FoundFlow *list;
    size_t count;
} FoundFlows;

typedef struct BudgetsFound {
    ForecastFound forecast;
    FoundFlows declared;
    FoundFlows paid;
    FoundFlows corrections; /* what was added to what is open */
} BudgetsFound;

/*
 * Where no figure stands but the budget: municipalities and the region × months and the year. NULL
 * when a sum does not fit.
 */
bool *budgets_nothing(const BudgetsFound *found);

/* False when a sum does not fit. */
[[nodiscard]] bool budgets_fill(const BudgetsFound *found, Table *table);
