/*
 * Convert many: the allocations whose funding is no longer what the books say, and many conversions.
 */
#pragma once

#include "picq/command.h"

#include <stdbool.h>

/* Whether the arguments are about many. */
bool convert_is_many(int argc, char **argv);

ExitStatus convert_many(int argc, char **argv);
