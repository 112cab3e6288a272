/*
 * Hear: from what billing passed on to what is observed of it.
 */
#pragma once

#include "monitoring/core/monitoring.h"
#include "service/turn.h"

/*
 * One Observed for each message that is taken. A meaning that this program does not know ends
 * the batch before it: it waits for the upgrade. A book is kept in the library right away.
 */
Status monitoring_hear(Turn *turn, Batch batch, Observed **observed_out, size_t *count_out);
