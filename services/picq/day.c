/*
 * picq day: an operator says that a new day began.
 */
#include "picq/day.h"

#include "base/day.h"
#include "picq/operator.h"

#include <stdio.h>

static const char DOC[] = "Says that a day began, where the calendar follows the feed. A single day that was missed is "
                          "said as well; more than that only when you mean it.";

enum { OPTION_AFTER_GAP = 0x100 };

typedef struct Arguments {
    OperatorOptions operator;
    bool after_gap;
    const char *day;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    Day day;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->operator;
        return 0;
    case OPTION_AFTER_GAP:
        arguments->after_gap = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->day || !day_read(value, &day))
            argp_error(state, "name one day, as 2020-03-01: %s", value);
        arguments->day = value;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name the day, as 2020-03-01");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

ExitStatus picq_day(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"after-gap", OPTION_AFTER_GAP, NULL, 0, "Days were missed, and all of them begin now", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&operator_options, 0, NULL, 0}, {0}};
    struct argp argp = {
        .options = OPTIONS, .parser = parse, .args_doc = "YYYY-MM-DD", .doc = DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);

    json_t *body = json_pack("{s:s}", "day", arguments.day);
    if (arguments.after_gap)
        json_object_set_new(body, "after_gap", json_true());
    char admitted[64];
    snprintf(admitted, sizeof admitted, "%s has begun", arguments.day);
    return operator_say(argv[0],
                        &arguments.operator,(OperatorFact){.name = "new_day", .body = body, .admitted = admitted});
}
