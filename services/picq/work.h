/*
 * Work: what is delivered of trajectories and not yet paid, on a day.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_work(int argc, char **argv);
