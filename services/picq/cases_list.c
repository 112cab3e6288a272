/*
 * picq cases list: halves that are open, asked of intake.
 */
#include "picq/ask.h"
#include "picq/cases.h"
#include "picq/table.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char DOC[] =
    "Lists the cases of which a half is open, the oldest first: care that was not granted in the new conversation, or "
    "has not ended in the old one. Say it anew, end the allocation, or close the case."
    "\vPICQ_INTAKE_HTTP says where intake answers, such as http://127.0.0.1:8081; PICQ_TOKEN says who asks.";

enum { OPTION_MUNICIPALITY = 0x100, OPTION_CLOSED, OPTION_JSON };

typedef struct Arguments {
    const char *municipality;
    bool closed;
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
    case OPTION_CLOSED:
        arguments->closed = true;
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

static const char *place_of(Arena *arena, const json_t *each, const char *municipality, const char *provider)
{
    const char *code = ask_text(each, municipality);
    return *code ? arena_format(arena, "%s/%s", code, ask_text(each, provider)) : "";
}

static void print(Arena *arena, const json_t *page)
{
    static const char *const HEADINGS[] = {"since", "kind",   "from", "allocation", "to", "day",
                                           "state", "client", "case", "why",        NULL};
    Table *table = table_new(arena, HEADINGS);
    const json_t *cases = json_object_get(page, "cases");
    size_t i;
    json_t *each;
    json_array_foreach((json_t *)cases, i, each)
    {
        const char *why = ask_text(each, "why");
        const char *const row[] = {
            ask_text(each, "changed_day"),
            ask_text(each, "kind"),
            place_of(arena, each, "municipality", "provider"),
            ask_text(each, "allocation"),
            place_of(arena, each, "to_municipality", "to_provider"),
            ask_text(each, "day"),
            ask_text(each, "state"),
            ask_text(each, "client"),
            ask_text(each, "id"),
            arena_format(arena, "%s%s%s", ask_text(each, "sentence"), *why ? ": " : "", why),
        };
        table_row(table, row);
    }
    size_t count = json_array_size(cases);
    if (count > 0)
        table_print(table);
    printf("%zu case%s%s\n", count, count == 1 ? "" : "s",
           json_is_true(json_object_get(page, "more")) ? ", and there are more" : "");
}

ExitStatus picq_cases_list(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "On either side; without it of all", 0},
        {"closed", OPTION_CLOSED, NULL, 0, "Also the cases that are closed", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC};
    Arguments arguments = {.municipality = ""};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    json_t *page = NULL;
    const char *path = arena_format(arena, "/cases?municipality=%s&closed=%s", arguments.municipality,
                                    arguments.closed ? "true" : "false");
    ExitStatus status = ask_service(argv[0], arena, &ask_intake, path, &page);
    if (status == EXIT_DONE && arguments.json) {
        json_dumpf(page, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (status == EXIT_DONE) {
        print(arena, page);
    }
    json_decref(page);
    arena_free(arena);
    return status;
}
