/*
 * News: what the answers of a batch tell of allocations, cases and clients, and what follows.
 */
#pragma once

#include "intake/core/case.h"
#include "intake/core/index.h"

/* The message that holds the answer, and whose fact it answers. */
typedef struct NewsOrigin {
    const char *id;
    const char *owner;
    const char *sent_id;
} NewsOrigin;

/* An allocation as this answer has it. */
typedef struct NewsAllocation {
    const NewsOrigin *origin;
    AnsweredAllocation answered;
    bool begins; /* under a number of its own */
} NewsAllocation;

/* An answer to what may be a half of a case. */
typedef struct NewsAnswer {
    const NewsOrigin *origin;
    const char *about; /* id of the fact that is answered */
    CaseWord word;
    const char *why;
    bool nothing_changes; /* refused, since it had ended by then */
} NewsAnswer;

typedef struct CaseNews {
    NewsAllocation *allocations; /* in the order in which they were answered */
    size_t allocation_count;
    NewsAnswer *answers;
    size_t answer_count;

    /* as known */
    Index *fates;   /* of ClientFate, by reference */
    Index *waiting; /* of LinkedCase, by the fact whose answer it waits for */
    LinkedCase *unended;
    size_t unended_count;
} CaseNews;

typedef enum CaseSayingKind {
    CASE_SAYS_END,
    CASE_SAYS_JOINED,
    CASE_SAYS_DIED,
} CaseSayingKind;

/* One fact that is said because of an answer. */
typedef struct CaseSaying {
    const NewsOrigin *origin;
    CaseSayingKind kind;
    const char *id; /* tells its history: that of the answer, with /intake.1 behind it */
    Place place;
    const LinkedCase *linked; /* whose end it is */
    const char *reference;
    const char *into;
    Day day;
} CaseSaying;

typedef struct CaseOutcome {
    CaseSaying *sayings; /* in the order of the answers */
    size_t saying_count;
    const LinkedCase **changed;
    size_t changed_count;
} CaseOutcome;

/* What follows from the news: cases go on, and what an answer has otherwise than it was found out is said again. */
CaseOutcome news_decide(Arena *arena, CaseNews *news);
