/*
 * Letters: what `picq feed fetch` and `picq feed follow` have in common: the letters of a mailbox,
 * a line each on standard output.
 */
#pragma once

#include <stdbool.h>

#include "picq/command.h"

/* With `waits` for letters that are yet to come, until a signal ends it. */
ExitStatus letters_run(int argc, char **argv, const char *doc, bool waits);
