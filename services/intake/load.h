/*
 * Load: what is known of all that a docket names.
 */
#pragma once

#include "intake/core/docket.h"
#include "intake/house.h"
#include "service/turn.h"

/* Who the senders are, from number `first` on. */
Status intake_load_senders(Turn *turn, Docket *docket, size_t first);

/* The rest, in one round trip (two when allocations are asked about), once the heads of the docket's partitions are held. */
Status intake_load(Turn *turn, Docket *docket);

/* The calendar and the newest book alone. */
Status intake_load_standing(Turn *turn, Docket *docket);

/* Every key that may knock. */
Status intake_load_keys(Turn *turn, const char *const **keys_out, size_t *count_out);

/* The books that were published after those that the house knows. */
Status intake_load_books(Turn *turn, PublishedBooks *books_out);
