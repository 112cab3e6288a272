/*
 * Load persons: what keeps a person known.
 */
#pragma once

#include "intake/core/docket.h"
#include "intake/house.h"
#include "service/turn.h"

/* For how many years after their care persons are known, as the books say on this day; 0: for ever. */
int32_t intake_load_kept_years(const House *house, Day today);

/* Who may be forgotten, when the last day of care is no later than this. */
Status intake_load_remembered(Database *database, Arena *arena, Day last, const Remembered **list_out,
                              size_t *count_out);

/* The same for the day on which it is to be done. */
Status intake_load_due(Turn *turn, Day today, Submission *said);
