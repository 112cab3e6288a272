/*
 * Say close: the statements of a year, conversation by conversation, and how far the work came.
 */
#pragma once

#include "billing/keep_close.h"

/* What was decided of the year goes on first. */
void billing_say_year(Turn *turn, const Heard *heard);
void billing_say_statements(Turn *turn, const HeardFact *fact, const ClosedStatement *list, size_t count);

/* What the next cut begins after. */
Bytes billing_say_close_cursor(Arena *arena, int64_t conversation);
