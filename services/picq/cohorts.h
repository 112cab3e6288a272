/*
 * Cohorts: news of earlier care that came late.
 */
#pragma once

#include "picq/command.h"

extern const Commands picq_cohorts;
