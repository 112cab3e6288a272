/*
 * picq set-aside list and show: what waits for a person, asked of every house.
 */
#include "picq/aside.h"

#include "picq/ask.h"
#include "picq/table.h"

#include <stdio.h>
#include <string.h>

static const char DOC[] = "\vPICQ_HOUSES says where the houses answer, name=place with commas between; PICQ_TOKEN says "
                          "who asks.";

enum { OPTION_MUNICIPALITY = 0x100, OPTION_SETTLED, OPTION_JSON };

typedef struct Arguments {
    AsideQuestion question;
    bool wants_id;
    bool json;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case OPTION_MUNICIPALITY:
        if (strspn(value, "0123456789") != 4 || value[4])
            argp_error(state, "a municipality is a code of four digits, such as 0518");
        arguments->question.municipality = value;
        return 0;
    case OPTION_SETTLED:
        arguments->question.settled = true;
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        if (!arguments->wants_id || *arguments->question.id)
            argp_error(state, "\"%s\" says nothing here", value);
        arguments->question.id = value;
        return 0;
    case ARGP_KEY_END:
        if (arguments->wants_id && !*arguments->question.id)
            argp_error(state, "name the message, by its id in `picq set-aside list`");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_json(const json_t *list)
{
    json_dumpf(list, stdout, JSON_INDENT(2));
    putchar('\n');
}

static const char *decision_of(Arena *arena, const json_t *aside)
{
    const char *state = ask_text(aside, "state");
    return strcmp(state, "ASIDE") == 0
               ? "waits"
               : arena_format(arena, "%s by %s: %s", strcmp(state, "RETRIED") == 0 ? "retried" : "dropped",
                              ask_text(aside, "decided_id"), ask_text(aside, "decided_reason"));
}

static void print_list(Arena *arena, const json_t *list)
{
    static const char *const HEADINGS[] = {"admitted",     "house",    "message", "kind",
                                           "conversation", "decision", "reason",  NULL};
    Table *table = table_new(arena, HEADINGS);
    size_t i, waiting = 0;
    json_t *aside;
    json_array_foreach((json_t *)list, i, aside)
    {
        waiting += strcmp(ask_text(aside, "state"), "ASIDE") == 0;
        const char *const row[] = {arena_text_sized(arena, ask_text(aside, "admitted_at"), 10),
                                   ask_text(aside, "house"),
                                   ask_text(aside, "id"),
                                   ask_text(aside, "type"),
                                   *ask_text(aside, "subject") ? ask_text(aside, "subject") : "everyone",
                                   decision_of(arena, aside),
                                   ask_text(aside, "reason")};
        table_row(table, row);
    }
    if (json_array_size(list) > 0)
        table_print(table);
    printf("%zu message%s for a person\n", waiting, waiting == 1 ? " waits" : "s wait");
}

ExitStatus picq_set_aside_list(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "Of one municipality; without it of all", 0},
        {"settled", OPTION_SETTLED, NULL, 0, "Also those that a person has decided of, with the reason", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC};
    Arguments arguments = {.question = {.municipality = "", .id = ""}};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    json_t *list = NULL;
    ExitStatus status = aside_ask(argv[0], arena, &arguments.question, &list);
    if (list && arguments.json)
        print_json(list);
    else if (list)
        print_list(arena, list);
    json_decref(list);
    arena_free(arena);
    return status;
}

static void print_one(const json_t *aside)
{
    static const struct {
        const char *words, *name;
    } FIELDS[] = {
        {"message", "id"},
        {"house", "house"},
        {"heard from", "source"},
        {"kind", "type"},
        {"conversation", "subject"},
        {"admitted", "admitted_at"},
        {"known on", "known_day"},
        {"reason", "reason"},
        {"state", "state"},
        {"decided by", "decided_id"},
        {"decided on", "decided_day"},
        {"because", "decided_reason"},
    };
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
        if (*ask_text(aside, FIELDS[i].name))
            printf("%-13s %s\n", FIELDS[i].words, ask_text(aside, FIELDS[i].name));
    printf("%-13s partition %lld, position %lld, %lld bytes\n", "place",
           (long long)json_integer_value(json_object_get(aside, "partition")),
           (long long)json_integer_value(json_object_get(aside, "position")),
           (long long)json_integer_value(json_object_get(aside, "bytes")));
    if (strcmp(ask_text(aside, "state"), "ASIDE") == 0)
        printf("\npicq trace %s\npicq set-aside retry %s --reason TEXT\npicq set-aside drop %s --reason TEXT\n",
               ask_text(aside, "id"), ask_text(aside, "id"), ask_text(aside, "id"));
}

ExitStatus picq_set_aside_show(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {{"json", OPTION_JSON, NULL, 0, "For programs", 0}, {0}};
    struct argp argp = {.options = OPTIONS, .parser = parse, .args_doc = "MESSAGE-ID", .doc = DOC};
    Arguments arguments = {.question = {.municipality = "", .id = "", .settled = true}, .wants_id = true};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    json_t *list = NULL;
    ExitStatus status = aside_ask(argv[0], arena, &arguments.question, &list);
    if (list && arguments.json)
        print_json(list);
    size_t i;
    json_t *aside;
    json_array_foreach(list, i, aside)
    {
        if (i > 0 && !arguments.json)
            putchar('\n');
        if (!arguments.json)
            print_one(aside);
    }
    if (status == EXIT_DONE && json_array_size(list) == 0) {
        command_complain(argv[0], "no house has set %s aside", arguments.question.id);
        status = EXIT_NO;
    }
    json_decref(list);
    arena_free(arena);
    return status;
}
