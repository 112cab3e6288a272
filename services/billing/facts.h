/*
 * Facts: one batch on its way through the five verbs.
 */
#pragma once

#include "billing/core/standing.h"
#include "service/turn.h"

struct Intake__BookPublished;

/* That a year is closed, or opened again. */
typedef struct YearDecision {
    int32_t year; /* 0: none was decided */
    bool closed;
    const char *reason;
    const char *proposed_by;
    const char *approved_by;
} YearDecision;

typedef struct HeardFact {
    const Heard *heard;
    Fact fact;
    const struct Intake__BookPublished *book; /* a book to put on the shelf, heard alone; NULL for every other fact */
    YearDecision decided;                     /* heard alone, too */
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
