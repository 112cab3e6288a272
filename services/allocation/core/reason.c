#include "allocation/core/reason.h"

#include <string.h>

/* clang-format off */
static const struct {
    const char *name;
    Verdict verdict;
    const char *code;
    const char *english;
    const char *dutch;
} REASONS[] = {
    {"", VERDICT_GRANTS, "", "", ""},
#define REASON(name, verdict, code, english, dutch) {#name, VERDICT_##verdict, code, english, dutch},
    ALLOCATION_REASONS(REASON)
#undef REASON
};
/* clang-format on */

const char *allocation_reason_name(AllocationReason reason)
{
    return REASONS[reason].name;
}

const char *allocation_reason_code(AllocationReason reason)
{
    return REASONS[reason].code;
}

const char *allocation_reason_english(AllocationReason reason)
{
    return REASONS[reason].english;
}

const char *allocation_reason_dutch(AllocationReason reason)
{
    return REASONS[reason].dutch;
}

Verdict allocation_reason_verdict(AllocationReason reason)
{
    return REASONS[reason].verdict;
}

AllocationReason allocation_reason_named(const char *name)
{
    for (AllocationReason reason = ALLOCATION_FITS + 1; reason < ALLOCATION_REASON_COUNT; reason++)
        if (strcmp(REASONS[reason].name, name) == 0)
            return reason;
    return ALLOCATION_FITS;
}
