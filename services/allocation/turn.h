/*
 * Turn: the five verbs in order.
 */
#pragma once

#include "service/turn.h"

/* The turn's house is an AllocationHouse. */
Status allocation_turn(Turn *turn, Batch batch);
