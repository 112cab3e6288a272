/*
 * End: an allocation ends on a day that the municipality says.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_end(int argc, char **argv);
