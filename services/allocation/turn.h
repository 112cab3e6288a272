/*
 * Turn: the five verbs in order.
 */
#pragma once

#include "service/turn.h"

/* The turn's house begins with an AllocationHouse. */
Status allocation_turn(Turn *turn, Batch batch);
