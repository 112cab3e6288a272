/*
 * Allocation: the nouns of this house.
 *
 * Strings are borrowed and never NULL; an empty one means that nothing was said. What the
 * shell hears becomes a CareFact, what it loads becomes a Standing, and what the core makes
 * of the two is an AllocationDecision.
 */
#pragma once

#include "allocation/core/reason.h"
#include "base/day.h"
#include "book/care.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One municipality with one provider: nothing that is decided reaches beyond it. */
typedef struct Conversation {
    int16_t partition;
    const char *municipality;
    const char *provider;
} Conversation;

typedef struct Client {
    const char *reference;
    int32_t age_first; /* in whole years, on the first day asked */
    int32_t age_last;  /* and on the last */
    const Period *care_periods;
    size_t care_period_count;
} Client;

/* What is asked or granted of one product. A volume below 1, a unit or a frequency of 0 was not said. */
typedef struct AllocatedProduct {
    const char *category;
    const char *code;
    int64_t volume;
    Unit unit;
    Frequency frequency;
} AllocatedProduct;

typedef struct AllocatedProducts {
    const AllocatedProduct *list;
    size_t count;
} AllocatedProducts;

typedef struct Results {
    const char *const *list;
    size_t count;
} Results;

/* Why an allocation changed: the national codes. */
typedef enum ChangeReason {
    CHANGE_NONE = 0,
    CHANGE_DEATH = 2,
    CHANGE_CONTRACT = 3,
    CHANGE_EXTENDED = 4,
    CHANGE_SHORTENED = 5,
    CHANGE_OTHER_LAW = 6,
    CHANGE_MOVED = 7,
    CHANGE_DELIVERY = 8,
    CHANGE_OTHER_PROVIDER = 9,
    CHANGE_NEW_FUNDING = 10,
    CHANGE_BY_PROVIDER = 12,
    CHANGE_REMOVED = 13,
    CHANGE_ADMINISTRATIVE = 14,
} ChangeReason;

/* One client's help, with the results to reach. Its period is that of its allocations. */
typedef struct Trajectory {
    const char *id;
    const char *client;
    const char *segment;
    Content content;
    Pic pic;
    Results results;
} Trajectory;

/* A right to deliver and be paid. What changes is a new version under the same number. */
typedef struct Allocation {
    const char *number;
    int32_t version; /* from 1 */
    const char *provider;
    const char *municipality;
    const char *client;
    const char *trajectory;
    const char *segment;
    Pic pic; /* of the trajectory */
    Funding funding;
    Cohort cohort; /* 0: taken over, nobody asked */
    AllocatedProduct product;
    Period period;        /* an open end is DAY_LAST */
    const char *contract; /* that covers its first day */
    Referrer referrer;
    int32_t book; /* the newest one it was decided under */
    Day known;
    bool taken_over;
    bool removed;
    ChangeReason change;
} Allocation;

/* what is heard */

/* Care that the old administration hands over. */
typedef struct TakeOver {
    Client client;
    const char *allocation;
    const char *segment;
    Pic pic;
    Results results;
    Period period;
    AllocatedProduct product;
    Referrer referrer;
} TakeOver;

typedef struct CareRequest {
    const char *reference;
    Client client;
    Referrer referrer;
    const char *decision; /* of the municipality, when it refers */
    const char *segment;
    Pic pic;
    Results results;
    Period period;
    AllocatedProducts products;
    const char *granted_by; /* the operator, when no provider asked */
    bool goes_on;           /* from another conversation: no ceiling stops it */
    Cohort cohort;          /* of its client; 0: as the care periods say */
} CareRequest;

/* Another end or another volume of what is allocated; what was not said stays as it is. */
typedef struct ChangeRequest {
    const char *reference;
    Client client;
    const char *allocation;
    bool ends; /* last_day was said */
    Day last_day;
    AllocatedProduct product; /* each field of it stays as it is where it was not said */
    bool begins;              /* first_day was said */
    Day first_day;
} ChangeRequest;

/* A person's word about a request, with what the request lacked. */
typedef struct RequestWord {
    const char *reference;
    Pic pic;
    Results results;
    AllocatedProducts products;
} RequestWord;

typedef struct Conversion {
    Client client; /* without a reference when intake does not know whose allocation it is */
    const char *allocation;
    Day day; /* the first under the new funding */
    Pic pic;
    Results results;
    AllocatedProducts products;
    const char *consent; /* of the provider, when care of the past changes */
} Conversion;

typedef struct EndSaid {
    const char *client; /* empty when intake does not know whose allocation it is */
    const char *allocation;
    Day last_day;
    ChangeReason reason;
    const char *consent;   /* of the provider, when care of the past ends */
    bool whole_trajectory; /* that the allocation belongs to */
    Day said;              /* on which a person said so; 0: on the day that it is known */
} EndSaid;

typedef struct Death {
    const char *client;
    Day day;
} Death;

/* Two references of one person. */
typedef struct Joining {
    const char *from;
    const char *into;
} Joining;

/* A start, a stop or an outcome of an allocation. */
typedef struct Notice {
    const char *client;
    const char *allocation;
    Day day;
    StopReason stop;
} Notice;

typedef struct DeclaredLine {
    const char *client; /* empty: nobody of ours */
    const char *allocation;
    const char *category;
    const char *code;
    Period period;
    Unit unit;
    bool credit;
} DeclaredLine;

typedef struct Declaration {
    Period month;
    const DeclaredLine *lines; /* over all clients, in order */
    size_t line_count;
} Declaration;

typedef enum FactKind {
    FACT_PASSED_ON, /* nothing to judge: the next house may want it */
    FACT_TAKE_OVER,
    FACT_CARE_REQUEST,
    FACT_CHANGE_REQUEST,
    FACT_REQUEST_GRANTED,
    FACT_REQUEST_REFUSED,
    FACT_CONVERSION,
    FACT_START,
    FACT_STOP,
    FACT_OUTCOME,
    FACT_DECLARATION,
    FACT_ENDING,
    FACT_DEATH,
    FACT_JOINING,
} FactKind;

typedef struct CareFact {
    FactKind kind;
    Conversation conversation;
    Day known;
    union {
        TakeOver take_over;
        CareRequest care_request;
        ChangeRequest change_request;
        RequestWord word;
        Conversion conversion;
        Notice notice;
        Declaration declaration;
        EndSaid ending;
        Death death;
        Joining joining;
    };
} CareFact;

/* The worklist: a request that was judged, or waits for a person. */
typedef enum RequestState {
    REQUEST_PENDING = 1,
    REQUEST_GRANTED = 2,
    REQUEST_REFUSED = 3,
} RequestState;

typedef struct RequestJudged {
    const char *reference;
    int32_t version; /* from 1 */
    const char *client;
    RequestState state;
    AllocationReason reason;
    Day due;              /* while pending */
    const CareFact *fact; /* as it was asked: judged again when a person has spoken */
} RequestJudged;
