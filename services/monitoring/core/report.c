#include "monitoring/core/report.h"

#include "monitoring/core/people.h"

#include <stdlib.h>
#include <string.h>

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

/* What stands along the axes of a cube, and the cube: municipalities × labels × months. */
typedef struct Section {
    const char **municipalities; /* in order of code; the one that is asked is always there */
    size_t municipality_count;
    Label *labels; /* in alphabetical order */
    size_t label_count;
    Cube cube;
} Section;

static size_t municipality_of(const Section *section, const char *code)
{
    const char **found = bsearch(&code, section->municipalities, section->municipality_count, sizeof code, by_text);
    return (size_t)(found - section->municipalities);
}

static size_t label_of(const Section *section, const Label *label)
{
    const Label *found = bsearch(label, section->labels, section->label_count, sizeof *label, by_label);
    return (size_t)(found - section->labels);
}

static void find_axes(Arena *arena, const Question *question, const Found *found, Section *section)
{
    size_t most = found->sum_count + found->clients_count, count = 0;
    section->municipalities = ARENA_MANY(arena, const char *, most + 1);
    section->labels = ARENA_MANY(arena, Label, most);
    for (size_t i = 0; i < found->sum_count; i++, count++) {
        section->municipalities[count] = found->sums[i].municipality;
        section->labels[count] = found->sums[i].label;
    }
    for (size_t i = 0; i < found->clients_count; i++, count++) {
        section->municipalities[count] = found->clients[i].municipality;
        section->labels[count] = found->clients[i].label;
    }
    section->label_count = make_axis(section->labels, count, sizeof *section->labels, by_label);
    if (*question->municipality)
        section->municipalities[count++] = question->municipality;
    section->municipality_count = make_axis(section->municipalities, count, sizeof(const char *), by_text);
}

/* ---- cells ---- */

/* Where the cube has one month only, it is the year. */
static bool place_sums(const Section *section, const Found *found)
{
    for (size_t i = 0; i < found->sum_count; i++) {
        const FoundSum *sum = &found->sums[i];
        Cell *cell = cube_at(&section->cube, municipality_of(section, sum->municipality),
                             label_of(section, &sum->label), (size_t)(sum->month - 1) % section->cube.size[2]);
        if (__builtin_add_overflow(cell->count, sum->count, &cell->count) ||
            __builtin_add_overflow(cell->lines, sum->lines, &cell->lines) ||
            __builtin_add_overflow(cell->cents, sum->cents, &cell->cents))
            return false;
    }
    return true;
}

static size_t months_of(const FoundClients *clients)
{
    return (size_t)(clients->last_month - clients->first_month + 1);
}

static void count_clients(Arena *arena, Section *section, const Found *found)
{
    size_t most = 0, count = 0;
    for (size_t i = 0; i < found->clients_count; i++)
        most += found->clients[i].client_count * months_of(&found->clients[i]);
    Seen *seen = ARENA_MANY(arena, Seen, most);
    for (size_t i = 0; i < found->clients_count; i++) {
        const FoundClients *here = &found->clients[i];
        Seen one = {.municipality = (uint16_t)municipality_of(section, here->municipality),
                    .label = (uint16_t)label_of(section, &here->label)};
        for (size_t j = 0; j < here->client_count * months_of(here); j++) {
            const ClientLines *client = &here->clients[j / months_of(here)];
            one.client = client->client;
            one.lines = client->lines;
            one.month = (uint16_t)((size_t)here->first_month - 1 + j % months_of(here));
            seen[count++] = one;
        }
    }
    people_count(arena, &section->cube, seen, count);
}

static bool make_section(Arena *arena, const Question *question, const Found *found, size_t months, Section *section)
{
    find_axes(arena, question, found, section);
    section->cube = cube_new(arena, section->municipality_count, section->label_count, months);
    if (!place_sums(section, found))
        return false;
    if (found->clients)
        count_clients(arena, section, found);
    if (!cube_add_up(&section->cube, !found->clients))
        return false;
    if (!question->exact)
        cube_widen(arena, &section->cube);
    return true;
}

/* ---- rows ---- */

/* The last place of the axis stands for the region. */
static bool shows(const Question *question, const Section *section, size_t municipality)
{
    const char *asked = question->municipality;
    return !*asked ||
           (municipality < section->municipality_count && strcmp(section->municipalities[municipality], asked) == 0);
}

static Value municipality_value(const Section *section, size_t municipality)
{
    return municipality < section->municipality_count ? value_text(section->municipalities[municipality])
                                                      : VALUE_NOBODY_KNOWS;
}

static Value label_value(const Section *section, size_t label, size_t word)
{
    return label < section->label_count ? value_text(section->labels[label].words[word]) : VALUE_NOBODY_KNOWS;
}

static Value month_value(const Question *question, size_t month)
{
    return month < MONTHS ? value_day(day_of(question->year, (int)month + 1, 1)) : VALUE_NOBODY_KNOWS;
}

static Value figure_value(const Cell *cell, CellFigure figure)
{
    const int64_t figures[] = {
        [FIGURE_COUNT] = cell->count, [FIGURE_LINES] = cell->lines, [FIGURE_CENTS] = cell->cents};
    return cell->hidden ? VALUE_NOT_FOR_YOU : value_number(figures[figure]);
}

static bool is_nothing(const Cell *cell)
{
    return !cell->hidden && !cell->count && !cell->lines && !cell->cents;
}

/* The total over labels is always told, and a label where it has anything. */
static bool is_told(const Section *section, size_t municipality, size_t label)
{
    bool told = label == section->label_count;
    for (size_t month = 0; month <= section->cube.size[2] && !told; month++)
        told = !is_nothing(cube_at(&section->cube, municipality, label, month));
    return told;
}

static void add_row(const Question *question, const Section *section, const ReportShape *shape, const size_t at[3],
                    Table *table)
{
    const Cell *cell = cube_at(&section->cube, at[0], at[1], at[2]);
    Value *value = table_add(table);
    *value++ = municipality_value(section, at[0]);
    for (size_t word = 0; word < shape->words; word++)
        *value++ = label_value(section, at[1], word);
    *value++ = month_value(question, at[2]);
    for (size_t i = 0; i < shape->figure_count; i++)
        *value++ = figure_value(cell, shape->figures[i]);
}

bool report_add_rows(Arena *arena, const Question *question, const ReportShape *shape, const Found *found, Table *table)
{
    Section section;
    if (!make_section(arena, question, found, MONTHS, &section))
        return false;
    size_t at[3];
    for (at[0] = 0; at[0] <= section.municipality_count; at[0]++)
        for (at[1] = 0; shows(question, &section, at[0]) && at[1] <= section.label_count; at[1]++)
            for (at[2] = 0; is_told(&section, at[0], at[1]) && at[2] <= MONTHS; at[2]++)
                add_row(question, &section, shape, at, table);
    return true;
}

/* ---- providers ---- */

/* Of one, in ten-thousandths, half up; nothing has no share. */
static Value share_value(int64_t part, int64_t whole)
{
    if (whole <= 0)
        return VALUE_NOBODY_KNOWS;
    return value_number((int64_t)(((__int128)part * 20000 + (part < 0 ? -whole : whole)) / (2 * (__int128)whole)));
}

/* Rejected lines of a provider, in one municipality or (the last place) in all of them. */
static int64_t rejected_lines(const Section *delivered, const Section *rejected, size_t municipality, size_t label)
{
    size_t at = rejected->municipality_count, as = rejected->label_count;
    if (municipality < delivered->municipality_count) {
        const char **found = bsearch(&delivered->municipalities[municipality], rejected->municipalities,
                                     rejected->municipality_count, sizeof *found, by_text);
        if (!found)
            return 0;
        at = (size_t)(found - rejected->municipalities);
    }
    if (label < delivered->label_count) {
        const Label *found =
            bsearch(&delivered->labels[label], rejected->labels, rejected->label_count, sizeof *found, by_label);
        if (!found)
            return 0;
        as = (size_t)(found - rejected->labels);
    }
    return cube_at(&rejected->cube, at, as, rejected->cube.size[2])->count;
}

/* Who only had lines rejected is told too: an empty sum for each that has none. */
static Found with_all_rejected(Arena *arena, const Found *delivered, const Found *rejected)
{
    Found all = *delivered;
    FoundClients *clients = ARENA_MANY(arena, FoundClients, delivered->clients_count + rejected->sum_count + 1);
    memcpy(clients, delivered->clients, delivered->clients_count * sizeof *clients);
    for (size_t i = 0; i < rejected->sum_count; i++)
        clients[all.clients_count++] = (FoundClients){.municipality = rejected->sums[i].municipality,
                                                      .label = rejected->sums[i].label,
                                                      .first_month = 1,
                                                      .last_month = 1};
    all.clients = clients;
    return all;
}

bool report_add_providers(Arena *arena, const Question *question, const Found *delivered, const Found *rejected,
                          Table *table)
{
    Section here, away;
    Found all = with_all_rejected(arena, delivered, rejected);
    if (!make_section(arena, question, &all, 1, &here) || !make_section(arena, question, rejected, 1, &away))
        return false;
    for (size_t label = 0; label <= here.label_count; label++)
        for (size_t municipality = 0; municipality <= here.municipality_count; municipality++) {
            const Cell *cell = cube_at(&here.cube, municipality, label, 1);
            const Cell *whole = cube_at(&here.cube, municipality, here.label_count, 1);
            int64_t lines = rejected_lines(&here, &away, municipality, label);
            if (!shows(question, &here, municipality) || (is_nothing(cell) && lines == 0))
                continue;
            Value *row = table_add(table);
            row[0] = label_value(&here, label, 0);
            row[1] = municipality_value(&here, municipality);
            row[2] = value_number(cell->count);
            row[3] = value_number(cell->lines);
            row[4] = value_number(cell->cents);
            row[5] = value_number(lines);
            row[6] = share_value(cell->cents, whole->cents);
        }
    return true;
}

bool report_add_provider_months(Arena *arena, const Question *question, const Found *found, Table *table)
{
    Section section;
    if (!make_section(arena, question, found, MONTHS, &section))
        return false;
    for (size_t label = 0; label <= section.label_count; label++)
        for (size_t month = 0; month <= MONTHS; month++) {
            const Cell *cell = cube_at(&section.cube, section.municipality_count, label, month);
            Value *row = table_add(table);
            row[0] = label_value(&section, label, 0);
            row[1] = month_value(question, month);
            row[2] = value_number(cell->cents);
            row[3] = value_number(cell->lines);
        }
    return true;
}
