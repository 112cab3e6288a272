/*
 * Report options: what every question to monitoring may be narrowed to.
 */
#pragma once

#include "base/arena.h"
#include "picq/command.h"

/* "" for what was not said. */
typedef struct ReportFilters {
    const char *municipality;
    const char *provider;
    const char *profile;
    const char *intensity;
    const char *year;
    const char *known_on;
} ReportFilters;

/* To be a child of a command's parser, with a ReportFilters as its input: the year's, and those of any table beside. */
extern const struct argp report_year_options;
extern const struct argp report_table_options;

/* "?municipality=0518&year=2020": what was said, or "". */
const char *report_filters_query(Arena *arena, const ReportFilters *filters);
