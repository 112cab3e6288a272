#include "billing/hear_cursor.h"

#include "proto/billing.pb-c.h"

static CorrectionTotal total_of(const Billing__CorrectionCursor__Total *kept)
{
    return (CorrectionTotal){
        .document = kept->document,
        .made = kept->made,
        .way = (Corrections)kept->way,
        .service_year = kept->service_year,
        .lines = kept->lines,
        .before = {kept->before_cents},
        .after = {kept->after_cents},
    };
}

Status billing_hear_cursor(Turn *turn, CorrectionCursor *cursor_out)
{
    CorrectionCursor cursor = {.after = {0, ""}, .totals = {.arena = turn->arena}};
    if (turn->cursor.size > 0) {
        const Billing__CorrectionCursor *kept =
            message_unpack(turn->arena, &billing__correction_cursor__descriptor, turn->cursor);
        if (!kept)
            return FAULT(STATUS_STOP, "the cursor of a correction cannot be read");
        cursor.after = (OpenPlace){kept->conversation, kept->reference};
        for (size_t i = 0; i < kept->n_totals; i++)
            totals_resume(&cursor.totals, total_of(kept->totals[i]));
    }
    *cursor_out = cursor;
    return STATUS_OK;
}

Status billing_hear_close_cursor(Turn *turn, int64_t *after_out)
{
    *after_out = 0;
    if (turn->cursor.size == 0)
        return STATUS_OK;
    const Billing__CloseCursor *kept = message_unpack(turn->arena, &billing__close_cursor__descriptor, turn->cursor);
    if (!kept)
        return FAULT(STATUS_STOP, "the cursor of a close cannot be read");
    *after_out = kept->conversation;
    return STATUS_OK;
}
