/*
 * Convert command: picq convert.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_convert(int argc, char **argv);
