/*
 * Case: care that goes from one conversation to another, and what concerns a client in several.
 *
 * Grant first: the new conversation is asked, and when it answers that the care is granted, the
 * old one is told to end it the day before. So no day of care is without an allocation, and a
 * half that is left open is one day too many, never one too few. A death, or a client who turns
 * out to be another, is said in each conversation at once, and each answers for itself.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "book/care.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where something is said. */
typedef struct Place {
    const char *conversation;
    const char *municipality;
    const char *provider;
    int16_t partition;
} Place;

typedef struct CareProduct {
    const char *category;
    const char *code;
    int64_t volume;
    Unit unit;
    Frequency frequency;
} CareProduct;

/* An allocation as it was last answered. */
typedef struct AnsweredAllocation {
    Place place;
    const char *number;
    const char *reference;
    const char *trajectory;
    const char *segment;
    Pic pic;
    Funding funding;
    CareProduct product;
    Period period;
    bool removed;
    Referrer referrer;
    const char *results; /* a line each; NULL in an answer that does not say them */
} AnsweredAllocation;

/* A trajectory as it was last answered. */
typedef struct AnsweredCare {
    const AnsweredAllocation *list; /* the one that was named, and those of its trajectory */
    size_t count;
    const AnsweredAllocation *named; /* NULL when no such allocation was answered */
    bool has_case;                   /* one that is under way, or of which the end is open */
} AnsweredCare;

/* What of it would go on somewhere else. */
typedef struct CareToGo {
    const char *segment;
    Cohort cohort; /* 0: as the care periods say */
    Pic pic;
    const char *const *results;
    size_t result_count;
    Referrer referrer;
    Period period;
    const CareProduct *products;
    size_t product_count;
} CareToGo;

/* What is left of the care from the day on. A total over days that are gone in part is left out: nobody guesses. */
CareToGo case_care(Arena *arena, const AnsweredCare *care, Day day);

typedef enum CaseKind {
    CASE_MOVE = 1,
    CASE_DEATH = 2,
    CASE_JOIN = 3,
} CaseKind;

/* state, name as it is shown, sentence */
#define CASE_STATES(X)                                                         \
    X(1, GRANTING, "the new conversation was asked to grant the care")         \
    X(2, ENDING, "the conversation was told, and has not answered yet")        \
    X(3, CLOSED, "nothing is left to do")                                      \
    X(4, NOT_GRANTED, "the care was not granted there, and goes on as it was") \
    X(5, NOT_ENDED, "the care was granted there, and has not ended here")

typedef enum CaseState {
#define X(value, name, sentence) CASE_##name = (value),
    CASE_STATES(X)
#undef X
} CaseState;

const char *case_state_name(CaseState state);
const char *case_state_sentence(CaseState state);
const char *case_kind_name(CaseKind kind);

typedef struct LinkedCase {
    const char *id; /* of the fact that opened it */
    const char *owner;
    const char *sent_id;
    CaseKind kind;
    const char *reference;
    const char *into; /* of a join; "" for the other kinds */
    Place from;
    const char *allocation; /* "" when it concerns all of the client */
    Place to;               /* of a move */
    Day day;                /* the first one there, or that of the death */
    const char *consent;
    Day opened;
    CaseState state;
    const char *why;
    const char *waits_for;
} LinkedCase;

/* What a conversation answered to a half of a case. */
typedef enum CaseWord {
    CASE_WORD_GRANTED,
    CASE_WORD_CHANGED,
    CASE_WORD_REFUSED,
} CaseWord;

/* The case goes on; true when its end is to be said now. `nothing_changes`: refused, since it had ended by then. */
bool case_answered(LinkedCase *linked, CaseWord word, const char *why, bool nothing_changes);

/* An allocation of which the end was left open has ended after all, whoever said so. */
void case_ended(LinkedCase *linked, const AnsweredAllocation *allocation);

/* Whether this is the same municipality, and only another provider. */
bool case_stays_in_municipality(const LinkedCase *linked);

/* What was found out of a client; what is "" or 0 was not. */
typedef struct ClientFate {
    const char *reference;
    const char *into;
    bool died;
    Day died_on;
} ClientFate;

typedef enum FateWord {
    FATE_SILENT,
    FATE_SAYS_JOINED,
    FATE_SAYS_DIED,
} FateWord;

/* What must be said again after an answer that speaks of a client of this fate. */
FateWord case_fate(const ClientFate *fate, const AnsweredAllocation *allocation);
