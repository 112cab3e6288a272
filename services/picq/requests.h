/*
 * Requests commands: picq requests list, grant and refuse.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_requests(int argc, char **argv);

ExitStatus picq_requests_list(int argc, char **argv);
ExitStatus picq_requests_grant(int argc, char **argv);
ExitStatus picq_requests_refuse(int argc, char **argv);
