/*
 * Hear: lines of senders as nouns.
 */
#pragma once

#include "intake/core/docket.h"
#include "intake/hear_national.h"
#include "intake/house.h"
#include "service/turn.h"

/* One line or national message, under the key that the connection showed. */
typedef struct Knock {
    const char *key;
    uint64_t number; /* of its session, for the receipt */
    Bytes line;
    bool is_national; /* a file, and no line */
    bool not_kept;    /* it was tried alone, and the tables do not take it */
} Knock;

/*
 * Puts what was said into the docket, after its senders were loaded. Gives how many lines were
 * heard: a book that is approved changes what follows, so it ends the batch; what changes who is
 * whom is a batch of its own. `nationals` has what was read of those that are national, and NULL for lines.
 */
size_t intake_hear(Turn *turn, Docket *docket, const Knock *knocks, const HeardNational *const *nationals,
                   size_t count);

/* The new day as the house itself says it. */
void intake_hear_clock(Turn *turn, Docket *docket, Day today);

/* That persons are forgotten who are due today, once a day. */
void intake_hear_forgetting(Turn *turn, Docket *docket, Day today);

/* Puts published books on the house's shelf, in order. */
Status intake_hear_books(Turn *turn, PublishedBooks books);
