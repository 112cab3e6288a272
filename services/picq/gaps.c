#include "picq/gaps.h"

#include "picq/allocation.h"
#include "picq/table.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char DOC[] =
    "Lists the care that runs or is to run and that no contract covers on some days: provider, segment and "
    "municipality, "
    "client and allocation, and the days. With --book DIR as it would be with the book in that folder, which is not "
    "published by this. Exit status 1: there are gaps."
    "\vPICQ_ALLOCATION_HTTP says where allocation answers, such as http://127.0.0.1:8082; PICQ_TOKEN says who asks.";

enum { OPTION_MUNICIPALITY = 0x100, OPTION_BOOK, OPTION_JSON };

typedef struct Arguments {
    const char *municipality;
    const char *book;
    bool json;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case OPTION_MUNICIPALITY:
        if (strspn(value, "0123456789") != 4 || value[4])
            argp_error(state, "a municipality is a code of four digits, such as 0518");
        arguments->municipality = value;
        return 0;
    case OPTION_BOOK:
        arguments->book = value;
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here; a book is named by --book", value);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* An open end is not said. */
static const char *until(const json_t *gap)
{
    const char *last = allocation_text(gap, "last_day");
    return *last ? last : "and on";
}

static void print(Arena *arena, const json_t *gaps)
{
    static const char *const HEADINGS[] = {"municipality", "provider", "segment", "client", "allocation",
                                           "code",         "from",     "until",   NULL};
    Table *table = table_new(arena, HEADINGS);
    size_t i;
    json_t *gap;
    json_array_foreach((json_t *)gaps, i, gap)
    {
        const char *const row[] = {
            allocation_text(gap, "municipality"), allocation_text(gap, "provider"),
            allocation_text(gap, "segment"),      allocation_text(gap, "client"),
            allocation_text(gap, "allocation"),   allocation_text(gap, "code"),
            allocation_text(gap, "first_day"),    until(gap),
        };
        table_row(table, row);
    }
    size_t count = json_array_size(gaps);
    if (count > 0)
        table_print(table);
    printf("%zu gap%s\n", count, count == 1 ? "" : "s");
}

ExitStatus picq_gaps(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "Of one municipality; without it of all", 0},
        {"book", OPTION_BOOK, "DIR", 0, "With the book in this folder, as if it were published", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC};
    Arguments arguments = {.municipality = ""};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    json_t *gaps = NULL;
    const char *path = arena_format(arena, "/gaps?municipality=%s&", arguments.municipality);
    ExitStatus status = allocation_ask_all(argv[0], arena, path, arguments.book, "gaps", &gaps);
    if (status == EXIT_DONE && arguments.json) {
        json_dumpf(gaps, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (status == EXIT_DONE) {
        print(arena, gaps);
    }
    if (status == EXIT_DONE && json_array_size(gaps) > 0)
        status = EXIT_NO;
    json_decref(gaps);
    arena_free(arena);
    return status;
}
