/*
 * Operations: the tables of how the houses are, and of what waits for a person.
 */
#pragma once

#include "monitoring/web/tables.h"

Status operations_make_houses(const Desk *desk, Table *table);
Status operations_make_open_requests(const Desk *desk, Table *table);
Status operations_make_deadlines(const Desk *desk, Table *table);
