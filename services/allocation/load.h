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
