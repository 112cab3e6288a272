#include "picq/trace.h"

#include <stdio.h>

static const char DOC[] =
    "Shows the way of a message through the houses: when each took it, the time from its neighbour's word to that, and "
    "what it said then. An id is SENDER:ID, with the id that the sender gave, or as a log line has it: what it became "
    "later leads back to the whole way. What goes to everyone has a place for each partition: book-7@12."
    "\vPICQ_HOUSES says where the houses answer, name=place with commas between; PICQ_TOKEN says who asks.";

enum { OPTION_JSON = 0x100 };

typedef struct Arguments {
    const char *id;
    bool json;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->id)
            argp_error(state, "one message at a time");
        arguments->id = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->id)
            argp_error(state, "name the message: SENDER:ID, or as message=… of a log line");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static ExitStatus tell(const char *command, Arena *arena, const Arguments *arguments, const json_t *trace)
{
    const json_t *away = json_object_get(trace, "away");
    bool found = json_array_size(json_object_get(trace, "steps")) > 0;
    if (arguments->json) {
        json_dumpf(trace, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (found) {
        trace_print(arena, trace);
    }
    size_t i;
    json_t *one;
    json_array_foreach((json_t *)away, i, one) command_complain(command, "%s", json_string_value(one));
    if (json_array_size(away) > 0)
        return EXIT_WORLD_AWAY;
    if (!found)
        command_complain(command, "intake has said nothing under %s; an id is SENDER:ID, such as gateway:m-1",
                         arguments->id);
    return found ? EXIT_DONE : EXIT_NO;
}

ExitStatus picq_trace(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {{"json", OPTION_JSON, NULL, 0, "For programs", 0}, {0}};
    struct argp argp = {.options = OPTIONS, .parser = parse, .args_doc = "ID", .doc = DOC};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    Houses houses;
    ExitStatus status = houses_read(argv[0], arena, &houses);
    if (status == EXIT_DONE) {
        json_t *trace = trace_follow(arena, &houses, arguments.id);
        status = tell(argv[0], arena, &arguments, trace);
        json_decref(trace);
    }
    arena_free(arena);
    return status;
}
