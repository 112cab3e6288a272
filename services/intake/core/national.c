#include "intake/core/national.h"

/* A client whom nobody knows has no allocation that a start or a stop could belong to. */
static const char *code_of_unknown_client(FactKind kind)
{
    return kind == FACT_START || kind == FACT_STOP ? "9019" : "8187";
}

const char *national_code(const Admission *admission)
{
    const Submission *said = admission->said;
    IntakeReason reason = admission->refusal.reason;
    if (reason == INTAKE_NATIONAL_BROKEN)
        return said->national->faults[0].return_code;
    if (reason == INTAKE_ID_HAS_OTHER_CONTENT)
        return "9056";
    if (reason == INTAKE_CLIENT_UNKNOWN)
        return code_of_unknown_client(said->kind);
    if (reason == INTAKE_DATED_AHEAD)
        return "8848";
    if (reason == INTAKE_MUNICIPALITY_UNKNOWN)
        return "S300";
    if (reason == INTAKE_PRODUCT_UNKNOWN)
        return "S329";
    return "";
}

bool national_is_whole(const Admission *admission)
{
    IntakeReason reason = admission->refusal.reason;
    return reason != INTAKE_CLIENT_UNKNOWN && reason != INTAKE_PRODUCT_UNKNOWN;
}
