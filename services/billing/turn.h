/*
 * Turn: one batch of facts, judged and passed on.
 */
#pragma once

#include "service/turn.h"

/* The house of its turns is a House. */
Status billing_turn(Turn *turn, Batch batch);
