/*
 * Audience: the last word on what a wide audience sees of a table, whatever made it.
 */
#pragma once

#include "monitoring/core/table.h"

/*
 * Rounds every count to five and hides those below ten. What was hidden stays hidden, and what
 * was rounded before stays as it was. What else must be hidden so that it cannot be worked out is
 * for whoever made the table, who knows what adds up to what (cube.h).
 */
void table_widen(Table *table);
