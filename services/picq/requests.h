/*
 * Requests commands: picq requests list, grant and refuse.
 */
#pragma once

#include "picq/command.h"

extern const Commands picq_requests;

ExitStatus picq_requests_list(int argc, char **argv);
ExitStatus picq_requests_grant(int argc, char **argv);
ExitStatus picq_requests_refuse(int argc, char **argv);
