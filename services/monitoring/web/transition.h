/*
 * Transition: the tables of who is paid how, who has to move, what is not covered, and what was planned.
 */
#pragma once

#include "monitoring/web/tables.h"

Status transition_make_funding_paths(const Desk *desk, Table *table);
Status transition_make_to_move(const Desk *desk, Table *table);
Status transition_make_uncovered(const Desk *desk, Table *table);
Status transition_make_plans(const Desk *desk, Table *table);
