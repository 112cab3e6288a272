/*
 * Courses: trajectories for tests, short enough to read.
 */
#pragma once

#include "monitoring/core/trajectory.h"
#include "support/books.h"
#include "support/unit.h"

#include <stdlib.h>

/* A trajectory of provider 90000001 in 0503, started on its first day; without an end (NULL) it is allocated for ever. */
static inline Trajectory course(int64_t client, const char *intensity, const char *first, const char *end,
                                int64_t cents)
{
    return (Trajectory){
        .municipality = "0503",
        .provider = "90000001",
        .segment = "S",
        .pic = {*intensity ? "P1" : "", intensity},
        .client = client,
        .allocated = day_at(first),
        .paid_as_pic = DAY_LAST,
        .started = day_at(first),
        .ends = end ? day_at(end) : DAY_LAST,
        .stopped = end,
        .not_started = DAY_FIRST,
        .not_used = DAY_FIRST,
        .cents = cents,
    };
}

/* A region of two municipalities and two providers, with a PIC that is paid as a whole and one by the year. */
static const char COURSES_BOOK[] =
    "region:\n"
    "  code: X\n"
    "  name: Elders\n"
    "  number_floor: 1\n"
    "  municipalities: [{code: '0503', name: Aastad}, {code: '0518', name: Beedorp}]\n"
    "segments: [{code: S, name: Es}]\n"
    "profiles: [{code: P1, name: Een}]\n"
    "intensities: [{code: WHOLE, name: Kort}, {code: YEARLY, name: Lang}]\n"
    "providers: [{agb: '90000001', name: Een}, {agb: '90000002', name: Twee}]\n"
    "pic_tariffs:\n"
    "  - {segment: S, profile: P1, cents: {WHOLE: 100000, YEARLY: 1200000}}\n"
    "  - {segment: S, profile: P1, providers: '90000002', cents: {WHOLE: 200000}}\n"
    "payment_terms:\n"
    "  - {segments: S, intensities: WHOLE, shape: start_end, start_share: 0.7, early_end: {otherwise: all},\n"
    "     relapse_days: 91, expected_days: 182, work_in_progress: linear, start_due_by: message, end_due_by: message}\n"
    "  - {segments: S, intensities: YEARLY, shape: monthly, early_end: {otherwise: all}, relapse_days: 0,\n"
    "     expected_days: 365, work_in_progress: by_part, start_due_by: declaration, end_due_by: declaration}\n"
    "targets:\n"
    "  - {code: A_GOALS, name: Doelen, measure: goal_reached, at_least: 70}\n"
    "  - {code: B_DROPOUT, name: Uitval, municipalities: '0503', measure: dropped_out, at_most: 15}\n"
    "  - {code: C_MARKS, name: Cijfer, measure: satisfaction, at_least: 75}\n"
    "  - {code: D_RELAPSE, name: Terugval, segment: S, measure: relapsed, at_most: 10}\n"
    "  - {code: E_MOVED, name: Over, measure: moved_to_pic, at_least: 60}\n";

/* What every test stands on. */
typedef struct Courses {
    Arena *arena;
    Book *book;
    Books books;
} Courses;

static inline int courses_setup(void **state)
{
    Courses *here = calloc(1, sizeof *here);
    here->arena = arena_new();
    here->book = book_written(1, COURSES_BOOK);
    assert_true(books_add(&here->books, here->book, day_at("2019-01-01")));
    *state = here;
    return 0;
}

static inline int courses_teardown(void **state)
{
    Courses *here = *state;
    book_free(here->book);
    arena_free(here->arena);
    free(here);
    return 0;
}

/* What a controller of the region asks. */
static inline Question courses_question(int32_t year, const char *known_on)
{
    return (Question){
        .municipality = "",
        .provider = "",
        .profile = "",
        .intensity = "",
        .year = year,
        .known_on = day_at(known_on),
        .exact = true,
    };
}

/* Of the row in which the two columns say so; "" is missing. Fails where there is none. */
static inline const Value *courses_row(const Table *table, const char *municipality, const char *provider,
                                       const char *intensity)
{
    const char *const columns[] = {"municipality", "provider", "intensity"};
    const char *const words[] = {municipality, provider, intensity};
    for (size_t row = 0; row < table->row_count; row++) {
        const Value *values = table_row(table, row);
        bool same = true;
        for (int i = 0; i < 3; i++) {
            const Value *value = &values[card_column(table->card, columns[i])];
            same = same && strcmp(value->state == VALUE_TOLD ? value->text : "", words[i]) == 0;
        }
        if (same)
            return values;
    }
    fail_msg("no row %s/%s/%s", municipality, provider, intensity);
    return NULL;
}

enum { MISSING = -1, HIDDEN = -2 }; /* no figure of these tests is below zero */

static inline int64_t courses_figure(const Table *table, const Value *row, const char *column)
{
    const Value *value = &row[card_column(table->card, column)];
    return value->state == VALUE_TOLD ? value->number : value->state == VALUE_HIDDEN ? HIDDEN : MISSING;
}

#define ASSERT_FIGURE(table, row, column, figure)                                           \
    do {                                                                                    \
        int64_t is = courses_figure((table), (row), (column));                              \
        if (is != (figure))                                                                 \
            fail_msg("%s is %lld, not %lld", (column), (long long)is, (long long)(figure)); \
    } while (0)
