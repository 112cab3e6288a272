#include "picq/reconcile/reconcile.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

enum { CELLS_MAX = 64 };

/* Cuts the line into cells, in place; quotes around a cell are taken off, and two of them inside stand for one. */
static size_t cut(char *line, char separator, char *cells[CELLS_MAX])
{
    size_t count = 0;
    char *from = line;
    for (;;) {
        char *to = from;
        if (count == CELLS_MAX)
            return 0;
        cells[count++] = to;
        bool quoted = *from == '"';
        from += quoted;
        while (*from && (quoted || *from != separator)) {
            if (quoted && *from == '"' && *++from != '"') {
                quoted = false;
                continue;
            }
            *to++ = *from++;
        }
        bool more = *from == separator;
        *to = '\0';
        if (!more)
            return quoted ? 0 : count;
        from++;
    }
}

static char *trimmed(char *cell)
{
    while (*cell == ' ' || *cell == '\t')
        cell++;
    size_t size = strlen(cell);
    while (size > 0 && (cell[size - 1] == ' ' || cell[size - 1] == '\t' || cell[size - 1] == '\r'))
        cell[--size] = '\0';
    return cell;
}

/* Whole euros with two, one or no decimals; points or commas between thousands. */
static bool read_euros(const char *cell, Money *amount_out)
{
    bool negative = *cell == '-';
    cell += negative;
    size_t size = strlen(cell);
    size_t decimals = 0;
    if (size >= 3 && (cell[size - 3] == ',' || cell[size - 3] == '.'))
        decimals = 2;
    else if (size >= 2 && (cell[size - 2] == ',' || cell[size - 2] == '.'))
        decimals = 1;
    size_t whole = decimals ? size - decimals - 1 : size;
    Money sum = {0};
    size_t digits = 0;
    for (size_t i = 0; i < size; i++) {
        if (i == whole || (i < whole && i > 0 && (cell[i] == '.' || cell[i] == ',') && (whole - i) % 4 == 0))
            continue;
        if (cell[i] < '0' || cell[i] > '9' || !money_times(sum, 10, &sum) ||
            !money_add(sum, (Money){cell[i] - '0'}, &sum))
            return false;
        digits++;
    }
    for (size_t i = decimals; i < 2; i++)
        if (!money_times(sum, 10, &sum))
            return false;
    if (digits == 0)
        return false;
    *amount_out = negative ? money_negated(sum) : sum;
    return true;
}

/* What is being read, line by line. */
typedef struct Reading {
    Arena *arena;
    char *next;
    int line;
    char separator;
    size_t reference;
    size_t amount;
    StatedFault *fault;
} Reading;

static bool fault(Reading *reading, const char *words)
{
    *reading->fault = (StatedFault){reading->line, words};
    return false;
}

/* The next line that says something; NULL at the end. */
static char *next_line(Reading *reading)
{
    while (*reading->next) {
        char *line = reading->next;
        size_t size = strcspn(line, "\n");
        reading->next = line + size + (line[size] == '\n');
        line[size] = '\0';
        reading->line++;
        if (*trimmed(line))
            return trimmed(line);
    }
    return NULL;
}

static bool read_heading(Reading *reading)
{
    char *line = next_line(reading);
    if (!line)
        return fault(reading, "the file is empty");
    reading->separator = strchr(line, ';') ? ';' : ',';
    char *cells[CELLS_MAX];
    size_t count = cut(line, reading->separator, cells);
    reading->reference = reading->amount = CELLS_MAX;
    for (size_t i = 0; i < count; i++) {
        const char *name = trimmed(cells[i]);
        if (strcasecmp(name, "referentie") == 0 || strcasecmp(name, "reference") == 0)
            reading->reference = i;
        else if (strcasecmp(name, "bedrag") == 0 || strcasecmp(name, "amount") == 0)
            reading->amount = i;
    }
    if (reading->reference == CELLS_MAX)
        return fault(reading, "no column is called \"referentie\"; the first line names the columns");
    if (reading->amount == CELLS_MAX)
        return fault(reading, "no column is called \"bedrag\"; the first line names the columns");
    return true;
}

static bool read_line(Reading *reading, char *line, StatedLine *stated_out)
{
    char *cells[CELLS_MAX];
    size_t count = cut(line, reading->separator, cells);
    if (count <= reading->reference || count <= reading->amount)
        return fault(reading, "the line has fewer cells than the first one");
    *stated_out = (StatedLine){.number = reading->line, .reference = trimmed(cells[reading->reference])};
    if (!*stated_out->reference)
        return fault(reading, "the line has no reference");
    return read_euros(trimmed(cells[reading->amount]), &stated_out->amount) ||
           fault(reading, "the amount is not one in euros, such as 1234,56");
}

bool stated_read(Arena *arena, const char *text, Stated *stated_out, StatedFault *fault_out)
{
    static const char MARK[] = "\xef\xbb\xbf";
    bool marked = strncmp(text, MARK, sizeof MARK - 1) == 0;
    Reading reading = {
        .arena = arena, .next = arena_text(arena, marked ? text + sizeof MARK - 1 : text), .fault = fault_out};
    size_t lines = 1;
    for (const char *c = text; *c; c++)
        lines += *c == '\n';
    StatedLine *list = ARENA_MANY(arena, StatedLine, lines);
    if (!read_heading(&reading))
        return false;
    size_t count = 0;
    for (char *line = next_line(&reading); line; line = next_line(&reading))
        if (!read_line(&reading, line, &list[count++]))
            return false;
    *stated_out = (Stated){list, count};
    return true;
}
