/*
 * Told: what a table says, short enough to read in a test.
 */
#pragma once

#include "base/arena.h"
#include "monitoring/core/table.h"
#include "support/books.h"
#include "support/unit.h"

/* A value as a page would write it; "-" is missing, "hidden" is not for who asks. */
static inline const char *told_value(Arena *arena, ColumnKind kind, const Value *value)
{
    if (value->state != VALUE_TOLD)
        return value->state == VALUE_HIDDEN ? "hidden" : "-";
    char day[DAY_TEXT_SIZE];
    switch (kind) {
    case HOLDS_TEXT:
        return value->text;
    case HOLDS_MONTH:
        return arena_format(arena, "%.7s", day_write((Day){(int32_t)value->number}, day));
    case HOLDS_DAY:
        return arena_text(arena, day_write((Day){(int32_t)value->number}, day));
    case HOLDS_YES:
        return value->number ? "yes" : "no";
    case HOLDS_SHARE:
        return arena_format(arena, "%lld.%02lld%%", (long long)value->number / 100, (long long)value->number % 100);
    case HOLDS_NUMBER:
    case HOLDS_COUNT:
    case HOLDS_CENTS:
    case HOLDS_MARK:
        break;
    }
    return arena_format(arena, "%lld", (long long)value->number);
}

/* A row from the column named on, with blanks between: "PIC PXQ 3 2 0". */
static inline const char *told_row(const Table *table, size_t row, size_t from, size_t to)
{
    const char *text = "";
    for (size_t i = from; i < to; i++)
        text = arena_format(table->arena, "%s%s%s", text, i > from ? " " : "",
                            told_value(table->arena, table->card->columns[i].kind, &table_row(table, row)[i]));
    return text;
}

/* The figures of the row whose dimensions are these ("0503 SPECIALIST 2020-03"); NULL when there is none. */
static inline const char *told(const Table *table, const char *first_figure, const char *dimensions)
{
    size_t from = card_column(table->card, first_figure);
    for (size_t row = 0; row < table->row_count; row++)
        if (strcmp(told_row(table, row, 0, from), dimensions) == 0)
            return told_row(table, row, from, table->card->column_count);
    return NULL;
}

static inline void assert_told(const Table *table, const char *first_figure, const char *story, const char *dimensions,
                               const char *figures)
{
    const char *found = told(table, first_figure, dimensions);
    if (!found && !figures)
        return;
    if (!found || !figures || strcmp(found, figures) != 0)
        fail_msg("%s: %s tells %s, not %s", story, dimensions, found ? found : "nothing",
                 figures ? figures : "nothing");
}
