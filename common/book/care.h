/*
 * Care: the words of the field that the book and every house share.
 *
 * The values are those of proto/care.proto, and where there is one the national code. 0 is
 * "not said" in all of them. Names are as in the neutral feed and in a book's files.
 */
#pragma once

#include "book/vocabulary.h"

#include <stdbool.h>
#include <stdint.h>

typedef enum Funding {
    FUNDING_PXQ = 1, /* price × quantity */
    FUNDING_PIC = 2, /* a fixed amount for a Profile-Intensity Combination */
} Funding;

typedef enum Content {
    CONTENT_NONE = 1, /* products only */
    CONTENT_PIC = 2,  /* a Profile-Intensity Combination with results to reach */
} Content;

typedef enum Cohort {
    COHORT_NEW = 1,
    COHORT_EXISTING = 2,
} Cohort;

typedef enum Unit {
    UNIT_MINUTE = 1,
    UNIT_HOUR = 4,
    UNIT_DAY = 14,      /* a day and a night */
    UNIT_DAY_PART = 16, /* four hours */
    UNIT_OUTPUT = 82,
    UNIT_EURO = 83, /* the volume is an amount in cents */
    UNIT_PIECE = 84,
} Unit;

typedef enum Frequency {
    FREQUENCY_PER_DAY = 1,
    FREQUENCY_PER_WEEK = 2,
    FREQUENCY_PER_MONTH = 4,
    FREQUENCY_IN_TOTAL = 6,
} Frequency;

typedef enum Referrer {
    REFERRER_MUNICIPALITY = 1,
    REFERRER_GP = 2,
    REFERRER_YOUTH_DOCTOR = 3,
    REFERRER_CERTIFIED_INSTITUTION = 4,
    REFERRER_SPECIALIST = 5,
    REFERRER_SELF = 6,
    REFERRER_JUDGE = 8,
} Referrer;

typedef enum StopReason {
    STOP_DEATH = 2,
    STOP_TEMPORARY = 20,
    STOP_AS_PLANNED = 31,
    STOP_EARLY_BY_CLIENT = 32,
    STOP_EARLY_BY_PROVIDER = 33,
    STOP_EARLY_IN_AGREEMENT = 34,
    STOP_EARLY_BY_CIRCUMSTANCE = 35,
    STOP_BY_MUNICIPALITY = 36,
    STOP_FOR_CHANGE_REQUEST = 37,
    STOP_OTHER_PROVIDER = 38,
    STOP_OTHER_LAW = 39,
} StopReason;

enum { STOP_REASONS = 40 }; /* room for a table with one entry for each */

/* A Profile-Intensity Combination, by the codes that the region's book gives them. */
typedef struct Pic {
    const char *profile;
    const char *intensity;
} Pic;

/* The names: "PXQ", "PER_WEEK". */
extern const Vocabulary care_fundings;
extern const Vocabulary care_contents;
extern const Vocabulary care_cohorts;
extern const Vocabulary care_units;
extern const Vocabulary care_frequencies;
extern const Vocabulary care_referrers;
extern const Vocabulary care_stop_reasons;

static inline const char *funding_name(Funding funding)
{
    return vocabulary_name(&care_fundings, (int)funding);
}

static inline const char *content_name(Content content)
{
    return vocabulary_name(&care_contents, (int)content);
}

static inline const char *cohort_name(Cohort cohort)
{
    return vocabulary_name(&care_cohorts, (int)cohort);
}

static inline const char *unit_name(Unit unit)
{
    return vocabulary_name(&care_units, (int)unit);
}

static inline const char *frequency_name(Frequency frequency)
{
    return vocabulary_name(&care_frequencies, (int)frequency);
}

static inline const char *referrer_name(Referrer referrer)
{
    return vocabulary_name(&care_referrers, (int)referrer);
}

static inline const char *stop_reason_name(StopReason reason)
{
    return vocabulary_name(&care_stop_reasons, (int)reason);
}
