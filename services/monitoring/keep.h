/*
 * Keep: increments to tables, one statement for each table.
 */
#pragma once

#include "monitoring/core/fold.h"
#include "service/turn.h"

Status monitoring_keep(Turn *turn, const Increments *increments);
