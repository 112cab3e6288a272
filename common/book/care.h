/*
 * Care: the words of the field that the book and every house share.
 *
 * The values are those of proto/care.proto, and where there is one the national code. 0 is
 * "not said" in all of them. Names are as in the neutral feed and in a book's files.
 */
#pragma once

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

/* "PXQ", "PER_WEEK": NULL when the value is none of the list. */
const char *funding_name(Funding funding);
const char *content_name(Content content);
const char *cohort_name(Cohort cohort);
const char *unit_name(Unit unit);
const char *frequency_name(Frequency frequency);
const char *referrer_name(Referrer referrer);
const char *stop_reason_name(StopReason reason);

/* The other way round: 0 when the name is none of the list. */
Funding funding_named(const char *name);
Content content_named(const char *name);
Cohort cohort_named(const char *name);
Unit unit_named(const char *name);
Frequency frequency_named(const char *name);
Referrer referrer_named(const char *name);
StopReason stop_reason_named(const char *name);
