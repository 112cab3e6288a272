/*
 * Facts: one batch on its way through the five verbs.
 */
#pragma once

#include "billing/core/standing.h"
#include "service/turn.h"

struct Intake__BookPublished;

typedef struct HeardFact {
    const Heard *heard;
    Fact fact;
    const struct Intake__BookPublished *book; /* a book to put on the shelf, heard alone; NULL for every other fact */
} HeardFact;

typedef struct Facts {
    HeardFact *list;
    size_t count;
    bool waits; /* the message after the last one has a meaning that this program does not know */
    Standing *standing;
} Facts;

typedef struct Decisions {
    const Facts *facts;
    BillingDecision *list; /* one for each fact */
} Decisions;
