/*
 * Explain: what one line is worth, and why.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_explain(int argc, char **argv);
