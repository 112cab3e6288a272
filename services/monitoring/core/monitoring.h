/*
 * Monitoring: the nouns of what is observed and of what it adds up to.
 *
 * What is observed is one fact as billing passed it on. What is kept are increments: they stand
 * under the day on which they became known, so that what was known on any day can be asked
 * again. A client is a number made of its reference; a person is not known here.
 */
#pragma once

#include "base/bytes.h"
#include "base/day.h"
#include "base/money.h"
#include "book/care.h"
#include "book/worth.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A kind of care: what it holds and how it is paid are two facts. */
typedef struct Kind {
    const char *segment;
    Content content;
    Funding funding;
} Kind;

/* What became of a request, an allocation or the care of the old administration. */
#define MONITORING_VERDICTS(X)                                                  \
    X(GRANTED, "a request was granted")                                         \
    X(REFUSED, "a request was refused")                                         \
    X(REFERRED, "a person must judge a request")                                \
    X(CHANGED, "an allocation got another end or volume under its own number")  \
    X(CONVERTED, "an allocation was ended and begun anew under another number") \
    X(TAKEN_OVER, "care that was running in the old administration was taken over")

typedef enum Verdict {
#define MONITORING_VERDICT_VALUE(name, english) VERDICT_##name,
    MONITORING_VERDICTS(MONITORING_VERDICT_VALUE)
#undef MONITORING_VERDICT_VALUE
        VERDICT_COUNT,
} Verdict;

const char *verdict_name(Verdict verdict);

/* A number that stands for a client's reference, the same wherever it is met. */
int64_t client_number(const char *reference);

/* observed */

typedef struct AnsweredLine {
    int64_t client;
    Kind kind;
    Pic pic;                /* profile "": none */
    const char *trajectory; /* of care that has a PIC */
    Day first;              /* of the product period */
    bool approved;
    bool credit;
    Money amount;
    Money taken_back; /* by a credit: what corrections had added to its debet line */
    const char *code; /* when rejected */
    const char *reason;
} AnsweredLine;

typedef struct Answer {
    const char *code; /* of the declaration as a whole */
    Money submitted;
    const AnsweredLine *lines;
    size_t line_count;
} Answer;

/* What a book that changed prices afterwards adds for one kind of care in one month: lines where lines were made. */
typedef struct CorrectedSum {
    Kind kind;
    Pic pic;
    Day month; /* of service, its first day */
    int64_t debet_lines;
    Money debet;
    int64_t credit_lines;
    Money credit;
} CorrectedSum;

/* What it adds to the cost of one line's trajectory. */
typedef struct CorrectedLine {
    const char *trajectory; /* of care that has a PIC */
    Day month;              /* of service, its first day */
    Money difference;
} CorrectedLine;

/* A version of an allocation. */
typedef struct Running {
    const char *number;
    const char *trajectory;
    int64_t client;
    Kind kind;
    Pic pic;
    Cohort cohort; /* 0: taken over, nobody asked */
    Period period;
    bool removed;
    Money worth; /* of its first `worth_days` days; of a PIC and of a total, of all of them */
    int32_t worth_days;
} Running;

typedef struct Decided {
    Verdict verdict;
    const char *reason;
    size_t begun; /* allocations that are new */
} Decided;

/* What was told of a trajectory. */
typedef enum NotedWhat {
    NOTED_START,
    NOTED_STOP,
    NOTED_OUTCOME,
} NotedWhat;

/* The three national measures; 0 where nothing was answered. */
typedef struct Outcome {
    int32_t goal_reached; /* 1 no, 2 yes */
    int32_t dropped_out;  /* 1 no, 2 yes */
    int32_t satisfaction; /* 1 to 10 */
} Outcome;

typedef struct Noted {
    NotedWhat what;
    const char *trajectory;
    const char *allocation;
    Day day;
    StopReason reason; /* of a stop */
    Outcome outcome;
} Noted;

/* A request that a person must judge, or has judged. */
typedef struct Referral {
    const char *reference;
    bool done;
    Day due; /* unless it is done */
} Referral;

typedef struct Posting {
    const char *account;
    int32_t year;
    Money amount;
} Posting;

/* A client who turned out to be another. */
typedef struct Joined {
    int64_t client;
    int64_t into;
} Joined;

/* One fact; what it does not hold is NULL or none. */
typedef struct Observed {
    int16_t partition;
    int64_t position;
    Day known;
    const char *municipality;
    const char *provider;
    const Answer *answer;
    const Decided *decided;
    const Running *running; /* the versions that it made, in order */
    size_t running_count;
    const CorrectedSum *corrected;
    size_t corrected_count;
    const CorrectedLine *corrected_lines;
    size_t corrected_line_count;
    const Noted *noted;
    const Referral *referral;
    const Joined *joined;
    const Posting *postings;
    size_t posting_count;
} Observed;

/* kept: each table's key, then what is added under it */

typedef struct Place {
    int16_t partition;
    const char *municipality;
    const char *provider;
    Day known;
} Place;

typedef struct SpentRow {
    Place place;
    Kind kind;
    Pic pic;
    Day month; /* of service, its first day */
    int64_t debet_lines;
    Money debet;
    int64_t credit_lines;
    Money credit;
    Money corrected; /* of debet less credit: what books that changed prices made, and what credits took back of it */
} SpentRow;

/* Who is behind the lines that one declaration got approved in one month and kind. */
typedef struct CaredRow {
    Place place;
    int64_t position;
    Kind kind;
    Day month;
    Bytes clients;
} CaredRow;

/* Of several versions known on one day the last counts. */
typedef struct RunningRow {
    Place place;
    Running running;
    size_t order; /* in which the versions were observed */
    bool replaced;
    Day replaced_day; /* on which the next version became known */
} RunningRow;

/* A version kept before that another one replaces. */
typedef struct ReplacedRow {
    Place place;
    const char *number;
    Day replaced_day;
} ReplacedRow;

/* What is added to what is granted for the months of one year, of that what became known in one month. */
typedef struct GrantedRow {
    Place place; /* known: the first day of that month */
    int32_t year;
    Money months[12];
} GrantedRow;

/* All that a batch tells of one trajectory. */
typedef struct ToldRow {
    Place place; /* whichever of the days known */
    const char *trajectory;
    const char *segment; /* "" where none of it is an allocation */
    Pic pic;
    Bytes told;
} ToldRow;

/* A request that came to a person, or that a person has judged, or both. */
typedef struct ReferredRow {
    Place place; /* known: when it came, or else when it was judged */
    const char *reference;
    bool came;
    Day due; /* when it came */
    bool done;
    Day done_day;
} ReferredRow;

typedef struct DecidedRow {
    Place place;
    Verdict verdict;
    const char *reason;
    int64_t facts;
    int64_t allocations;
} DecidedRow;

typedef struct RejectedRow {
    Place place;
    const char *code;
    const char *reason;
    int64_t lines;
} RejectedRow;

typedef struct AnsweredRow {
    Place place;
    const char *code;
    int64_t declarations;
    Money submitted;
    Money approved;
} AnsweredRow;

typedef struct JoinedRow {
    Place place;
    Joined joined;
} JoinedRow;

typedef struct PostedRow {
    Place place;
    const char *account;
    int32_t year;
    Money amount;
} PostedRow;
