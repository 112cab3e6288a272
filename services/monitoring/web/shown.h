/*
 * Shown: loads who is behind the money of each month, so that a wide audience sees no small cells.
 */
#pragma once

#include "monitoring/core/shown.h"
#include "monitoring/web/tables.h"

/*
 * Fills in who is behind the money of `found`, which holds the municipalities and where no figure
 * stands, and says which months of the year are shown. From `to_come` on, 1 to 13, nothing is
 * approved yet: those with an allocation are behind it.
 */
Status shown_load(const Desk *desk, ShownFound *found, int32_t to_come, Cube *shown_out);
