#include "picq/requests.h"

static const Command COMMANDS[] = {
    {"list", "[--municipality CODE] [--json]", "Lists the requests that a person must judge.", picq_requests_list},
    {"grant", "REFERENCE --municipality CODE --provider AGB --reason TEXT",
     "Grants a request that a person must judge.", picq_requests_grant},
    {"refuse", "REFERENCE --municipality CODE --provider AGB --reason TEXT",
     "Refuses a request that a person must judge.", picq_requests_refuse},
};

static const Commands REQUESTS = {
    .name = "picq requests",
    .what = "requests for care that a person must judge",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};

ExitStatus picq_requests(int argc, char **argv)
{
    return commands_run(&REQUESTS, argc, argv);
}
