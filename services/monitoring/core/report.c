#include "monitoring/core/report.h"

#include "monitoring/core/people.h"

#include <stdlib.h>
#include <string.h>

static const char *const NAMES[] = {
#define REPORT_SUBJECT_NAME(name, json, a, b, c) [SUBJECT_##name] = #json,
    REPORT_SUBJECTS(REPORT_SUBJECT_NAME)
#undef REPORT_SUBJECT_NAME
};

static const char *const WORDS[][LABEL_WORDS] = {
#define REPORT_SUBJECT_WORDS(name, json, a, b, c) [SUBJECT_##name] = {a, b, c},
    REPORT_SUBJECTS(REPORT_SUBJECT_WORDS)
#undef REPORT_SUBJECT_WORDS
};

const char *subject_name(Subject subject)
{
    return NAMES[subject];
}

const char *subject_word(Subject subject, size_t word)
{
    return WORDS[subject][word];
}

Day report_known_on(Day asked, Day newest, bool exact)
{
    Day known_on = day_earliest(asked, newest);
    Period month = period_month(known_on);
    return exact || day_compare(known_on, month.last) == 0 ? known_on : day_plus(month.first, -1);
}

/* ---- axes ---- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int by_label(const void *a, const void *b)
{
    const Label *left = a, *right = b;
    int order = 0;
    for (size_t i = 0; i < LABEL_WORDS && order == 0; i++)
        order = strcmp(left->words[i], right->words[i]);
    return order;
}

/* Sorts, and drops what stands there twice. */
static size_t make_axis(void *values, size_t count, size_t size, int (*order)(const void *, const void *))
{
    char *all = values;
    size_t kept = 0;
    if (count > 1)
        qsort(values, count, size, order);
    for (size_t i = 0; i < count; i++)
        if (kept == 0 || order(all + (kept - 1) * size, all + i * size) != 0)
            memmove(all + kept++ * size, all + i * size, size);
    return kept;
}

static size_t place_on(const void *axis, size_t count, size_t size, const void *value,
                       int (*order)(const void *, const void *))
{
    const char *found = bsearch(value, axis, count, size, order);
    return (size_t)(found - (const char *)axis) / size;
}

static void find_municipalities(Arena *arena, const Found *found, Report *report)
{
    size_t most = 1, count = 0;
    for (int i = 0; i < SUBJECT_COUNT; i++)
        most += found[i].sum_count + found[i].client_count;
    const char **codes = ARENA_MANY(arena, const char *, most);
    if (*report->question.municipality)
        codes[count++] = report->question.municipality;
    for (int i = 0; i < SUBJECT_COUNT; i++) {
        for (size_t j = 0; j < found[i].sum_count; j++)
            codes[count++] = found[i].sums[j].municipality;
        for (size_t j = 0; j < found[i].client_count; j++)
            codes[count++] = found[i].clients[j].municipality;
    }
    report->municipality_count = make_axis(codes, count, sizeof *codes, by_text);
    report->municipalities = codes;
}

static void find_labels(Arena *arena, const Found *found, Section *section)
{
    Label *labels = ARENA_MANY(arena, Label, found->sum_count + found->client_count);
    size_t count = 0;
    for (size_t i = 0; i < found->sum_count; i++)
        labels[count++] = found->sums[i].label;
    for (size_t i = 0; i < found->client_count; i++)
        labels[count++] = found->clients[i].label;
    section->label_count = make_axis(labels, count, sizeof *labels, by_label);
    section->labels = labels;
}

/* ---- sections ---- */

typedef struct Axes {
    const Report *report;
    const Section *section;
} Axes;

static size_t municipality_of(const Axes *axes, const char *code)
{
    return place_on(axes->report->municipalities, axes->report->municipality_count, sizeof code, &code, by_text);
}

static size_t label_of(const Axes *axes, const Label *label)
{
    return place_on(axes->section->labels, axes->section->label_count, sizeof *label, label, by_label);
}

static void place_sums(const Axes *axes, const Found *found)
{
    for (size_t i = 0; i < found->sum_count; i++) {
        const FoundSum *sum = &found->sums[i];
        Cell *cell = cube_at(&axes->section->cube, municipality_of(axes, sum->municipality),
                             label_of(axes, &sum->label), (size_t)sum->month - 1);
        *cell = (Cell){sum->count, sum->lines, sum->cents, false};
    }
}

static void count_clients(Arena *arena, const Axes *axes, Cube *cube, const Found *found)
{
    size_t most = 0, count = 0;
    for (size_t i = 0; i < found->client_count; i++)
        most += (size_t)(found->clients[i].last_month - found->clients[i].first_month + 1);
    Seen *seen = ARENA_MANY(arena, Seen, most);
    for (size_t i = 0; i < found->client_count; i++) {
        const FoundClient *client = &found->clients[i];
        Seen here = {
            .client = client->client,
            .municipality = (uint16_t)municipality_of(axes, client->municipality),
            .label = (uint16_t)label_of(axes, &client->label),
            .lines = client->lines,
        };
        for (int32_t month = client->first_month; month <= client->last_month; month++) {
            here.month = (uint16_t)(month - 1);
            seen[count++] = here;
        }
    }
    people_count(arena, cube, seen, count);
}

static bool make_section(Arena *arena, const Report *report, const Found *found, Section *section)
{
    find_labels(arena, found, section);
    section->cube = cube_new(arena, report->municipality_count, section->label_count, MONTHS);
    const Axes axes = {report, section};
    place_sums(&axes, found);
    if (found->clients)
        count_clients(arena, &axes, &section->cube, found);
    if (!cube_add_up(&section->cube, !found->clients))
        return false;
    if (!report->question.exact)
        cube_widen(&section->cube);
    return true;
}

bool report_make(Arena *arena, const ReportQuestion *question, const Found found[SUBJECT_COUNT],
                 const FoundPosting *postings, size_t posting_count, Report *report_out)
{
    Report report = {.question = *question};
    find_municipalities(arena, found, &report);
    for (int i = 0; i < SUBJECT_COUNT; i++)
        if (!make_section(arena, &report, &found[i], &report.sections[i]))
            return false;
    if (question->exact) {
        report.postings = postings;
        report.posting_count = posting_count;
    }
    *report_out = report;
    return true;
}

bool report_shows(const Report *report, size_t municipality)
{
    const char *asked = report->question.municipality;
    return !*asked ||
           (municipality < report->municipality_count && strcmp(report->municipalities[municipality], asked) == 0);
}
