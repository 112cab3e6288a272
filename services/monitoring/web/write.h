/*
 * Write: a table as JSON or CSV, the list of tables, and what there is to ask about.
 *
 * A figure that nobody knows is null (CSV: empty); one that is hidden is null and named in
 * "hidden" of its row (CSV: a dot).
 */
#pragma once

#include "monitoring/web/tables.h"

/* The names under which JSON tells a column's kind: "cents". */
const char *column_kind_name(ColumnKind kind);

/* All live in the arena. */
Bytes write_json(Arena *arena, const Question *question, const Table *table);
Bytes write_csv(Arena *arena, const Table *table);

/* The cards; those that are not wide only for who may see something exactly. */
Bytes write_list(Arena *arena, bool exact_too);

/* What can be asked about. */
typedef struct RegionSaid {
    const Books *books;
    Day newest;
    int32_t year_first; /* 0: none */
    int32_t year_last;
    const char *reader;
    const char *sees; /* as in the file of readers: "0503,0518", "*", "public" */
} RegionSaid;

Bytes write_region(Arena *arena, const RegionSaid *said);
