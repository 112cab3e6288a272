/*
 * Close: picq close, a year closed by two people, or opened again.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_close(int argc, char **argv);
