/*
 * Targets: what the books want of a year, beside what was reached.
 *
 * The targets are those in force on the last day of the year, as known on the day asked. What is
 * missing is left out of both sides of a share: `counted` are those with an answer.
 */
#pragma once

#include "monitoring/core/table.h"
#include "monitoring/core/trajectory.h"

extern const TableCard targets_card;

/* Adds a row for each target. */
void targets_tell(const Books *books, const Question *question, Trajectories trajectories, Table *table);
