/*
 * Report commands: what a year of care adds up to, any table of monitoring, and the letter to a council.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_report(int argc, char **argv);
extern const Commands picq_report_below;
ExitStatus picq_report_table(int argc, char **argv);
ExitStatus picq_report_council(int argc, char **argv);
