/*
 * picq requests grant and refuse: what a person decides of a request.
 */
#include "picq/requests.h"

#include "picq/care_options.h"
#include "picq/operator.h"

#include <stdio.h>

static const char GRANT_DOC[] = "Grants a request that a person must judge. What the request lacked, a PIC, results or "
                                "products, is filled in here. "
                                "What became of it is told in the provider's mailbox.";
static const char REFUSE_DOC[] = "Refuses a request that a person must judge; the provider reads the reason.";

enum { OPTION_REASON = 0x100 };

typedef struct Arguments {
    OperatorOptions operator;
    CareOptions care;
    const char *reference;
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
        if (arguments->reference)
            argp_error(state, "one request at a time");
        arguments->reference = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->reference)
            argp_error(state, "name the request, by the provider's reference");
        else if (!arguments->reason)
            argp_error(state, "say why: --reason TEXT");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* Who grants may also fill in care. */
static error_t parse_grant(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    if (option == ARGP_KEY_INIT)
        state->child_inputs[1] = &arguments->care;
    return parse(option, value, state);
}

static const struct argp_option OPTIONS[] = {
    {"reason", OPTION_REASON, "TEXT", 0, "Why, as the provider reads it", 0},
    {0},
};

static ExitStatus judge(int argc, char **argv, const struct argp *argp, const char *fact, const char *verdict)
{
    Arguments arguments = {.care = care_options_begin()};
    command_parse(argp, argc, argv, &arguments);

    json_t *body = json_pack("{s:s, s:s}", "reference", arguments.reference, "reason", arguments.reason);
    if (body)
        care_options_add(&arguments.care, body);
    care_options_end(&arguments.care);
    char admitted[120];
    snprintf(admitted, sizeof admitted, "the %s of %.60s is admitted", verdict, arguments.reference);
    return operator_say(argv[0], &arguments.operator,(OperatorFact){.name = fact, .body = body, .admitted = admitted});
}

ExitStatus picq_requests_grant(int argc, char **argv)
{
    static const struct argp_child CHILDREN[] = {
        {&conversation_options, 0, NULL, 0},
        {&care_options, 0, NULL, 0},
        {0},
    };
    static const struct argp ARGP = {
        .options = OPTIONS, .parser = parse_grant, .args_doc = "REFERENCE", .doc = GRANT_DOC, .children = CHILDREN};
    return judge(argc, argv, &ARGP, "request_granted", "grant");
}

ExitStatus picq_requests_refuse(int argc, char **argv)
{
    static const struct argp_child CHILDREN[] = {{&conversation_options, 0, NULL, 0}, {0}};
    static const struct argp ARGP = {
        .options = OPTIONS, .parser = parse, .args_doc = "REFERENCE", .doc = REFUSE_DOC, .children = CHILDREN};
    return judge(argc, argv, &ARGP, "request_refused", "refusal");
}
