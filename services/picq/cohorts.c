#include "picq/cohorts.h"

#include "picq/allocation.h"
#include "picq/table.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char DOC[] =
    "Lists the allocations that earlier care, known late, would have given another cohort, the newest news first. "
    "Nothing flips by itself: a person looks, and `picq convert` moves who is to be moved."
    "\vPICQ_ALLOCATION_HTTP says where allocation answers, such as http://127.0.0.1:8082; PICQ_TOKEN says who asks.";

enum { OPTION_MUNICIPALITY = 0x100, OPTION_JSON };

typedef struct Arguments {
    const char *municipality;
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
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here", value);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print(Arena *arena, const json_t *answer)
{
    static const char *const HEADINGS[] = {"known",  "municipality", "provider", "allocation", "client", "segment",
                                           "period", "funding",      "cohort",   "would be",   NULL};
    Table *table = table_new(arena, HEADINGS);
    const json_t *cohorts = json_object_get(answer, "cohorts");
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)cohorts, i, row)
    {
        const char *const texts[] = {
            allocation_text(row, "known_day"),
            allocation_text(row, "municipality"),
            allocation_text(row, "provider"),
            allocation_text(row, "allocation"),
            allocation_text(row, "client"),
            allocation_text(row, "segment"),
            arena_format(arena, "%s/%s", allocation_text(row, "first_day"), allocation_text(row, "last_day")),
            allocation_text(row, "funding"),
            allocation_text(row, "cohort"),
            allocation_text(row, "would_be"),
        };
        table_row(table, texts);
    }
    size_t count = json_array_size(cohorts);
    if (count > 0)
        table_print(table);
    printf("%zu allocation%s of which the cohort would be another%s\n", count, count == 1 ? "" : "s",
           json_is_true(json_object_get(answer, "more")) ? ", and there are more" : "");
}

static ExitStatus list(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "Of one municipality; without it of all", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC};
    Arguments arguments = {.municipality = ""};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    json_t *answer = NULL;
    const char *path = arena_format(arena, "/cohorts?municipality=%s", arguments.municipality);
    ExitStatus status = allocation_ask(argv[0], arena, path, &answer);
    if (status == EXIT_DONE && arguments.json) {
        json_dumpf(answer, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (status == EXIT_DONE) {
        print(arena, answer);
    }
    json_decref(answer);
    arena_free(arena);
    return status;
}

static const Command COMMANDS[] = {
    {"list", "[--municipality CODE] [--json]", "Lists allocations whose cohort would be another.", list, NULL},
};

const Commands picq_cohorts = {
    .name = "picq cohorts",
    .what = "earlier care that became known late",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};
