/*
 * picq cases move and transfer: care goes to another municipality, or to another provider.
 */
#include "base/day.h"
#include "picq/care_options.h"
#include "picq/cases.h"
#include "picq/operator.h"

#include <stdio.h>
#include <string.h>

static const char MOVE_DOC[] =
    "The client goes to another municipality. All that is left of the trajectory is granted there from the day on, "
    "and when it is, it ends here the day before. Where the new municipality needs other care, it is said here. What "
    "became of it is told in both mailboxes; halves left open are shown by `picq cases list`.";
static const char TRANSFER_DOC[] =
    "Another provider takes the care over. All that is left of the trajectory is granted there from the day on, and "
    "when it is, it ends here the day before. What became of it is told in both mailboxes; halves left open are shown "
    "by `picq cases list`.";

enum { OPTION_DAY = 0x100, OPTION_CONSENT, OPTION_TO };

typedef struct Arguments {
    OperatorOptions operator;
    CareOptions care;
    size_t digits; /* of the code that it goes to */
    const char *allocation;
    const char *day;
    const char *to;
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
    case OPTION_TO:
        if (strspn(value, "0123456789") != arguments->digits || value[arguments->digits])
            argp_error(state, "--to is a code of %zu digits: %s", arguments->digits, value);
        arguments->to = value;
        return 0;
    case OPTION_CONSENT:
        arguments->consent = value;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->allocation)
            argp_error(state, "one allocation at a time; the others of its trajectory go along");
        arguments->allocation = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->allocation)
            argp_error(state, "name an allocation, by its number");
        else if (!arguments->day || !arguments->to)
            argp_error(state, "say where it goes, and on which day: --to CODE --day YYYY-MM-DD");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static ExitStatus go(int argc, char **argv, const char *doc, const char *to_field, size_t digits)
{
    static const struct argp_option OPTIONS[] = {
        {"to", OPTION_TO, "CODE", 0, "Where the care goes", 0},
        {"day", OPTION_DAY, "YYYY-MM-DD", 0, "The first day there", 0},
        {"consent", OPTION_CONSENT, "TEXT", 0, "How the provider agreed, when the end lies in the past", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {
        {&conversation_options, 0, NULL, 0},
        {&care_options, 0, NULL, 0},
        {0},
    };
    struct argp argp = {
        .options = OPTIONS, .parser = parse, .args_doc = "ALLOCATION", .doc = doc, .children = CHILDREN};
    Arguments arguments = {.care = care_options_begin(), .digits = digits};
    command_parse(&argp, argc, argv, &arguments);

    json_t *body = json_pack("{s:s, s:s, s:s, s:s*}", "allocation", arguments.allocation, "day", arguments.day,
                             to_field, arguments.to, "consent", arguments.consent);
    if (body)
        care_options_add(&arguments.care, body);
    care_options_end(&arguments.care);
    char admitted[120];
    snprintf(admitted, sizeof admitted, "the case of %.60s to %s on %s is admitted", arguments.allocation, arguments.to,
             arguments.day);
    return operator_say(argv[0],
                        &arguments.operator,(OperatorFact){.name = "care_moved", .body = body, .admitted = admitted});
}

ExitStatus picq_cases_move(int argc, char **argv)
{
    return go(argc, argv, MOVE_DOC, "to_municipality", 4);
}

ExitStatus picq_cases_transfer(int argc, char **argv)
{
    return go(argc, argv, TRANSFER_DOC, "to_provider", 8);
}
