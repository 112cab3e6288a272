/*
 * picq set-aside retry and drop: what a person decides, and why.
 */
#include "picq/aside.h"

#include "picq/ask.h"
#include "picq/operator.h"

#include <string.h>

enum { OPTION_HOUSE = 0x100, OPTION_REASON, OPTION_MUNICIPALITY, OPTION_PROVIDER };

typedef struct Arguments {
    OperatorOptions operator;
    const char *house;
    const char *message_id;
    const char *reason;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->operator;
        return 0;
    case OPTION_HOUSE:
        arguments->house = value;
        return 0;
    case OPTION_REASON:
        arguments->reason = value;
        return 0;
    case OPTION_MUNICIPALITY:
        arguments->operator.municipality = value;
        return 0;
    case OPTION_PROVIDER:
        arguments->operator.provider = value;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->message_id)
            argp_error(state, "one message at a time");
        arguments->message_id = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->message_id)
            argp_error(state, "name the message, by its id in `picq set-aside list`");
        else if (!arguments->reason)
            argp_error(state, "say why you decide so: --reason TEXT");
        else if (!arguments->operator.municipality != !arguments->operator.provider)
            argp_error(state, "name the conversation: --municipality CODE --provider AGB");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Of the house that set it aside. */
static ExitStatus find(const char *command, Arena *arena, Arguments *arguments)
{
    const AsideQuestion question = {.municipality = "", .id = arguments->message_id};
    json_t *list = NULL;
    ExitStatus status = aside_ask(command, arena, &question, &list);
    const json_t *found = NULL;
    size_t i, count = 0;
    json_t *aside;
    json_array_foreach(list, i, aside)
    {
        if (arguments->house && strcmp(arguments->house, ask_text(aside, "house")) != 0)
            continue;
        found = aside;
        count++;
    }
    const char *slash = strchr(ask_text(found, "subject"), '/');
    if (status == EXIT_DONE && count != 1) {
        command_complain(command,
                         count == 0 ? "%s waits in no house; `picq set-aside show` says what became of it"
                                    : "%s waits in more than one house: say which, --house NAME",
                         arguments->message_id);
        status = EXIT_NO;
    } else if (status == EXIT_DONE && !slash && !arguments->operator.provider) {
        command_complain(command,
                         "%s went to everyone: name a conversation of partition %lld, --municipality CODE "
                         "--provider AGB",
                         arguments->message_id, (long long)json_integer_value(json_object_get(found, "partition")));
        status = EXIT_NO;
    } else if (status == EXIT_DONE) {
        const char *subject = ask_text(found, "subject");
        arguments->house = arena_text(arena, ask_text(found, "house"));
        if (!arguments->operator.provider) {
            arguments->operator.municipality = arena_text_sized(arena, subject, (size_t)(slash - subject));
            arguments->operator.provider = arena_text(arena, slash + 1);
        }
    }
    json_decref(list);
    return status;
}

static ExitStatus decide(int argc, char **argv, const char *doc, const char *fact, const char *admitted)
{
    static const struct argp_option OPTIONS[] = {
        {"reason", OPTION_REASON, "TEXT", 0, "Why, for the record", 1},
        {"house", OPTION_HOUSE, "NAME", 0,
         "Which house set it aside; with the conversation, so that no house is asked (all that PICQ_HOUSES names)", 2},
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "Four digits, such as 0518", 2},
        {"provider", OPTION_PROVIDER, "AGB", 0, "Eight digits", 2},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&operator_options, 0, NULL, 0}, {0}};
    struct argp argp = {
        .options = OPTIONS, .parser = parse, .args_doc = "MESSAGE-ID", .doc = doc, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    bool complete = arguments.house && arguments.operator.provider;
    ExitStatus status = complete ? EXIT_DONE : find(argv[0], arena, &arguments);
    if (status == EXIT_DONE) {
        json_t *body = json_pack("{s:s, s:s, s:s}", "house", arguments.house, "message_id", arguments.message_id,
                                 "reason", arguments.reason);
        status =
            operator_say(argv[0], &arguments.operator,(OperatorFact){.name = fact, .body = body, .admitted = admitted});
    }
    arena_free(arena);
    return status;
}

ExitStatus picq_set_aside_retry(int argc, char **argv)
{
    return decide(argc, argv,
                  "Has a house handle once more what it set aside, as known now. The house keeps who decided so, and "
                  "the reason.",
                  "set_aside_retried", "the message is to be handled once more");
}

ExitStatus picq_set_aside_drop(int argc, char **argv)
{
    return decide(argc, argv,
                  "Gives up a message that a house set aside; its sender is told so. The house keeps who decided so, "
                  "and the reason.",
                  "set_aside_dropped", "the message is given up");
}
