#include "book/care.h"

#include <stddef.h>
#include <string.h>

typedef struct Name {
    int value;
    const char *name;
} Name;

static const Name FUNDINGS[] = {{FUNDING_PXQ, "PXQ"}, {FUNDING_PIC, "PIC"}};

static const Name CONTENTS[] = {{CONTENT_NONE, "NONE"}, {CONTENT_PIC, "PIC"}};

static const Name COHORTS[] = {{COHORT_NEW, "NEW"}, {COHORT_EXISTING, "EXISTING"}};

static const Name UNITS[] = {
    {UNIT_MINUTE, "MINUTE"}, {UNIT_HOUR, "HOUR"}, {UNIT_DAY, "DAY"},     {UNIT_DAY_PART, "DAY_PART"},
    {UNIT_OUTPUT, "OUTPUT"}, {UNIT_EURO, "EURO"}, {UNIT_PIECE, "PIECE"},
};

static const Name FREQUENCIES[] = {
    {FREQUENCY_PER_DAY, "PER_DAY"},
    {FREQUENCY_PER_WEEK, "PER_WEEK"},
    {FREQUENCY_PER_MONTH, "PER_MONTH"},
    {FREQUENCY_IN_TOTAL, "IN_TOTAL"},
};

static const Name REFERRERS[] = {
    {REFERRER_MUNICIPALITY, "MUNICIPALITY"},
    {REFERRER_GP, "GP"},
    {REFERRER_YOUTH_DOCTOR, "YOUTH_DOCTOR"},
    {REFERRER_CERTIFIED_INSTITUTION, "CERTIFIED_INSTITUTION"},
    {REFERRER_SPECIALIST, "SPECIALIST"},
    {REFERRER_SELF, "SELF"},
    {REFERRER_JUDGE, "JUDGE"},
};

static const Name STOP_REASONS_NAMED[] = {
    {STOP_DEATH, "DEATH"},
    {STOP_TEMPORARY, "TEMPORARY"},
    {STOP_AS_PLANNED, "AS_PLANNED"},
    {STOP_EARLY_BY_CLIENT, "EARLY_BY_CLIENT"},
    {STOP_EARLY_BY_PROVIDER, "EARLY_BY_PROVIDER"},
    {STOP_EARLY_IN_AGREEMENT, "EARLY_IN_AGREEMENT"},
    {STOP_EARLY_BY_CIRCUMSTANCE, "EARLY_BY_CIRCUMSTANCE"},
    {STOP_BY_MUNICIPALITY, "BY_MUNICIPALITY"},
    {STOP_FOR_CHANGE_REQUEST, "FOR_CHANGE_REQUEST"},
    {STOP_OTHER_PROVIDER, "OTHER_PROVIDER"},
    {STOP_OTHER_LAW, "OTHER_LAW"},
};

static const char *name_of(const Name *names, size_t count, int value)
{
    for (size_t i = 0; i < count; i++)
        if (names[i].value == value)
            return names[i].name;
    return NULL;
}

static int value_of(const Name *names, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i].name, name) == 0)
            return names[i].value;
    return 0;
}

#define BOTH_WAYS(Type, room, NAMES)                                                \
    const char *room##_name(Type value)                                             \
    {                                                                               \
        return name_of(NAMES, sizeof NAMES / sizeof *NAMES, (int)value);            \
    }                                                                               \
    Type room##_named(const char *name)                                             \
    {                                                                               \
        return (Type)value_of(NAMES, sizeof NAMES / sizeof *NAMES, name);           \
    }

BOTH_WAYS(Funding, funding, FUNDINGS)
BOTH_WAYS(Content, content, CONTENTS)
BOTH_WAYS(Cohort, cohort, COHORTS)
BOTH_WAYS(Unit, unit, UNITS)
BOTH_WAYS(Frequency, frequency, FREQUENCIES)
BOTH_WAYS(Referrer, referrer, REFERRERS)
BOTH_WAYS(StopReason, stop_reason, STOP_REASONS_NAMED)
