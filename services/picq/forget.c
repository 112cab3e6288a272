#include "picq/forget.h"

#include "base/day.h"
#include "picq/ask.h"
#include "picq/operator.h"
#include "picq/table.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>

static const char DOC[] =
    "Forgets the persons for whom the years are over that the region's book says: the link between person and "
    "reference is dropped, and everything else stays as it is. The calendar does so by itself each day; this does it "
    "now, after a book that says fewer years. Nobody names whom: the book does. --list shows who is due by a day, by "
    "reference, and how many were forgotten."
    "\vPICQ_INTAKE_HTTP says where intake answers, such as http://127.0.0.1:8081; PICQ_TOKEN says who asks.";

enum { OPTION_LIST = 0x100, OPTION_BY, OPTION_REASON };

typedef struct Arguments {
    OperatorOptions operator;
    bool list;
    const char *by;
    const char *reason;
} Arguments;

static void check(const Arguments *arguments, struct argp_state *state)
{
    if (arguments->list && !arguments->by)
        argp_error(state, "say who are due by when: --list --by YYYY-MM-DD");
    else if (!arguments->list && arguments->by)
        argp_error(state, "--by belongs to --list");
    else if (!arguments->list && !arguments->reason)
        argp_error(state, "say why now: --reason TEXT");
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    Day day;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->operator;
        return 0;
    case OPTION_LIST:
        arguments->list = true;
        return 0;
    case OPTION_BY:
        if (!day_read(value, &day))
            argp_error(state, "--by is a day, as 2040-12-31: %s", value);
        arguments->by = value;
        return 0;
    case OPTION_REASON:
        arguments->reason = value;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here: the book says whom", value);
        return 0;
    case ARGP_KEY_END:
        check(arguments, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_due(Arena *arena, const json_t *page)
{
    static const char *const HEADINGS[] = {"due", "client", "last day of care", NULL};
    Table *table = table_new(arena, HEADINGS);
    const json_t *due = json_object_get(page, "due");
    size_t i;
    json_t *each;
    json_array_foreach((json_t *)due, i, each)
    {
        const char *const row[] = {ask_text(each, "due_day"), ask_text(each, "client"), ask_text(each, "last_day")};
        table_row(table, row);
    }
    if (json_array_size(due) > 0)
        table_print(table);
    json_int_t years = json_integer_value(json_object_get(page, "years"));
    if (years == 0)
        printf("no book says how long persons are known\n");
    else
        printf("%zu due%s; persons are known for %" JSON_INTEGER_FORMAT " years after their care\n",
               json_array_size(due), json_is_true(json_object_get(page, "more")) ? ", and there are more" : "", years);
}

static void print_forgotten(const json_t *page)
{
    size_t i;
    json_t *each;
    json_array_foreach((json_t *)json_object_get(page, "forgotten"), i, each)
        printf("%s: %" JSON_INTEGER_FORMAT " forgotten by %s (message %s)\n", ask_text(each, "day"),
               json_integer_value(json_object_get(each, "persons")), ask_text(each, "owner"), ask_text(each, "id"));
}

static ExitStatus list(const char *command, const Arguments *arguments)
{
    Arena *arena = arena_new();
    json_t *page = NULL;
    ExitStatus status =
        ask_service(command, arena, &ask_intake, arena_format(arena, "/forgetting?by=%s", arguments->by), &page);
    if (status == EXIT_DONE && arguments->operator.json) {
        json_dumpf(page, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (status == EXIT_DONE) {
        print_due(arena, page);
        print_forgotten(page);
    }
    json_decref(page);
    arena_free(arena);
    return status;
}

ExitStatus picq_forget(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"reason", OPTION_REASON, "TEXT", 0, "Why now; it is kept", 0},
        {"list", OPTION_LIST, NULL, 0, "Show who is due, and forget nobody", 0},
        {"by", OPTION_BY, "YYYY-MM-DD", 0, "With --list: on or before this day", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&operator_options, 0, NULL, 0}, {0}};
    struct argp argp = {.options = OPTIONS,
                        .parser = parse,
                        .args_doc = "--reason TEXT\n--list --by YYYY-MM-DD",
                        .doc = DOC,
                        .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);
    if (arguments.list)
        return list(argv[0], &arguments);
    return operator_say(argv[0], &arguments.operator,(OperatorFact){
                                     .name = "persons_forgotten",
                                     .body = json_pack("{s:s}", "reason", arguments.reason),
                                     .admitted = "who is due is forgotten; `picq forget --list` tells how many"});
}
