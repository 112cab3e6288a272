/*
 * Day command: picq day.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_day(int argc, char **argv);
