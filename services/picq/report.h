/*
 * Report command: what a year of care adds up to.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_report(int argc, char **argv);
