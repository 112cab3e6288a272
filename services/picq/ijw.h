/*
 * Ijw commands: picq ijw check, show and rules. They need no service.
 */
#pragma once

#include "picq/command.h"

extern const Commands picq_ijw;

ExitStatus picq_ijw_check(int argc, char **argv);
ExitStatus picq_ijw_show(int argc, char **argv);
ExitStatus picq_ijw_rules(int argc, char **argv);
