/*
 * Say: from nouns to bytes.
 */
#pragma once

#include "billing/facts.h"

/* Every fact goes on as it was heard, with what billing judged of it. */
void billing_say(Turn *turn, const Decisions *decisions);
