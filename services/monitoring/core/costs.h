/*
 * Costs: what the care under a PIC really comes to while it is paid by product, beside its tariff.
 *
 * Declarations come late, so a trajectory is watched up to the costs' horizon: the end of the last
 * month after which three whole months were there to declare it in. What had not ended by then is
 * censored on that day, and what began later is not counted. Care that goes on the next day under
 * another trajectory, or is paid as a PIC from a day on, is censored there.
 *
 * Recovery, paid for the trajectory as a whole (basis TRAJECTORY): mean and quartiles over whole
 * trajectories, weighted as survival.h says. Nobody has seen the end of care that lasts longer than
 * any was watched: `seen` is the part of all trajectories that the ended ones stand for. A quartile
 * is told where it lies within that part, the mean where hardly anything lies outside.
 *
 * Lasting care, paid by the month (basis YEAR): cents by day of care, of ended and running
 * trajectories alike, times 365.25. Its quartiles are over trajectories, each by its days.
 *
 * The year asked keeps out what began after it. Tariffs are those of its last day, or of the day known.
 */
#pragma once

#include "monitoring/core/table.h"
#include "monitoring/core/trajectory.h"

extern const TableCard pic_costs_card;
extern const TableCard break_even_card;

/* The last day of care of which the costs are counted. */
Day costs_horizon(Day known_on);

/* Adds a row for each PIC, each PIC × municipality and each PIC × provider. */
void costs_tell(const Books *books, const Question *question, Trajectories trajectories, Table *table);

/* Adds a row for all providers together, and one for each of the largest, in the order that they are given in. */
void costs_break_even(const Books *books, const Question *question, Trajectories trajectories,
                      const char *const *largest, size_t largest_count, Table *table);
