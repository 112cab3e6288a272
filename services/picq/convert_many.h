/*
 * Convert many: the allocations whose funding is no longer what the books say, and many conversions.
 */
#pragma once

#include "picq/command.h"

#include <stdbool.h>

/* Whether the arguments are about many. */
bool convert_is_many(int argc, char **argv);

/* A child of the parser for one: tells the options for many, and that they go with --plan or --file. */
extern const struct argp convert_many_options;

ExitStatus convert_many(int argc, char **argv);
