/*
 * Results: what came of the care under a PIC that ended in a year.
 *
 * Goals reached, dropout and satisfaction are the three national outcome measures, of the last
 * outcome that was told of a trajectory. What nobody answered is shown as missing, and stands on
 * neither side of a share.
 *
 * How long care lasts is told of all that ran in the year, and not of what ended in it alone: that
 * would leave out the long ones for as long as they run. See survival.h.
 *
 * Relapse: another trajectory of the same client, with whatever provider, that begins within the
 * relapse period of the terms under which the first was paid. It is told of those whose period is
 * over as known on the day; where the terms give none there is nothing to watch.
 */
#pragma once

#include "monitoring/core/table.h"
#include "monitoring/core/trajectory.h"

extern const TableCard results_card;

/* What came of some trajectories: sums, so that what one cell has can be added to another. */
typedef struct Results {
    int64_t ended;
    int64_t goal_reached[REPLIES];
    int64_t dropped_out[REPLIES];
    int64_t marks; /* all together */
    int64_t marked;
    int64_t watchable; /* those whose terms give a relapse period */
    int64_t watched;   /* and it is over */
    int64_t relapsed;
} Results;

/* Looks up for how long those that ended in the year asked are watched for relapse: once, before they are counted. */
void results_watch(const Books *books, const Question *question, Trajectories trajectories);

/* Counts the trajectory when it ended in the year asked, as known on the day. */
void results_add(const Question *question, const Trajectory *trajectory, Results *results);

/*
 * Adds a row for all PICs and for each, whole, by municipality and by provider. A wide audience gets no
 * providers, no small cells and rounded counts; what is hidden is worked out over the whole region, whatever
 * is asked, so `trajectories` are always all of them.
 */
void results_tell(const Books *books, const Question *question, Trajectories trajectories, Table *table);
