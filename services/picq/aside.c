/*
 * picq set-aside: what a person decides of a message that a house could not handle.
 */
#include "picq/aside.h"

#include "picq/operator.h"

#include <stdio.h>

enum { OPTION_HOUSE = 0x100, OPTION_REASON };

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
    case ARGP_KEY_ARG:
        if (arguments->message_id)
            argp_error(state, "one message at a time");
        arguments->message_id = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->message_id)
            argp_error(state, "name the message, by the id in MESSAGE-SET-ASIDE of the log");
        else if (!arguments->house || !arguments->reason)
            argp_error(state, "say which house set it aside, and why you decide so: --house NAME --reason TEXT");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static ExitStatus decide(int argc, char **argv, const char *doc, const char *fact, const char *admitted)
{
    static const struct argp_option OPTIONS[] = {
        {"house", OPTION_HOUSE, "NAME", 0, "Which house set it aside: allocation, billing, monitoring", 0},
        {"reason", OPTION_REASON, "TEXT", 0, "Why, for the record", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&conversation_options, 0, NULL, 0}, {0}};
    struct argp argp = {
        .options = OPTIONS, .parser = parse, .args_doc = "MESSAGE-ID", .doc = doc, .children = CHILDREN};
    Arguments arguments = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &arguments);

    json_t *body = json_pack("{s:s, s:s, s:s}", "house", arguments.house, "message_id", arguments.message_id, "reason",
                             arguments.reason);
    return operator_say(argv[0], &arguments.operator,(OperatorFact){.name = fact, .body = body, .admitted = admitted});
}

static ExitStatus retry(int argc, char **argv)
{
    return decide(argc, argv, "Has a house handle once more what it set aside, as known now.", "set_aside_retried",
                  "the message is to be handled once more");
}

static ExitStatus drop(int argc, char **argv)
{
    return decide(argc, argv, "Gives up a message that a house set aside; its sender is told so.", "set_aside_dropped",
                  "the message is given up");
}

static const Command COMMANDS[] = {
    {"retry", "MESSAGE-ID --house NAME --municipality CODE --provider AGB --reason TEXT",
     "Has a house handle a message once more.", retry},
    {"drop", "MESSAGE-ID --house NAME --municipality CODE --provider AGB --reason TEXT", "Gives a message up.", drop},
};

static const Commands SET_ASIDE = {
    .name = "picq set-aside",
    .what = "messages that a house could not handle",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};

ExitStatus picq_set_aside(int argc, char **argv)
{
    return commands_run(&SET_ASIDE, argc, argv);
}
