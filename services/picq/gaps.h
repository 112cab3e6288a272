/*
 * Gaps: care that no contract covers.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_gaps(int argc, char **argv);
