#include "picq/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char DOC[] =
    "Shows how the region is, on one screen: houses and replicas, what waits between them, what needs a person."
    "\vExit status 1 when something needs a person: a house that does not answer, a partition that is stopped or that "
    "nobody works on, a message set aside, a request that is overdue, a case with an open half. PICQ_HOUSES says where "
    "the houses answer, name=place with commas between; each replica may be named. PICQ_TOKEN says who asks.";

enum { OPTION_JSON = 0x100, OPTION_WATCH, WATCH_SECONDS = 2 };

typedef struct Arguments {
    bool json;
    unsigned watch_s; /* 0: once */
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case OPTION_WATCH:
        arguments->watch_s = value ? (unsigned)strtoul(value, NULL, 10) : WATCH_SECONDS;
        if (arguments->watch_s < 1 || arguments->watch_s > 3600)
            argp_error(state, "--watch=SECONDS is from 1 to 3600: %s", value);
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here", value);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static ExitStatus show(const char *command, const Houses *houses, const Arguments *arguments)
{
    Arena *arena = arena_new();
    json_t *status = status_gather(arena, houses);
    if (!status) {
        command_complain(command, "no house answers; are the places in PICQ_HOUSES right?");
        arena_free(arena);
        return EXIT_WORLD_AWAY;
    }
    if (arguments->watch_s && isatty(STDOUT_FILENO))
        printf("\033[H\033[2J");
    if (arguments->json) {
        json_dumpf(status, stdout, JSON_INDENT(2));
        putchar('\n');
    } else {
        status_print(arena, status);
    }
    ExitStatus exit_status = json_array_size(json_object_get(status, "needs_a_person")) > 0 ? EXIT_NO : EXIT_DONE;
    json_decref(status);
    arena_free(arena);
    return exit_status;
}

ExitStatus picq_status(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {"watch", OPTION_WATCH, "SECONDS", OPTION_ARG_OPTIONAL, "Again and again, every 2 seconds or as many as said",
         0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    Houses houses;
    ExitStatus status = houses_read(argv[0], arena, &houses);
    if (status == EXIT_DONE)
        status = show(argv[0], &houses, &arguments);
    while (status != EXIT_WRONG_USE && arguments.watch_s) {
        fflush(stdout);
        sleep(arguments.watch_s);
        if (!isatty(STDOUT_FILENO))
            putchar('\n');
        status = show(argv[0], &houses, &arguments);
    }
    arena_free(arena);
    return status;
}
