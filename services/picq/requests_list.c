/*
 * picq requests list: what waits for a person, asked of allocation.
 */
#include "picq/requests.h"

#include "picq/allocation.h"
#include "picq/table.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DOC[] =
    "Lists the requests that a person must judge, the most urgent first; `picq requests grant` and `refuse` judge them."
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

/* "3 PERSPECTIEF, 45A04 600 MINUTE PER_WEEK"; where an allocation is to be changed, its number comes first. */
static const char *care_of(Arena *arena, const json_t *request)
{
    const char *profile = allocation_text(request, "profile");
    const char *care = *profile ? arena_format(arena, "%s %s", profile, allocation_text(request, "intensity")) : "";
    const char *allocation = allocation_text(request, "allocation");
    if (*allocation)
        care = arena_format(arena, "%s%s%s", allocation, *care ? ": " : "", care);
    size_t i;
    json_t *product;
    json_array_foreach(json_object_get(request, "products"), i, product)
    {
        care = arena_format(arena, "%s%s%s %lld %s %s", care, *care ? ", " : "", allocation_text(product, "code"),
                            (long long)json_integer_value(json_object_get(product, "volume")),
                            allocation_text(product, "unit"), allocation_text(product, "frequency"));
    }
    return care;
}

static void print(const json_t *worklist)
{
    static const char *const HEADINGS[] = {"until",    "municipality", "provider", "reference", "client",
                                           "referrer", "period",       "care",     "why",       NULL};
    Arena *arena = arena_new();
    Table *table = table_new(arena, HEADINGS);
    const json_t *requests = json_object_get(worklist, "requests");
    size_t i;
    json_t *request;
    json_array_foreach((json_t *)requests, i, request)
    {
        const char *const row[] = {
            allocation_text(request, "due_day"),
            allocation_text(request, "municipality"),
            allocation_text(request, "provider"),
            allocation_text(request, "reference"),
            allocation_text(request, "client"),
            allocation_text(request, "referrer"),
            arena_format(arena, "%s/%s", allocation_text(request, "first_day"), allocation_text(request, "last_day")),
            care_of(arena, request),
            allocation_text(request, "sentence"),
        };
        table_row(table, row);
    }
    size_t count = json_array_size(requests);
    if (count > 0)
        table_print(table);
    printf("%zu request%s for a person%s\n", count, count == 1 ? "" : "s",
           json_is_true(json_object_get(worklist, "more")) ? ", and there are more" : "");
    arena_free(arena);
}

ExitStatus picq_requests_list(int argc, char **argv)
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
    json_t *worklist = NULL;
    const char *path = arena_format(arena, "/requests?municipality=%s", arguments.municipality);
    ExitStatus status = allocation_ask(argv[0], arena, path, &worklist);
    if (status == EXIT_DONE && arguments.json) {
        json_dumpf(worklist, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (status == EXIT_DONE) {
        print(worklist);
    }
    json_decref(worklist);
    arena_free(arena);
    return status;
}
