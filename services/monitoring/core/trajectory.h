/*
 * Trajectory: how the care of a client under a PIC went, by what was told of it up to a day.
 *
 * Care lasts from its first day, the start that was told or else the first day allocated, to its
 * end. An allocation that started ends on the day that it stopped, unless that was for a while or it
 * started again; else on the last day allocated, once that has passed. A trajectory ends with the last
 * of its allocations that started. One that never started counts only where nothing of the trajectory
 * stopped, or where it begins later: care that stopped does not last because of what was not used.
 *
 * Where the client's care goes on the next day under another trajectory it has not ended: a change
 * of PIC, a move, another provider, back to products. A conversion that keeps the PIC changes the
 * number of the allocation and not the trajectory, and leaves no trace here.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "book/books.h"
#include "monitoring/core/table.h"
#include "monitoring/core/told.h"

#include <stddef.h>

/* An answer that nobody gave is neither yes nor no. */
typedef enum Reply {
    REPLY_MISSING = 0,
    REPLY_NO = 1,
    REPLY_YES = 2,
    REPLIES = 3,
} Reply;

typedef struct Trajectory {
    /* what was told of it */
    const char *municipality;
    const char *provider;
    const char *segment;
    Pic pic;         /* profile "": products only; told for who begins what, and who moves over */
    int64_t client;  /* who it turned out to be */
    bool existing;   /* a client who was in care before */
    Day allocated;   /* the first day */
    Day paid_as_pic; /* from this day on; DAY_LAST: never */
    Day started;     /* DAY_LAST: nobody told */
    Day ends;        /* the last of those that started; DAY_FIRST: none did */
    bool stopped;    /* some of it, and not for a while */
    Day not_started; /* the first day of the last one that did not start; DAY_FIRST: there is none */
    Day not_used;    /* the last day of those that did not start */
    Reply goal_reached;
    Reply dropped_out;
    int32_t satisfaction; /* 0: no answer */
    int64_t cents;        /* what it came to */

    /* what follows */
    Day began;
    Day last;             /* of the care; when it goes on, the day up to which it is known */
    bool ended;           /* on `last`, and no care goes on the next day */
    int32_t relapse_days; /* of the terms that it is paid by; 0: there is nothing to watch; results_watch */
    Day comes_back;       /* the first day of the next trajectory of the client after the end; DAY_LAST: none */
} Trajectory;

/*
 * What was told of it up to a day; costs are those of care up to the horizon, the last day of a month. False when
 * the bytes cannot be read. Nothing is allocated when `allocated` is DAY_LAST: then it is no trajectory.
 */
[[nodiscard]] bool trajectory_told(Arena *arena, Bytes told, Day known_on, Day horizon, Trajectory *trajectory);

typedef struct Trajectories {
    Trajectory *list; /* in order of client and first day allocated */
    size_t count;
} Trajectories;

/* Puts them in order and fills in what follows, as known on the day. */
void trajectories_follow(Trajectories trajectories, Day known_on);

/* Whether any care is known of it: a start, or money. What was allocated and never given is no care. */
bool trajectory_given(const Trajectory *trajectory);

/* Whether it is among those that the question narrows to. */
bool trajectory_asked(const Trajectory *trajectory, const Question *question);

/* One cell of a table: trajectories of a PIC or of all, in a municipality or in all, of a provider or of all. */
typedef struct TrajectoryCell {
    const char *segment; /* NULL: all PICs */
    Pic pic;
    const char *municipality; /* NULL: all */
    const char *provider;     /* NULL: all */
    const Trajectory *const *list;
    size_t count;
} TrajectoryCell;

enum { CELLS_OF_ALL_PICS = 1, CELLS_BY_PROVIDER = 2 };

/*
 * Every cell that the question asks for: each PIC, and where it is wanted all PICs together; of each the whole, each
 * municipality and where it is wanted each provider, unless the question names the municipality or the provider.
 * Puts the list in another order.
 */
typedef void TrajectoryCellDone(const TrajectoryCell *cell, void *context);
void trajectories_cells(Arena *arena, const Trajectory **list, size_t count, const Question *question, unsigned wanted,
                        TrajectoryCellDone *done, void *context);
