/*
 * Decision: what this house makes of one fact, and all that is to be kept of it.
 */
#pragma once

#include "allocation/core/allocation.h"
#include "base/arena.h"
#include "book/book.h"

typedef enum Judgement {
    JUDGEMENT_NONE, /* passed on as it came */
    JUDGEMENT_GRANTED,
    JUDGEMENT_REFUSED,
    JUDGEMENT_REFERRED,
    JUDGEMENT_CHANGED,
    JUDGEMENT_CONVERTED,
    JUDGEMENT_NOTED,
    JUDGEMENT_MATCHED,
    JUDGEMENT_REPRICED,
} Judgement;

/* Versions of allocations, in the order in which they are numbered. */
typedef struct Allocations {
    const Allocation *list;
    size_t count;
} Allocations;

/* A line of a declaration; without an allocation when it has none. */
typedef struct LineMatch {
    AllocationReason reason;
    const Allocation *allocation;
} LineMatch;

/* Earlier care that became known late would have given this allocation another cohort. Nothing flips: a person looks. */
typedef struct CohortDoubt {
    const Allocation *allocation;
    Cohort would_be;
} CohortDoubt;

typedef struct AllocationDecision {
    Judgement judgement;
    AllocationReason reason;
    const char *reference; /* of the request; "" when there is none */
    Day due;               /* when referred */

    const Trajectory *trajectory; /* of what begins; NULL when nothing does */
    bool trajectory_begins;
    Allocations ended; /* or changed under their own number */
    Allocations begun;
    bool counts_as_new; /* what begins counts against the contracts' ceilings */

    const char *joined_client; /* what changed is another's from now on; NULL when it is not */

    const RequestJudged *request; /* NULL when there is none to keep */
    const char *moved_client;     /* counts as new from moved_from on; NULL when nobody moved */
    Day moved_from;
    const Notice *notice; /* that fits; NULL when there is none */
    FactKind notice_kind;
    const Allocation *noted; /* that it belongs to */
    const CohortDoubt *doubts;
    size_t doubt_count;

    const char *asked;     /* the provider's reference of the request that is answered; "" when it asked nothing */
    Allocations unchanged; /* what else the client has here, now or to come */

    const LineMatch *lines; /* one for each of the declaration, in its order */
    size_t line_count;
} AllocationDecision;

static inline AllocationDecision refused(AllocationReason reason)
{
    return (AllocationDecision){.judgement = JUDGEMENT_REFUSED, .reason = reason, .reference = ""};
}
