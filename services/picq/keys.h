/*
 * Keys commands: picq keys make and show.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_keys(int argc, char **argv);

ExitStatus picq_keys_make(int argc, char **argv);
ExitStatus picq_keys_show(int argc, char **argv);
