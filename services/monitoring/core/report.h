/*
 * Report: what a region sees of a year, as it was known on a day.
 *
 * Money and clients stand under the month of service; decisions, declarations and rejections
 * under the month in which they became known. An operator of the municipality sees exact
 * figures; a wider audience sees those of the last whole month known, without small cells.
 */
#pragma once

#include "base/arena.h"
#include "base/day.h"
#include "monitoring/core/cube.h"

enum { MONTHS = 12, LABEL_WORDS = 3 };

typedef struct ReportQuestion {
    const char *municipality; /* "": the region */
    int32_t year;
    Day known_on;
    bool exact; /* whoever asks may see every cell of it */
} ReportQuestion;

/* The day that a report tells of: never one that is still to come, and for a wide audience the end of a month. */
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

typedef struct FoundClient {
    const char *municipality;
    Label label;
    int32_t first_month;
    int32_t last_month;
    int64_t client;
    int32_t lines;
} FoundClient;

/* One subject: its sums, and the clients where they are what it counts. */
typedef struct Found {
    const FoundSum *sums;
    size_t sum_count;
    const FoundClient *clients; /* NULL: the counts of the sums count */
    size_t client_count;
} Found;

typedef struct FoundPosting {
    const char *municipality;
    const char *account;
    int64_t cents;
} FoundPosting;

#define REPORT_SUBJECTS(X)                                                                            \
    X(MONEY, money, "segment", "content", "funding")     /* count: clients with approved care */      \
    X(CLIENTS, clients, "segment", "content", "funding") /* count: clients with an allocation */      \
    X(DECISIONS, decisions, "verdict", "reason", NULL)   /* count: facts; lines: allocations begun */ \
    X(DECLARATIONS, declarations, "code", NULL, NULL)    /* count: declarations */                    \
    X(REJECTIONS, rejections, "code", "reason", NULL)    /* count: lines */

typedef enum Subject {
#define REPORT_SUBJECT_VALUE(name, json, a, b, c) SUBJECT_##name,
    REPORT_SUBJECTS(REPORT_SUBJECT_VALUE)
#undef REPORT_SUBJECT_VALUE
        SUBJECT_COUNT,
} Subject;

const char *subject_name(Subject subject);
const char *subject_word(Subject subject, size_t word); /* what the label's word is; NULL after the last */

typedef struct Section {
    const Label *labels; /* in alphabetical order */
    size_t label_count;
    Cube cube; /* municipalities × labels × months */
} Section;

typedef struct Report {
    ReportQuestion question;
    const char *const *municipalities; /* in order of code; the one that was asked is always there */
    size_t municipality_count;
    Section sections[SUBJECT_COUNT];
    const FoundPosting *postings; /* none for a wide audience */
    size_t posting_count;
} Report;

/*
 * For a wide audience `found` is always that of the whole region, whatever is asked: what is
 * hidden in one municipality must not follow from the others. False when a sum does not fit.
 */
[[nodiscard]] bool report_make(Arena *arena, const ReportQuestion *question, const Found found[SUBJECT_COUNT],
                               const FoundPosting *postings, size_t posting_count, Report *report_out);

/* Whether the report shows this municipality; `municipality_count` stands for the region. */
bool report_shows(const Report *report, size_t municipality);
