/*
 * picq keys revoke: from now on a key speaks for nobody.
 */
#include "picq/keys.h"

#include "picq/operator.h"
#include "picq/public.h"

#include <stdio.h>

static const char DOC[] = "Revokes a key: what it says from now on is refused, on connections that it has already too. "
                          "The key is the path of a public certificate, or the forty characters themselves.";

enum { OPTION_REASON = 0x100 };

typedef struct Arguments {
    OperatorOptions operator;
    const char *key;
    const char *reason;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->operator;
        return 0;
    case OPTION_REASON:
        arguments->reason = value;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->key)
            argp_error(state, "one key at a time");
        arguments->key = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->key)
            argp_error(state, "name the key: the path of its certificate, or its forty characters");
        else if (!arguments->reason)
            argp_error(state, "say why: --reason TEXT");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

ExitStatus picq_keys_revoke(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"reason", OPTION_REASON, "TEXT", 0, "Why, for the record", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&operator_options, 0, NULL, 0}, {0}};
    struct argp argp = {.options = OPTIONS, .parser = parse, .args_doc = "KEY", .doc = DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);

    char key[KEY_TEXT_LENGTH + 1], admitted[100];
    if (public_part(arguments.key, key) != STATUS_OK)
        return command_fault(argv[0], STATUS_STOP);
    snprintf(admitted, sizeof admitted, "the key %s is revoked", key);
    OperatorFact fact = {
        .name = "key_revoked",
        .body = json_pack("{s:s, s:s}", "key", key, "reason", arguments.reason),
        .told = json_pack("{s:s}", "key", key),
        .admitted = admitted,
    };
    return operator_say(argv[0], &arguments.operator, fact);
}
