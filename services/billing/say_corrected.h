/*
 * Say corrected: what a book corrects, conversation by conversation, and how far the work came.
 */
#pragma once

#include "billing/core/corrected.h"
#include "service/turn.h"

/* The book itself goes on first. */
void billing_say_book(Turn *turn, const Heard *heard);
void billing_say_corrected(Turn *turn, const Heard *heard, const Book *book, const CorrectedParts *parts);

/* What the next cut begins with: the last line that was read, and what its conversation came to so far. */
Bytes billing_say_cursor(Arena *arena, int64_t conversation, const char *reference, const CorrectionTotals *totals);
