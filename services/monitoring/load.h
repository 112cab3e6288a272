/*
 * Load: what was kept before of the allocations that a batch tells of.
 */
#pragma once

#include "monitoring/core/granted.h"
#include "service/turn.h"

Status monitoring_load(Turn *turn, const Observed *observed, size_t count, Versions *kept_out);
