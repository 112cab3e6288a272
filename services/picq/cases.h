/*
 * Cases: care that goes from one conversation to another, and what concerns a client in several.
 */
#pragma once

#include "picq/command.h"

extern const Commands picq_cases;

/* its subcommands */
ExitStatus picq_cases_list(int argc, char **argv);
ExitStatus picq_cases_move(int argc, char **argv);
ExitStatus picq_cases_transfer(int argc, char **argv);
ExitStatus picq_cases_merge(int argc, char **argv);
ExitStatus picq_cases_death(int argc, char **argv);
ExitStatus picq_cases_bsn(int argc, char **argv);
ExitStatus picq_cases_close(int argc, char **argv);
