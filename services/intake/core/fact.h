/*
 * Fact: what can be said at the door, and by whom, about whom and to whom.
 */
#pragma once

#include <stdbool.h>

typedef enum Speaker {
    SPEAKER_PROVIDER,
    SPEAKER_OPERATOR,
} Speaker;

/* Where the fact goes. */
typedef enum Reach {
    REACH_CONVERSATION, /* to the partition of its municipality and provider */
    REACH_EVERYONE,     /* to every partition */
    REACH_CLIENT,       /* to every conversation in which the client has allocations */
    REACH_INTAKE,       /* no further */
} Reach;

/* Whom the fact is about. */
typedef enum About {
    ABOUT_NOBODY,
    ABOUT_A_NEWCOMER,    /* a client who comes into being by it, when not known yet */
    ABOUT_A_CLIENT,      /* one who must be known */
    ABOUT_CLIENTS,       /* several; one who is not known is nobody of ours */
    ABOUT_AN_ALLOCATION, /* its client, when intake knows who that is */
} About;

/* fact, who says it, where it goes, about whom, and where in the message its particulars stand */
#define INTAKE_FACTS(X)                                                             \
    X(ALLOCATION_REQUEST, PROVIDER, CONVERSATION, A_NEWCOMER, "allocation_request") \
    X(CHANGE_REQUEST, PROVIDER, CONVERSATION, A_CLIENT, "change_request")           \
    X(START, PROVIDER, CONVERSATION, A_CLIENT, "start")                             \
    X(STOP, PROVIDER, CONVERSATION, A_CLIENT, "stop")                               \
    X(DECLARATION, PROVIDER, CONVERSATION, CLIENTS, "declaration")                  \
    X(OUTCOME, PROVIDER, CONVERSATION, A_CLIENT, "outcome")                         \
    X(NEW_DAY, OPERATOR, EVERYONE, NOBODY, "new_day")                               \
    X(BOOK_PROPOSED, OPERATOR, INTAKE, NOBODY, "book_proposed")                     \
    X(BOOK_APPROVED, OPERATOR, EVERYONE, NOBODY, "book_approved")                   \
    X(CARE_TAKEN_OVER, OPERATOR, CONVERSATION, A_NEWCOMER, "care_taken_over")       \
    X(CARE_GRANTED, OPERATOR, CONVERSATION, A_NEWCOMER, "care_granted.request")     \
    X(REQUEST_GRANTED, OPERATOR, CONVERSATION, NOBODY, "request_granted")           \
    X(REQUEST_REFUSED, OPERATOR, CONVERSATION, NOBODY, "request_refused")           \
    X(CONVERSION, OPERATOR, CONVERSATION, AN_ALLOCATION, "conversion")              \
    X(PAYMENT_MADE, OPERATOR, CONVERSATION, NOBODY, "payment_made")                 \
    X(SET_ASIDE_RETRIED, OPERATOR, CONVERSATION, NOBODY, "set_aside_retried")       \
    X(SET_ASIDE_DROPPED, OPERATOR, CONVERSATION, NOBODY, "set_aside_dropped")       \
    X(ALLOCATION_ENDED, OPERATOR, CONVERSATION, AN_ALLOCATION, "allocation_ended")  \
    X(CARE_MOVED, OPERATOR, CONVERSATION, AN_ALLOCATION, "care_moved")              \
    X(CLIENT_DIED, OPERATOR, CLIENT, A_CLIENT, "client_died")                       \
    X(BSN_CORRECTED, OPERATOR, CLIENT, A_CLIENT, "bsn_corrected")                   \
    X(CASE_CLOSED, OPERATOR, INTAKE, NOBODY, "case_closed")                         \
    X(YEAR_PROPOSED, OPERATOR, INTAKE, NOBODY, "year_proposed")                     \
    X(YEAR_APPROVED, OPERATOR, EVERYONE, NOBODY, "year_approved")                   \
    X(PAYMENT_APPROVED, OPERATOR, CONVERSATION, NOBODY, "payment_approved")         \
    X(PERSONS_FORGOTTEN, OPERATOR, INTAKE, NOBODY, "persons_forgotten")             \
    X(KEY_GIVEN, OPERATOR, INTAKE, NOBODY, "key_given")                             \
    X(KEY_REVOKED, OPERATOR, INTAKE, NOBODY, "key_revoked")

typedef enum FactKind {
#define X(NAME, SPEAKER, REACH, ABOUT, WHERE) FACT_##NAME,
    INTAKE_FACTS(X)
#undef X
        FACT_KIND_COUNT
} FactKind;

typedef struct Fact {
    const char *name; /* as in a log line, ALLOCATION_REQUEST */
    Speaker speaker;
    Reach reach;
    About about;
    const char *where;
} Fact;

const Fact *fact_of(FactKind kind);
