#include "picq/end.h"

#include "base/day.h"
#include "picq/operator.h"

#include <stdio.h>

static const char DOC[] =
    "Ends an allocation on a day. One that is to begin later is removed. A day in the past needs the recorded consent "
    "of the provider. What became of it is told in the provider's mailbox.";

enum { OPTION_LAST_DAY = 0x100, OPTION_REASON, OPTION_CONSENT };

typedef struct Arguments {
    OperatorOptions operator;
    const char *allocation;
    const char *last_day;
    const char *reason;
    const char *consent;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    Day day;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->operator;
        return 0;
    case OPTION_LAST_DAY:
        if (!day_read(value, &day))
            argp_error(state, "--last-day is a day, as 2020-03-01: %s", value);
        arguments->last_day = value;
        return 0;
    case OPTION_REASON:
        arguments->reason = value;
        return 0;
    case OPTION_CONSENT:
        arguments->consent = value;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->allocation)
            argp_error(state, "one allocation at a time");
        arguments->allocation = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->allocation)
            argp_error(state, "name the allocation, by its number");
        else if (!arguments->last_day || !arguments->reason)
            argp_error(state, "say when and why: --last-day YYYY-MM-DD --reason REASON");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

ExitStatus picq_end(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"last-day", OPTION_LAST_DAY, "YYYY-MM-DD", 0, "The last day of care", 0},
        {"reason", OPTION_REASON, "REASON", 0,
         "MOVED, OTHER_PROVIDER, OTHER_LAW, CONTRACT_CHANGED, SHORTENED, DELIVERY_CHANGED, ADMINISTRATIVE or DEATH", 0},
        {"consent", OPTION_CONSENT, "TEXT", 0, "How the provider agreed, when the day lies in the past", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&conversation_options, 0, NULL, 0}, {0}};
    struct argp argp = {
        .options = OPTIONS, .parser = parse, .args_doc = "ALLOCATION", .doc = DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);

    json_t *body = json_pack("{s:s, s:s, s:s, s:s*}", "allocation", arguments.allocation, "last_day",
                             arguments.last_day, "reason", arguments.reason, "consent", arguments.consent);
    char admitted[120];
    snprintf(admitted, sizeof admitted, "the end of %.60s on %s is admitted", arguments.allocation, arguments.last_day);
    return operator_say(
        argv[0], &arguments.operator,(OperatorFact){.name = "allocation_ended", .body = body, .admitted = admitted});
}
