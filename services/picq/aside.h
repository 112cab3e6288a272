/*
 * Aside commands: picq set-aside retry and drop.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_set_aside(int argc, char **argv);
