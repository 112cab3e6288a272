/*
 * Turn: the five verbs in order.
 */
#pragma once

#include "service/turn.h"

/* What this house keeps between turns is the library of its books. */
Status allocation_turn(Turn *turn, Batch batch);
