#include "intake/core/reason.h"

#include <string.h>

static const struct {
    const char *name;
    const char *english;
    const char *dutch;
} REASONS[] = {
#define X(NAME, ENGLISH, DUTCH) {#NAME, ENGLISH, DUTCH},
    INTAKE_REASONS(X)
#undef X
};

const char *intake_reason_name(IntakeReason reason)
{
    return REASONS[reason].name;
}

const char *intake_reason_english(IntakeReason reason)
{
    return REASONS[reason].english;
}

const char *intake_reason_dutch(IntakeReason reason)
{
    return REASONS[reason].dutch;
}

bool intake_reason_read(const char *name, IntakeReason *reason_out)
{
    for (int reason = 0; reason < INTAKE_REASON_COUNT; reason++) {
        if (strcmp(REASONS[reason].name, name) == 0) {
            *reason_out = (IntakeReason)reason;
            return true;
        }
    }
    return false;
}

const char *refusal_sentence(Arena *arena, const Refusal *refusal)
{
    bool has_path = refusal->path && *refusal->path;
    bool has_detail = refusal->detail && *refusal->detail;
    return arena_format(arena, "%s%s%s%s%s.", has_path ? refusal->path : "", has_path ? ": " : "",
                        intake_reason_dutch(refusal->reason), has_detail ? " " : "", has_detail ? refusal->detail : "");
}
