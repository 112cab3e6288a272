/*
 * picq report council: the letter to the council of a municipality, as a page to print.
 */
#include "picq/report.h"

#include "picq/ask.h"
#include "picq/report_options.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char DOC[] = "Makes the letter to the council of a municipality about a year of care: two pages to print."
                          "\vThe letter tells what anybody may know: small numbers are hidden and counts rounded to "
                          "five. PICQ_MONITORING says where monitoring answers, PICQ_TOKEN who asks.";

enum { OPTION_HTML = 256 };

typedef struct Arguments {
    ReportFilters filters;
    const char *html;
} Arguments;

static error_t parse(int key, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->filters;
        return 0;
    case OPTION_HTML:
        arguments->html = value;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here", value);
        return 0;
    case ARGP_KEY_END:
        if (!arguments->filters.municipality || !arguments->filters.year || !arguments->html)
            argp_error(state, "say which --municipality, which --year, and the --html file to write");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static ExitStatus write_letter(const char *command, const char *name, const char *letter)
{
    FILE *file = fopen(name, "we");
    bool written = file && fputs(letter, file) >= 0;
    if (file && fclose(file) != 0)
        written = false;
    if (written)
        return EXIT_DONE;
    command_complain(command, "the letter cannot be written to %s: %s", name, strerror(errno));
    return EXIT_WORLD_AWAY;
}

ExitStatus picq_report_council(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"html", OPTION_HTML, "FILE", 0, "Where the letter is written; a browser prints it", 1}, {0}};
    static const struct argp_child CHILDREN[] = {{&report_year_options, 0, NULL, 0}, {0}};
    static const struct argp ARGP = {.options = OPTIONS, .parser = parse, .doc = DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&ARGP, argc, argv, &arguments);
    Arena *arena = arena_new();
    Page page;
    const char *path = arena_format(arena, "/v1/letters/council%s", report_filters_query(arena, &arguments.filters));
    ExitStatus status = ask_page(argv[0], arena, &ask_monitoring, path, &page);
    if (status == EXIT_DONE)
        status = write_letter(argv[0], arguments.html, page.body);
    arena_free(arena);
    return status;
}
