/*
 * Forget: persons whom the region's book keeps no longer.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_forget(int argc, char **argv);
