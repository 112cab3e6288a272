/*
 * Trajectories: makes the tables of what care under a PIC costs and comes to.
 */
#pragma once

#include "monitoring/web/tables.h"

TableMaker trajectories_make_costs;
TableMaker trajectories_make_break_even;
TableMaker trajectories_make_results;
TableMaker trajectories_make_targets;
