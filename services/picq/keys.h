/*
 * Keys commands: picq keys make, show, give and revoke.
 */
#pragma once

#include "picq/command.h"

extern const Commands picq_keys;

ExitStatus picq_keys_make(int argc, char **argv);
ExitStatus picq_keys_show(int argc, char **argv);
ExitStatus picq_keys_give(int argc, char **argv);
ExitStatus picq_keys_revoke(int argc, char **argv);
