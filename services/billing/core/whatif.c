#include "billing/core/whatif.h"

#include <string.h>

Whatif whatif_new(Arena *arena)
{
    enum { FEW = 64 };
    return (Whatif){.arena = arena, .allocations = table_new(arena, FEW)};
}

static bool same_row(const WhatifRow *row, const Line *line, Corrections way)
{
    const Allocated *granted = &line->allocation->granted;
    const Conversation *conversation = line->allocation->conversation;
    return row->way == way && row->funding == granted->funding && strcmp(row->provider, conversation->provider) == 0 &&
           strcmp(row->municipality, conversation->municipality) == 0 && strcmp(row->segment, granted->segment) == 0;
}

/* Lines come conversation by conversation, so the newest rows are met again. */
static WhatifRow *row_of(Whatif *whatif, const Line *line, Corrections way)
{
    for (size_t i = whatif->row_count; i > 0; i--)
        if (same_row(&whatif->rows[i - 1], line, way))
            return &whatif->rows[i - 1];
        else if (strcmp(whatif->rows[i - 1].provider, line->allocation->conversation->provider) != 0)
            break;

    if (whatif->row_count == whatif->room) {
        enum { ROOM_FIRST = 64 };
        whatif->room = whatif->room ? whatif->room * 2 : ROOM_FIRST;
        WhatifRow *rows = ARENA_MANY(whatif->arena, WhatifRow, whatif->room);
        if (whatif->row_count)
            memcpy(rows, whatif->rows, whatif->row_count * sizeof *rows);
        whatif->rows = rows;
    }
    WhatifRow *row = &whatif->rows[whatif->row_count++];
    *row = (WhatifRow){
        .municipality = arena_text(whatif->arena, line->allocation->conversation->municipality),
        .provider = arena_text(whatif->arena, line->allocation->conversation->provider),
        .segment = arena_text(whatif->arena, line->allocation->granted.segment),
        .funding = line->allocation->granted.funding,
        .way = way,
    };
    return row;
}

/* An allocation counts once for each row, however the reading is cut. */
typedef struct Counted {
    const char *number;
    int64_t conversation;
    size_t row;
} Counted;

static bool same_counted(const void *value, const void *key)
{
    const Counted *a = value;
    const Counted *b = key;
    return a->conversation == b->conversation && a->row == b->row && strcmp(a->number, b->number) == 0;
}

static bool is_first(Whatif *whatif, const Allocation *allocation, const WhatifRow *row)
{
    const Counted key = {allocation->number, allocation->conversation->number, (size_t)(row - whatif->rows)};
    uint64_t hash = hash_text(hash_number(hash_number(HASH_SEED, (uint64_t)key.conversation), key.row), key.number);
    if (table_find(&whatif->allocations, hash, same_counted, &key))
        return false;
    Counted *counted = ARENA_NEW(whatif->arena, Counted);
    *counted = key;
    counted->number = arena_text(whatif->arena, key.number);
    table_add(&whatif->allocations, hash, counted);
    return true;
}

void whatif_add(Whatif *whatif, const OpenLine *open, const Assessment *assessed)
{
    if (assessed->state != CORRECTION_CORRECTED) {
        whatif->states[assessed->state]++;
        return;
    }
    WhatifRow *row = row_of(whatif, open->judged.line, assessed->way);
    Money now;
    Money then;
    if (!money_add(row->now, assessed->before, &now) || !money_add(row->then, assessed->after, &then)) {
        whatif->states[CORRECTION_TOO_LARGE]++;
        return;
    }
    whatif->states[CORRECTION_CORRECTED]++;
    row->now = now;
    row->then = then;
    row->lines++;
    row->allocations += is_first(whatif, open->judged.line->allocation, row);
}
