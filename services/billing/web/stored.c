#include "billing/web/stored.h"

enum { PROVIDERS = 100000000 };

const char *conversation_municipality(Arena *arena, int64_t number)
{
    return arena_format(arena, "%04d", (int)(number / PROVIDERS));
}

const char *conversation_provider(Arena *arena, int64_t number)
{
    return arena_format(arena, "%08d", (int)(number % PROVIDERS));
}

StoredColumns stored_columns(const Rows *rows)
{
    return (StoredColumns){
        .conversation = rows_column(rows, "conversation"),
        .reference = rows_column(rows, "reference"),
        .allocation = rows_column(rows, "allocation"),
        .credits = rows_column(rows, "credits"),
        .contract = rows_column(rows, "contract"),
        .granted_book = rows_column(rows, "granted_book"),
        .rated_cents = rows_column(rows, "rated_cents"),
        .formula = rows_column(rows, "formula"),
        .rated_volume = rows_column(rows, "rated_volume"),
        .price_cents = rows_column(rows, "price_cents"),
        .month = rows_column(rows, "month"),
        .share_numerator = rows_column(rows, "share_numerator"),
        .share_denominator = rows_column(rows, "share_denominator"),
        .part_numerator = rows_column(rows, "part_numerator"),
        .part_denominator = rows_column(rows, "part_denominator"),
        .rated_book = rows_column(rows, "rated_book"),
        .price_source = rows_column(rows, "price_source"),
        .price_book = rows_column(rows, "price_book"),
        .price_line = rows_column(rows, "price_line"),
        .terms_source = rows_column(rows, "terms_source"),
        .terms_book = rows_column(rows, "terms_book"),
        .terms_line = rows_column(rows, "terms_line"),
        .digest = rows_column(rows, "digest"),
    };
}

static int32_t small(const Rows *rows, size_t row, int column)
{
    return (int32_t)rows_int(rows, row, column);
}

Provenance stored_provenance(Arena *arena, const Rows *rows, size_t row, const StoredColumns *at)
{
    int64_t conversation = rows_int(rows, row, at->conversation);
    return (Provenance){
        .municipality = conversation_municipality(arena, conversation),
        .provider = conversation_provider(arena, conversation),
        .reference = rows_text(rows, row, at->reference),
        .allocation = rows_text(rows, row, at->allocation),
        .contract = rows_text(rows, row, at->contract),
        .granted_book = small(rows, row, at->granted_book),
        .rated_book = small(rows, row, at->rated_book),
        .price_source = rows_text(rows, row, at->price_source),
        .price_book = small(rows, row, at->price_book),
        .price_line = small(rows, row, at->price_line),
        .terms_source = rows_text(rows, row, at->terms_source),
        .terms_book = small(rows, row, at->terms_book),
        .terms_line = small(rows, row, at->terms_line),
        .credits = rows_text(rows, row, at->credits),
        .inputs =
            {
                .formula = (BillingFormula)rows_int(rows, row, at->formula),
                .price = {rows_int(rows, row, at->price_cents)},
                .volume = rows_int(rows, row, at->rated_volume),
                .month = small(rows, row, at->month),
                .share = {rows_int(rows, row, at->share_numerator), rows_int(rows, row, at->share_denominator)},
                .part = {rows_int(rows, row, at->part_numerator), rows_int(rows, row, at->part_denominator)},
            },
        .amount = {rows_int(rows, row, at->rated_cents)},
    };
}

Verified stored_verify(Arena *arena, const Rows *rows, size_t row, const StoredColumns *at)
{
    Provenance provenance = stored_provenance(arena, rows, row, at);
    return billing_verify(&provenance, rows_bytes(rows, row, at->digest));
}
