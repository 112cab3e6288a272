/*
 * picq requests list: what waits for a person, asked of allocation.
 */
#include "picq/requests.h"

#include "picq/fetch.h"
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

/* "" for what was not said. */
static const char *text_of(const json_t *request, const char *name)
{
    const char *text = json_string_value(json_object_get(request, name));
    return text ? text : "";
}

/* "3 PERSPECTIEF, 45A04 600 MINUTE PER_WEEK" */
static const char *care_of(Arena *arena, const json_t *request)
{
    const char *profile = text_of(request, "profile");
    const char *care = *profile ? arena_format(arena, "%s %s", profile, text_of(request, "intensity")) : "";
    size_t i;
    json_t *product;
    json_array_foreach(json_object_get(request, "products"), i, product)
    {
        care = arena_format(arena, "%s%s%s %lld %s %s", care, *care ? ", " : "", text_of(product, "code"),
                            (long long)json_integer_value(json_object_get(product, "volume")), text_of(product, "unit"),
                            text_of(product, "frequency"));
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
            text_of(request, "due_day"),
            text_of(request, "municipality"),
            text_of(request, "provider"),
            text_of(request, "reference"),
            text_of(request, "client"),
            text_of(request, "referrer"),
            arena_format(arena, "%s/%s", text_of(request, "first_day"), text_of(request, "last_day")),
            care_of(arena, request),
            text_of(request, "sentence"),
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

static ExitStatus ask(const char *command, Arena *arena, const char *municipality, json_t **worklist_out)
{
    const char *place = getenv("PICQ_ALLOCATION_HTTP");
    const char *token = getenv("PICQ_TOKEN");
    if (!place || !*place) {
        command_complain(command, "say where allocation answers: PICQ_ALLOCATION_HTTP=http://127.0.0.1:8082");
        return EXIT_WRONG_USE;
    }
    Page page;
    const char *path = arena_format(arena, "/requests?municipality=%s", municipality);
    Status status = fetch_page(arena, place, path, token ? token : "", &page);
    if (status != STATUS_OK) {
        command_complain(command, "allocation cannot be reached: %s", fault_words());
        return status == STATUS_STOP ? EXIT_WRONG_USE : EXIT_WORLD_AWAY;
    }
    if (page.status == 401) {
        command_complain(command, "allocation does not know who asks: set PICQ_TOKEN to a reader's secret");
        return EXIT_NO;
    }
    *worklist_out = page.status == 200 ? json_loads(page.body, 0, NULL) : NULL;
    if (!*worklist_out) {
        command_complain(command, "allocation answers %d: %.*s", page.status, (int)strcspn(page.body, "\r\n"),
                         page.body);
        return page.status >= 500 ? EXIT_WORLD_AWAY : EXIT_NO;
    }
    return EXIT_DONE;
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
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);

    Arena *arena = arena_new();
    json_t *worklist = NULL;
    ExitStatus status = ask(argv[0], arena, arguments.municipality, &worklist);
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
