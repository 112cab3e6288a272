/*
 * Cohorts: news of earlier care that came late.
 */
#pragma once

#include "picq/command.h"

ExitStatus picq_cohorts(int argc, char **argv);
