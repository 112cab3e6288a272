/*
 * Keep: what was decided at the door, into the tables.
 */
#pragma once

#include "intake/core/docket.h"
#include "intake/house.h"
#include "service/turn.h"

/*
 * STATUS_SET_ASIDE, a broken rule of the tables, is also what comes out when another replica kept
 * one of these ids or persons since the docket was loaded: taken again, the batch finds it there.
 */
Status intake_keep(Turn *turn, const Docket *docket, const Admission *admissions);

/* The operators whose keys stand with the installation, and no others. */
Status intake_keep_operators(Turn *turn, const Sender *operators, size_t count);
