/*
 * picq cases death, bsn and close: what concerns a client in all conversations, and what a person settled.
 *
 * A citizen number is read from standard input: on a command line it would stand in a history and
 * in the list of processes.
 */
#include "base/day.h"
#include "picq/cases.h"
#include "picq/operator.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const char DEATH_DOC[] =
    "A client died. What runs ends on that day and what was to begin later is removed, in every conversation of the "
    "client. The citizen number is read from standard input. --withdrawn takes the word back; what ended must be "
    "granted anew.";
static const char BSN_DOC[] =
    "A citizen number was wrong. Two lines are read from standard input: the wrong number and the right one. When the "
    "right one is of a client who is known, the two are one from now on, in every conversation. The wrong number is "
    "nobody's after that.";
static const char CLOSE_DOC[] = "A person settled what was left open of a case; `picq cases list` shows it no more.";

enum { OPTION_DAY = 0x100, OPTION_WITHDRAWN, OPTION_REASON, BSN_DIGITS = 9 };

typedef struct Arguments {
    OperatorOptions operator;
    const char *day;
    bool withdrawn;
    const char *id;
    const char *reason;
} Arguments;

/* The next line, which holds a number and nothing else. */
static bool read_bsn(const char *command, const char *which, char bsn[BSN_DIGITS + 1])
{
    char line[80];
    bool is_read = fgets(line, sizeof line, stdin) != NULL;
    if (is_read)
        line[strcspn(line, "\r\n")] = '\0';
    if (!is_read || strspn(line, "0123456789") != BSN_DIGITS || line[BSN_DIGITS]) {
        command_complain(command, "standard input: write %s citizen number, nine digits, on a line of its own", which);
        return false;
    }
    memcpy(bsn, line, BSN_DIGITS + 1);
    return true;
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    Day day;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->operator;
        return 0;
    case OPTION_DAY:
        if (!day_read(value, &day))
            argp_error(state, "--day is a day, as 2020-03-01: %s", value);
        arguments->day = value;
        return 0;
    case OPTION_WITHDRAWN:
        arguments->withdrawn = true;
        return 0;
    case OPTION_REASON:
        arguments->reason = value;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child CHILDREN[] = {{&operator_options, 0, NULL, 0}, {0}};

static error_t parse_death(int option, char *value, struct argp_state *state)
{
    const Arguments *arguments = state->input;
    if (option == ARGP_KEY_ARG)
        argp_error(state, "the citizen number is read from standard input");
    else if (option == ARGP_KEY_END && !arguments->day)
        argp_error(state, "name the day: --day YYYY-MM-DD");
    return parse(option, value, state);
}

ExitStatus picq_cases_death(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"day", OPTION_DAY, "YYYY-MM-DD", 0, "The day of the death", 0},
        {"withdrawn", OPTION_WITHDRAWN, NULL, 0, "It was not so", 0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse_death, .doc = DEATH_DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);

    char bsn[BSN_DIGITS + 1];
    if (!read_bsn(argv[0], "the client's", bsn))
        return EXIT_WRONG_USE;
    json_t *body = json_pack("{s:s, s:s, s:b}", "bsn", bsn, "day", arguments.day, "withdrawn", arguments.withdrawn);
    return operator_say(argv[0], &arguments.operator,(OperatorFact){
                                     .name = "client_died",
                                     .body = body,
                                     .admitted = arguments.withdrawn ? "the word of the death is taken back"
                                                                     : "the death is admitted"});
}

static error_t parse_bsn(int option, char *value, struct argp_state *state)
{
    if (option == ARGP_KEY_ARG)
        argp_error(state, "the citizen numbers are read from standard input");
    return parse(option, value, state);
}

ExitStatus picq_cases_bsn(int argc, char **argv)
{
    struct argp argp = {.parser = parse_bsn, .doc = BSN_DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);

    char wrong[BSN_DIGITS + 1], right[BSN_DIGITS + 1];
    if (!read_bsn(argv[0], "the wrong", wrong) || !read_bsn(argv[0], "the right", right))
        return EXIT_WRONG_USE;
    json_t *body = json_pack("{s:s, s:s}", "bsn", wrong, "correct_bsn", right);
    return operator_say(argv[0], &arguments.operator,(OperatorFact){
                                     .name = "bsn_corrected", .body = body, .admitted = "the correction is admitted"});
}

static error_t parse_close(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    if (option == ARGP_KEY_ARG) {
        if (arguments->id)
            argp_error(state, "one case at a time");
        arguments->id = value;
        return 0;
    }
    if (option == ARGP_KEY_END && !arguments->id)
        argp_error(state, "name the case, as `picq cases list` shows it");
    else if (option == ARGP_KEY_END && !arguments->reason)
        argp_error(state, "say how it was settled: --reason TEXT");
    return parse(option, value, state);
}

ExitStatus picq_cases_close(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"reason", OPTION_REASON, "TEXT", 0, "How it was settled", 0},
        {0},
    };
    struct argp argp = {
        .options = OPTIONS, .parser = parse_close, .args_doc = "CASE", .doc = CLOSE_DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);
    json_t *body = json_pack("{s:s, s:s}", "case", arguments.id, "reason", arguments.reason);
    return operator_say(argv[0], &arguments.operator,(OperatorFact){
                                     .name = "case_closed", .body = body, .admitted = "the case is closed"});
}
