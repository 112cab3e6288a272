/*
 * Whatif command: what a book not yet published would change.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_whatif(int argc, char **argv);
