/*
 * Verify: what a year computed again says.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_verify(int argc, char **argv);
