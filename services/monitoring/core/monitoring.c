#include "monitoring/core/monitoring.h"

#include "base/digest.h"

#include <string.h>

static const char *const VERDICT_NAMES[] = {
#define MONITORING_VERDICT_NAME(name, english) [VERDICT_##name] = #name,
    MONITORING_VERDICTS(MONITORING_VERDICT_NAME)
#undef MONITORING_VERDICT_NAME
};

const char *verdict_name(Verdict verdict)
{
    return VERDICT_NAMES[verdict];
}

int64_t client_number(const char *reference)
{
    Digest digest = digest_of((Bytes){(const uint8_t *)reference, strlen(reference)});
    int64_t number;
    memcpy(&number, digest.bytes, sizeof number);
    return number;
}
