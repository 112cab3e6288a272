/*
 * Aside: messages that cannot be handled, and what people decide of them.
 *
 * What is put aside takes only itself out of the stream. Its bytes and the reason are kept, and
 * the street is told in its place, so that the sender hears that somebody looks at it.
 */
#pragma once

#include "service/turn.h"

#define ASIDE_TYPE "street.SetAside"
#define ASIDE_RETRIED "street.Retried"
#define ASIDE_DROPPED "street.Dropped"

/* Keeps the message and says in its place that it was put aside. `reason` holds none of its data. */
Status aside_put(Turn *turn, const char *house, const Heard *heard, const char *reason);

/* Whether this is a word of the street itself, which the loop handles one by one. */
bool aside_is_word(const Heard *heard);

/*
 * A person's decision on a message put aside. `for_us` is false when it is for another house,
 * `found` when nothing of that id waits here. `again` is the message to handle once more: as it
 * was heard, but known only now and under the id of the decision, since what was owed as known
 * on an earlier day has been answered already.
 */
typedef struct AsideDecision {
    bool for_us;
    bool found;
    bool retried;
    Heard again;
} AsideDecision;

Status aside_decision(Turn *turn, const char *house, const Heard *heard, AsideDecision *decision_out);
