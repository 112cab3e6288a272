/*
 * Load: the standing of all that a batch names, in one round trip.
 */
#pragma once

#include "allocation/core/standing.h"
#include "allocation/hear_fact.h"
#include "allocation/house.h"

Status allocation_load(Turn *turn, AllocationHouse *house, const HeardFacts *facts, Standing **standing_out);
