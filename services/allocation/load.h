/*
 * Load: the standing of all that a batch names, in one round trip.
 */
#pragma once

#include "allocation/core/standing.h"
#include "allocation/hear_fact.h"
#include "allocation/house.h"

Status allocation_load(Turn *turn, AllocationHouse *house, const HeardFacts *facts, Standing **standing_out);

/* A piece of what a partition pays as PICs: at most `most` allocations that come after the cursor of another piece. */
typedef struct PicPiece {
    Allocations allocations;
    Bytes cursor; /* to go on with; empty after the last piece */
} PicPiece;

Status allocation_load_pics(Turn *turn, int16_t partition, Bytes cursor, size_t most, PicPiece *piece_out);

/* All allocations of the clients of some, which a standing of its own then knows. */
Status allocation_load_clients(Turn *turn, int16_t partition, Allocations some, Standing **standing_out);

/* All care of some clients of a partition, for who looks at it without a turn. */
typedef struct CareWanted {
    int16_t partition;
    const char *municipality; /* "" for all */
    const char *after;        /* the client where the piece before ended; "" for the first piece */
    size_t clients_max;
} CareWanted;

typedef struct CarePiece {
    const Allocation **list; /* as they are now, the allocations of a client together, in the order of their numbers */
    size_t count;
    const char *after; /* to go on with; "" after the last piece */
} CarePiece;

/* Into the standing, with trajectories and who has moved. All of it lives in the standing's arena. */
Status allocation_load_care(Database *database, const CareWanted *wanted, Standing *standing, CarePiece *piece_out);
