/*
 * Keep: from nouns to tables.
 */
#pragma once

#include "billing/facts.h"

Status billing_keep(Turn *turn, const Decisions *decisions);
