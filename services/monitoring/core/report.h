/*
 * Report: figures of a year along municipality, label and month, as rows of a table.
 *
 * A label is what a subject tells apart: a kind of care, a verdict with its reason, a code, a
 * provider. Money and clients stand under the month of service; decisions, declarations and
 * rejections under the month in which they became known. A controller of the municipality sees
 * exact figures; a wider audience sees those of the last whole month known, without small cells.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "monitoring/core/clients.h"
#include "monitoring/core/cube.h"
#include "monitoring/core/table.h"

enum { MONTHS = 12, LABEL_WORDS = 3 };

/* cards */
extern const TableCard spending_card;
extern const TableCard clients_card;
extern const TableCard decisions_card;
extern const TableCard declarations_card;
extern const TableCard rejections_card;
extern const TableCard ledger_card;
extern const TableCard providers_card;
extern const TableCard provider_months_card;

/* The day that is told of: never one that is still to come, and for a wide audience the end of a month. */
Day report_known_on(Day asked, Day newest, bool exact);

/* found: what the tables add up to */

typedef struct Label {
    const char *words[LABEL_WORDS]; /* "" after the last */
} Label;

typedef struct FoundSum {
    const char *municipality;
    Label label;
    int32_t month; /* 1 to 12 */
    int64_t count;
    int64_t lines;
    int64_t cents;
} FoundSum;

/* Clients at one municipality and label, in each of these months. */
typedef struct FoundClients {
    const char *municipality;
    Label label;
    int32_t first_month;
    int32_t last_month;
    const ClientLines *clients;
    size_t client_count;
} FoundClients;

/* One subject: its sums, and the clients where they are what it counts. */
typedef struct Found {
    const FoundSum *sums;
    size_t sum_count;
    const FoundClients *clients; /* NULL: the counts of the sums count */
    size_t clients_count;
} Found;

typedef enum CellFigure {
    FIGURE_COUNT,
    FIGURE_LINES,
    FIGURE_CENTS,
} CellFigure;

/* The columns of a card: municipality, the words of the label, month, figures. */
typedef struct ReportShape {
    size_t words;
    CellFigure figures[3];
    size_t figure_count;
} ReportShape;

/*
 * Adds a row for each municipality, label and month, and for each total over them.
 *
 * For a wide audience `found` is always that of the whole region, whatever is asked: what is
 * hidden in one municipality must not follow from the others. False when a sum does not fit.
 */
[[nodiscard]] bool report_add_rows(Arena *arena, const Question *question, const ReportShape *shape, const Found *found,
                                   Table *table);

/* What providers delivered in the year; the label is the provider. Rejected lines are counts of theirs. */
[[nodiscard]] bool report_add_providers(Arena *arena, const Question *question, const Found *delivered,
                                        const Found *rejected, Table *table);

/* By provider and month; the label is the provider. */
[[nodiscard]] bool report_add_provider_months(Arena *arena, const Question *question, const Found *found, Table *table);
