/*
 * Load rows: what a row of `allocation` says, whichever question gave it.
 */
#pragma once

#include "billing/core/billing.h"
#include "db/database.h"

/* Where a question has its columns: found by name once. */
typedef struct GrantedColumns {
    int trajectory, client, segment, contract, profile, intensity, funding, category, code, volume, unit, frequency,
        first_day, last_day, book, removed, goes_on_by;
} GrantedColumns;

GrantedColumns granted_columns(const Rows *rows);

/* Texts are borrowed from the row. */
Allocated granted_of(const Rows *rows, size_t row, const GrantedColumns *at);
