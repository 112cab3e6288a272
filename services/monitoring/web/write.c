#include "monitoring/web/write.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static json_t *figure(const Cell *cell, int64_t value)
{
    return cell->hidden ? json_null() : json_integer((json_int_t)value);
}

/* The twelve months, and the year. */
static void write_figures(json_t *row, const Section *section, size_t municipality, size_t label, const char *name,
                          int64_t (*figure_of)(const Cell *))
{
    char year[64];
    snprintf(year, sizeof year, "%s_year", name);
    json_t *months = json_array();
    for (size_t month = 0; month < MONTHS; month++) {
        const Cell *cell = cube_at(&section->cube, municipality, label, month);
        json_array_append_new(months, figure(cell, figure_of(cell)));
    }
    const Cell *total = cube_at(&section->cube, municipality, label, MONTHS);
    json_object_set_new(row, name, months);
    json_object_set_new(row, year, figure(total, figure_of(total)));
}

static int64_t count_of(const Cell *cell)
{
    return cell->count;
}

static int64_t lines_of(const Cell *cell)
{
    return cell->lines;
}

static int64_t cents_of(const Cell *cell)
{
    return cell->cents;
}

static const struct {
    const char *count, *lines, *cents; /* NULL: not told */
} FIGURES[] = {
    [SUBJECT_MONEY] = {"clients", "lines", "cents"},      [SUBJECT_CLIENTS] = {"clients", NULL, NULL},
    [SUBJECT_DECISIONS] = {"facts", "allocations", NULL}, [SUBJECT_DECLARATIONS] = {"declarations", NULL, NULL},
    [SUBJECT_REJECTIONS] = {"lines", NULL, NULL},
};

static json_t *code_of(const Report *report, size_t municipality)
{
    return municipality < report->municipality_count ? json_string(report->municipalities[municipality]) : json_null();
}

/* A row of a section; without a municipality it is the region's, without words it is the total over them. */
static json_t *write_row(const Report *report, Subject subject, size_t municipality, size_t label)
{
    const Section *section = &report->sections[subject];
    json_t *row = json_object();
    json_object_set_new(row, "municipality", code_of(report, municipality));
    for (size_t word = 0; word < LABEL_WORDS && subject_word(subject, word); word++)
        json_object_set_new(row, subject_word(subject, word),
                            label < section->label_count ? json_string(section->labels[label].words[word])
                                                         : json_null());
    if (FIGURES[subject].cents)
        write_figures(row, section, municipality, label, FIGURES[subject].cents, cents_of);
    if (FIGURES[subject].count)
        write_figures(row, section, municipality, label, FIGURES[subject].count, count_of);
    if (FIGURES[subject].lines)
        write_figures(row, section, municipality, label, FIGURES[subject].lines, lines_of);
    return row;
}

static bool is_told(const Section *section, size_t municipality, size_t label)
{
    const Cell *year = cube_at(&section->cube, municipality, label, MONTHS);
    bool told = label == section->label_count || year->hidden;
    for (size_t month = 0; month <= MONTHS && !told; month++) {
        const Cell *cell = cube_at(&section->cube, municipality, label, month);
        told = cell->hidden || cell->count || cell->lines || cell->cents;
    }
    return told;
}

static json_t *write_section(const Report *report, Subject subject)
{
    json_t *rows = json_array();
    const Section *section = &report->sections[subject];
    for (size_t municipality = 0; municipality <= report->municipality_count; municipality++)
        for (size_t label = 0; report_shows(report, municipality) && label <= section->label_count; label++)
            if (is_told(section, municipality, label))
                json_array_append_new(rows, write_row(report, subject, municipality, label));
    return rows;
}

static json_t *write_municipality(const Report *report, const char *code, const Books *books)
{
    Day last = day_of(report->question.year, MONTHS, 31);
    Day known_on = report->question.known_on;
    const Municipality *known = books_municipality(books, code, last, known_on);
    const Budget *budget = books_budget(books, code, report->question.year, known_on);
    json_t *row = json_object();
    json_object_set_new(row, "code", json_string(code));
    json_object_set_new(row, "name", json_string(known ? known->name : code));
    json_object_set_new(row, "budget_cents", budget ? json_integer((json_int_t)budget->amount.cents) : json_null());
    return row;
}

static json_t *write_municipalities(const Report *report, const Books *books)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < report->municipality_count; i++)
        if (report_shows(report, i))
            json_array_append_new(rows, write_municipality(report, report->municipalities[i], books));
    return rows;
}

static json_t *write_ledger(const Report *report)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < report->posting_count; i++)
        json_array_append_new(rows,
                              json_pack("{s:s, s:s, s:I}", "municipality", report->postings[i].municipality, "account",
                                        report->postings[i].account, "cents", (json_int_t)report->postings[i].cents));
    return rows;
}

/* Of all labels that begin with the word; null when any of it is hidden. */
static json_t *sum_of_word(const Section *section, size_t municipality, const char *word,
                           int64_t (*figure_of)(const Cell *))
{
    int64_t sum = 0;
    for (size_t label = 0; label < section->label_count; label++) {
        const Cell *cell = cube_at(&section->cube, municipality, label, MONTHS);
        if (strcmp(section->labels[label].words[0], word) != 0)
            continue;
        if (cell->hidden)
            return json_null();
        sum += figure_of(cell);
    }
    return json_integer((json_int_t)sum);
}

static json_t *total_of(const Section *section, size_t municipality, int64_t (*figure_of)(const Cell *))
{
    const Cell *cell = cube_at(&section->cube, municipality, section->label_count, MONTHS);
    return figure(cell, figure_of(cell));
}

/* Of the municipality that was asked, or of the region. */
static json_t *write_totals(const Report *report)
{
    size_t asked = 0;
    while (asked < report->municipality_count && !(*report->question.municipality && report_shows(report, asked)))
        asked++;
    const Section *sections = report->sections;
    const Section *decisions = &sections[SUBJECT_DECISIONS];
    int64_t ledger_cents = 0;
    for (size_t i = 0; i < report->posting_count; i++)
        ledger_cents += report->postings[i].cents;

    json_t *totals = json_object();
    json_object_set_new(totals, "approved_cents", total_of(&sections[SUBJECT_MONEY], asked, cents_of));
    json_object_set_new(totals, "lines_approved", total_of(&sections[SUBJECT_MONEY], asked, lines_of));
    json_object_set_new(totals, "lines_rejected", total_of(&sections[SUBJECT_REJECTIONS], asked, count_of));
    json_object_set_new(totals, "requests_granted", sum_of_word(decisions, asked, "GRANTED", count_of));
    json_object_set_new(totals, "allocations_granted", sum_of_word(decisions, asked, "GRANTED", lines_of));
    json_object_set_new(totals, "requests_refused", sum_of_word(decisions, asked, "REFUSED", count_of));
    json_object_set_new(totals, "requests_referred", sum_of_word(decisions, asked, "REFERRED", count_of));
    json_object_set_new(totals, "conversions", sum_of_word(decisions, asked, "CONVERTED", count_of));
    json_object_set_new(totals, "ledger_sum_cents",
                        report->question.exact ? json_integer((json_int_t)ledger_cents) : json_null());
    return totals;
}

char *report_write(Arena *arena, const Report *report, const Books *books)
{
    char known_on[DAY_TEXT_SIZE];
    const ReportQuestion *question = &report->question;
    json_t *root = json_object();
    json_object_set_new(root, "municipality",
                        *question->municipality ? json_string(question->municipality) : json_null());
    json_object_set_new(root, "year", json_integer(question->year));
    json_object_set_new(root, "known_on", json_string(day_write(question->known_on, known_on)));
    json_object_set_new(root, "exact", json_boolean(question->exact));
    json_object_set_new(root, "totals", write_totals(report));
    json_object_set_new(root, "municipalities", write_municipalities(report, books));
    for (Subject subject = 0; subject < SUBJECT_COUNT; subject++)
        json_object_set_new(root, subject_name(subject), write_section(report, subject));
    json_object_set_new(root, "ledger", write_ledger(report));

    char *dumped = json_dumps(root, JSON_COMPACT | JSON_PRESERVE_ORDER);
    json_decref(root);
    if (!dumped)
        abort();
    char *text = arena_text(arena, dumped);
    free(dumped);
    return text;
}
