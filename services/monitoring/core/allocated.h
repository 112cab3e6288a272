/*
 * Allocated: the care that was granted, as it was known on a day, and what the books say of how it is paid.
 */
#pragma once

#include "book/books.h"
#include "monitoring/core/axis.h"
#include "monitoring/core/table.h"

/* The newest version of an allocation that was known; it was not removed. */
typedef struct Allocated {
    const char *municipality;
    const char *provider;
    const char *segment;
    int64_t client; /* whom it turned out to be */
    Content content;
    Funding funding;
    Cohort cohort; /* that of its grant */
    Pic pic;       /* "" for none */
    Period period;
} Allocated;

/* In order of client. */
typedef struct AllocatedList {
    const Allocated *list;
    size_t count;
} AllocatedList;

/* What was found, put in that order. */
AllocatedList allocated_in_order(Arena *arena, const Allocated *found, size_t count);

/* Municipalities and segments of what was granted, and the municipality that is asked for. */
typedef struct AllocatedAxes {
    Axis municipalities;
    Axis segments;
} AllocatedAxes;

AllocatedAxes allocated_axes(Arena *arena, const Question *question, AllocatedList allocated);

/* The year that the question is about. */
Period question_year(const Question *question);
