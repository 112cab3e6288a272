#include "billing/load_rows.h"

GrantedColumns granted_columns(const Rows *rows)
{
    return (GrantedColumns){
        .trajectory = rows_column(rows, "trajectory"),
        .client = rows_column(rows, "client"),
        .segment = rows_column(rows, "segment"),
        .contract = rows_column(rows, "contract"),
        .profile = rows_column(rows, "profile"),
        .intensity = rows_column(rows, "intensity"),
        .funding = rows_column(rows, "funding"),
        .category = rows_column(rows, "category"),
        .code = rows_column(rows, "code"),
        .volume = rows_column(rows, "volume"),
        .unit = rows_column(rows, "unit"),
        .frequency = rows_column(rows, "frequency"),
        .first_day = rows_column(rows, "first_day"),
        .last_day = rows_column(rows, "last_day"),
        .book = rows_column(rows, "book"),
        .removed = rows_column(rows, "removed"),
        .goes_on_by = rows_column(rows, "goes_on_by"),
    };
}

Allocated granted_of(const Rows *rows, size_t row, const GrantedColumns *at)
{
    return (Allocated){
        .trajectory = rows_text(rows, row, at->trajectory),
        .client = rows_text(rows, row, at->client),
        .segment = rows_text(rows, row, at->segment),
        .contract = rows_text(rows, row, at->contract),
        .pic = {rows_text(rows, row, at->profile), rows_text(rows, row, at->intensity)},
        .funding = (Funding)rows_int(rows, row, at->funding),
        .category = rows_text(rows, row, at->category),
        .code = rows_text(rows, row, at->code),
        .volume = rows_int(rows, row, at->volume),
        .unit = (Unit)rows_int(rows, row, at->unit),
        .frequency = (Frequency)rows_int(rows, row, at->frequency),
        .period = {rows_day(rows, row, at->first_day), rows_day(rows, row, at->last_day)},
        .book = (int32_t)rows_int(rows, row, at->book),
        .removed = rows_bool(rows, row, at->removed),
        .goes_on_by = (Funding)rows_int(rows, row, at->goes_on_by),
    };
}
