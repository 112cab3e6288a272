/*
 * Chart: small drawings for a letter, in SVG, with their figures in words for who cannot see them.
 *
 * A figure that is hidden or not known is no bar and no dot; nothing is drawn in its place.
 */
#pragma once

#include "monitoring/core/leaf.h"
#include "monitoring/core/table.h"

enum { CHART_MONTHS = 12, CHART_PARTS_MAX = 4 };

/* Parts stacked on each other for each month, and perhaps a height that is the same in every month. */
typedef struct MonthsChart {
    const char *title; /* what it shows, in a sentence */
    const char *unit;  /* what the numbers along the side are: "€ × 1.000" */
    int64_t unit_size; /* in the figures' own unit: 100000 cents */
    int64_t plot;      /* how high, in tenths of a point where the letter is 640 wide */
    const char *parts[CHART_PARTS_MAX];
    size_t part_count;
    Value figures[CHART_PARTS_MAX][CHART_MONTHS];
    const char *line; /* what the height is; NULL: none */
    int64_t line_height;
} MonthsChart;

void chart_months(Leaf *leaf, const MonthsChart *chart);

/* Bars from side to side, each cut into parts of one whole. */
typedef struct SharesBar {
    const char *name;
    Value parts[CHART_PARTS_MAX];
} SharesBar;

typedef struct SharesChart {
    const char *title;
    const char *parts[CHART_PARTS_MAX];
    size_t part_count;
    const SharesBar *bars;
    size_t bar_count;
} SharesChart;

void chart_shares(Leaf *leaf, const SharesChart *chart);

/* The step between lines along the side: 1, 2 or 5 with zeros, so that a few of them reach the most. */
int64_t chart_step(int64_t most);

/* "1.234.567", as the Dutch write it. */
const char *chart_number(Arena *arena, int64_t number);
