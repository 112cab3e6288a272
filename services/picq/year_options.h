/*
 * Year options: which year of which municipality and provider a command is about.
 */
#pragma once

#include <argp.h>

typedef struct YearOptions {
    const char *municipality; /* "" when not said */
    const char *provider;
    const char *year;
} YearOptions;

/* To be a child of a command's parser, with a YearOptions as its input. */
extern const struct argp year_options;
