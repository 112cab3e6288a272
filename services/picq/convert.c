/*
 * picq convert: a running allocation ends, and goes on under the funding in force.
 */
#include "picq/convert.h"

#include "base/day.h"
#include "picq/care_options.h"
#include "picq/convert_many.h"
#include "picq/operator.h"

#include <stdio.h>

static const char DOC[] =
    "Ends a running allocation the day before, and grants a new one under the funding in force; one that has not begun "
    "is removed, and granted anew. What the new one needs and nobody said (a PIC, results, products) waits for a "
    "person "
    "(`picq requests list`). A day in the past needs the recorded consent of the provider. What became of it is told "
    "in "
    "the provider's mailbox. `picq convert --plan --help` tells of many at once.";

enum { OPTION_DAY = 0x100, OPTION_CONSENT };

typedef struct Arguments {
    OperatorOptions operator;
    CareOptions care;
    const char *allocation;
    const char *day;
    const char *consent;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    Day day;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->operator;
        state->child_inputs[1] = &arguments->care;
        return 0;
    case OPTION_DAY:
        if (!day_read(value, &day))
            argp_error(state, "--day is a day, as 2020-03-01: %s", value);
        arguments->day = value;
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
        else if (!arguments->day)
            argp_error(state, "name the first day under the new funding: --day YYYY-MM-DD");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

ExitStatus picq_convert(int argc, char **argv)
{
    if (convert_is_many(argc, argv))
        return convert_many(argc, argv);
    static const struct argp_option OPTIONS[] = {
        {"day", OPTION_DAY, "YYYY-MM-DD", 0, "The first day under the new funding", 0},
        {"consent", OPTION_CONSENT, "TEXT", 0, "How the provider agreed, when the day lies in the past", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {
        {&conversation_options, 0, NULL, 0},
        {&care_options, 0, NULL, 0},
        {&convert_many_options, 0, "Many at once", 0},
        {0},
    };
    struct argp argp = {
        .options = OPTIONS, .parser = parse, .args_doc = "ALLOCATION", .doc = DOC, .children = CHILDREN};
    Arguments arguments = {.care = care_options_begin()};
    command_parse(&argp, argc, argv, &arguments);

    json_t *body = json_pack("{s:s, s:s, s:s*}", "allocation", arguments.allocation, "day", arguments.day, "consent",
                             arguments.consent);
    if (body)
        care_options_add(&arguments.care, body);
    care_options_end(&arguments.care);
    char admitted[120];
    snprintf(admitted, sizeof admitted, "the conversion of %.60s on %s is admitted", arguments.allocation,
             arguments.day);
    return operator_say(argv[0],
                        &arguments.operator,(OperatorFact){.name = "conversion", .body = body, .admitted = admitted});
}
