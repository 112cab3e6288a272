/*
 * Question: what an address asks, read and checked in one place.
 */
#pragma once

#include "monitoring/core/table.h"
#include "monitoring/web/problem.h"

/* What an address may say. */
typedef struct Parameter {
    const char *name;
    unsigned filter; /* that a card has to take; 0: every table takes it */
    const char *pattern;
    const char *example;
    const char *dutch; /* what it is */
    const char *english;
} Parameter;

extern const Parameter question_parameters[];
extern const size_t question_parameter_count;

/* Whether a table with these filters takes the parameter. */
static inline bool parameter_fits(const Parameter *parameter, unsigned filters)
{
    return !parameter->filter || (parameter->filter & filters);
}

typedef struct Asked {
    const char *municipality; /* "": not said, as the others */
    const char *provider;
    const char *profile;
    const char *intensity;
    int32_t year; /* 0: not said */
    Day known_on; /* DAY_LAST: not said */
    bool csv;
} Asked;

/* About whom it is asked: "tabel forecast" of the filters that it takes. */
typedef struct About {
    const char *dutch;
    const char *english;
    unsigned filters;
    bool is_table; /* takes year, known-on and format */
} About;

/* False when something is wrong with the question, and the problem says what. */
[[nodiscard]] bool question_read(const HttpRequest *request, const About *about, Asked *asked_out,
                                 Problem *problem_out);
