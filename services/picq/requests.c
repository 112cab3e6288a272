#include "picq/requests.h"

static const Command COMMANDS[] = {
    {"list", "[--municipality CODE] [--json]", "Lists the requests that a person must judge.", picq_requests_list,
     NULL},
    {"grant", "REFERENCE --municipality CODE --provider AGB --reason TEXT",
     "Grants a request that a person must judge.", picq_requests_grant, NULL},
    {"refuse", "REFERENCE --municipality CODE --provider AGB --reason TEXT",
     "Refuses a request that a person must judge.", picq_requests_refuse, NULL},
};

const Commands picq_requests = {
    .name = "picq requests",
    .what = "requests for care that a person must judge",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};
