/*
 * Hear cursor: how far the work on a book, or on a year, came in an earlier cut.
 */
#pragma once

#include "billing/core/corrected.h"
#include "billing/load_open.h"
#include "service/turn.h"

typedef struct CorrectionCursor {
    OpenPlace after;
    CorrectionTotals totals; /* of the conversation of that line */
} CorrectionCursor;

/* The beginning, when there is none. */
Status billing_hear_cursor(Turn *turn, CorrectionCursor *cursor_out);

/* The conversation after which the work on a year goes on; 0 at the beginning. */
Status billing_hear_close_cursor(Turn *turn, int64_t *after_out);
