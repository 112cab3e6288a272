/*
 * Hear nationals: what the reader makes of national messages, before a transaction begins.
 */
#pragma once

#include "intake/core/intake.h"
#include "intake/house.h"
#include "service/turn.h"

/* One fact of it: as of the neutral feed, and what of the message it is. */
typedef struct NationalFact {
    const char *path;
    const void *message;
} NationalFact;

typedef struct HeardNational {
    National national;
    IntakeReason reason; /* why it can't be read; INTAKE_ADMITTED: it can */
    const NationalFact *facts;
    size_t fact_count;
} HeardNational;

/* Asks the reader. Never NULL. */
const HeardNational *intake_hear_national(Turn *turn, Bytes file);

/*
 * The return message that refuses a national message as a whole, in the arena: "" where the standard has none for it. It is
 * asked for when the code and the day are known.
 */
const char *intake_hear_return(Turn *turn, const National *national, const char *code, Day day);
