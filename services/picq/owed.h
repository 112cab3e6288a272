/*
 * Owed: what is owed for a month, as it was known on a day.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_owed(int argc, char **argv);
