/*
 * picq close: what stands in the way of a close, the two words that make it, and how far it is.
 */
#include "picq/close.h"

#include "base/money.h"
#include "picq/allocation.h"
#include "picq/ask.h"
#include "picq/billing.h"
#include "picq/operator.h"
#include "picq/progress.h"
#include "picq/status.h"
#include "picq/table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char DOC[] =
    "Closes a year: one operator proposes it, another approves it with --approve. Production statements are then "
    "frozen, "
    "and what comes later is booked in the open year. --check lists what stands in the way, and changes nothing. "
    "--reopen opens a closed year again, for a reason, by two people as well."
    "\v--check asks billing (PICQ_BILLING_HTTP), allocation (PICQ_ALLOCATION_HTTP) and every house (PICQ_HOUSES); exit "
    "status 1: something stands in the way. --watch asks billing until every partition is done. PICQ_TOKEN says who "
    "asks, who must be a reader of the whole region.";

enum { OPTION_CHECK = 0x100, OPTION_APPROVE, OPTION_REOPEN, OPTION_REASON, OPTION_WATCH };

typedef struct Arguments {
    OperatorOptions operator;
    const char *year;
    const char *reason;
    bool checks, approves, reopens, watches;
} Arguments;

static void check(const Arguments *arguments, struct argp_state *state)
{
    if (!arguments->year)
        argp_error(state, "name the year, such as 2020");
    else if (arguments->checks && (arguments->approves || arguments->reopens))
        argp_error(state, "--check only looks; leave it out to propose or to approve");
    else if (arguments->reopens && !arguments->approves && !*arguments->reason && !arguments->watches)
        argp_error(state, "say why the year is opened again: --reason TEXT");
    else if (*arguments->reason && !arguments->reopens)
        argp_error(state, "--reason belongs to --reopen");
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->operator;
        return 0;
    case OPTION_CHECK:
        arguments->checks = true;
        return 0;
    case OPTION_APPROVE:
        arguments->approves = true;
        return 0;
    case OPTION_REOPEN:
        arguments->reopens = true;
        return 0;
    case OPTION_REASON:
        arguments->reason = value;
        return 0;
    case OPTION_WATCH:
        arguments->watches = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->year)
            argp_error(state, "one year at a time");
        if (!billing_is_code(value, 4))
            argp_error(state, "a year is written 2020: %s", value);
        arguments->year = value;
        return 0;
    case ARGP_KEY_END:
        check(arguments, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* what stands in the way */

static void obstacle(json_t *list, const char *kind, const char *where, const char *sentence)
{
    json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "kind", kind, "where", where, "sentence", sentence));
}

static void look_at_houses(Arena *arena, const json_t *status, json_t *list)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(status, "streams"), i, row)
    {
        long long waiting = json_integer_value(json_object_get(row, "waiting"));
        if (waiting > 0)
            obstacle(list, "WAITING", ask_text(row, "house"),
                     arena_format(arena, "%lld messages of %s are not heard yet", waiting, ask_text(row, "source")));
    }
    json_array_foreach(json_object_get(status, "needs_a_person"), i, row)
        obstacle(list, ask_text(row, "kind"), ask_text(row, "house"), ask_text(row, "sentence"));
}

static void look_at_lines(Arena *arena, const json_t *close, json_t *list)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(close, "open"), i, row)
    {
        const char *where = arena_format(arena, "%s/%s", ask_text(row, "municipality"), ask_text(row, "provider"));
        Money expected = {json_integer_value(json_object_get(row, "expected_cents"))};
        long long undeclared = json_integer_value(json_object_get(row, "undeclared"));
        char written[MONEY_TEXT_SIZE];
        if (expected.cents)
            obstacle(list, "EXPECTED_CORRECTION", where,
                     arena_format(arena, "%s of new prices is expected and not declared",
                                  money_write_dutch(expected, written)));
        if (undeclared)
            obstacle(list, "UNDECLARED", where,
                     arena_format(arena, "%lld allocation%s of the year without any approved line", undeclared,
                                  undeclared == 1 ? "" : "s"));
    }
}

static void look_at_gaps(Arena *arena, const json_t *gaps, json_t *list)
{
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)gaps, i, row)
        obstacle(list, "NO_CONTRACT",
                 arena_format(arena, "%s/%s", allocation_text(row, "municipality"), allocation_text(row, "provider")),
                 arena_format(arena, "no contract covers allocation %s from %s", allocation_text(row, "allocation"),
                              allocation_text(row, "first_day")));
}

static ExitStatus gather(const char *command, Arena *arena, const Arguments *arguments, json_t *list)
{
    Houses houses;
    ExitStatus status = houses_read(command, arena, &houses);
    if (status != EXIT_DONE)
        return status;
    json_t *region = status_gather(arena, &houses);
    if (!region) {
        command_complain(command, "no house answers; are the places in PICQ_HOUSES right?");
        return EXIT_WORLD_AWAY;
    }
    look_at_houses(arena, region, list);
    json_decref(region);

    json_t *close = NULL, *gaps = NULL;
    status = billing_ask(command, arena, arena_format(arena, "/close?year=%s", arguments->year), &close);
    if (status == EXIT_DONE) {
        look_at_lines(arena, close, list);
        status = allocation_ask_all(command, arena, "/gaps?municipality=&", NULL, "gaps", &gaps);
    }
    if (status == EXIT_DONE)
        look_at_gaps(arena, gaps, list);
    json_decref(close);
    json_decref(gaps);
    return status;
}

static void show_obstacles(Arena *arena, const Arguments *arguments, const json_t *list)
{
    static const char *const HEADINGS[] = {"what", "where", "sentence", NULL};
    Table *table = table_new(arena, HEADINGS);
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)list, i, row)
    {
        const char *const texts[] = {ask_text(row, "kind"), ask_text(row, "where"), ask_text(row, "sentence")};
        table_row(table, texts);
    }
    if (json_array_size(list) > 0)
        table_print(table);
    else
        printf("nothing stands in the way of closing %s\n", arguments->year);
}

static ExitStatus look(const char *command, const Arguments *arguments)
{
    Arena *arena = arena_new();
    json_t *list = json_array();
    ExitStatus status = gather(command, arena, arguments, list);
    if (status == EXIT_DONE && arguments->operator.json)
        billing_print(list);
    else if (status == EXIT_DONE)
        show_obstacles(arena, arguments, list);
    if (status == EXIT_DONE && json_array_size(list) > 0)
        status = EXIT_NO;
    json_decref(list);
    arena_free(arena);
    return status;
}

/* the two words */

static ExitStatus say(const char *command, const Arguments *arguments)
{
    Arena *arena = arena_new();
    const char *done = arguments->reopens ? "opened again" : "closed";
    json_t *body = json_pack("{s:i}", "year", atoi(arguments->year));
    if (arguments->reopens)
        json_object_set_new(body, "reopened", json_true());
    if (*arguments->reason)
        json_object_set_new(body, "reason", json_string(arguments->reason));
    OperatorFact fact = {
        .name = arguments->approves ? "year_approved" : "year_proposed",
        .body = body,
        .admitted = arguments->approves
                        ? arena_format(arena, "%s is %s", arguments->year, done)
                        : arena_format(arena, "it is proposed that %s is %s; another operator approves it",
                                       arguments->year, done),
    };
    ExitStatus status = operator_say(command, &arguments->operator, fact);
    arena_free(arena);
    return status;
}

/* how far it is */

typedef struct Far {
    size_t done;
    size_t all;
} Far;

/* "billing-1 17 of 32, billing-2 20 of 32" */
static const char *by_replica(Arena *arena, const json_t *partitions, bool closes, Far *far_out)
{
    const char *words = "";
    Far all = {0};
    size_t i, j;
    json_t *first, *other;
    json_array_foreach(json_object_get(partitions, "partitions"), i, first)
    {
        const char *replica = ask_text(first, "replica");
        bool is_done = json_is_true(json_object_get(first, "closed")) == closes;
        all.done += is_done;
        all.all++;
        Far far = {0};
        bool met = false;
        json_array_foreach(json_object_get(partitions, "partitions"), j, other)
        {
            if (strcmp(ask_text(other, "replica"), replica) != 0)
                continue;
            met = met || j < i;
            far.done += json_is_true(json_object_get(other, "closed")) == closes;
            far.all++;
        }
        if (!met)
            words = arena_format(arena, "%s%s%s %zu of %zu", words, *words ? ", " : "", *replica ? replica : "nobody",
                                 far.done, far.all);
    }
    *far_out = all;
    return words;
}

static ExitStatus watch(const char *command, const Arguments *arguments)
{
    enum { EVERY_US = 200000 };
    Progress progress = {.command = NULL};
    for (;;) {
        Arena *arena = arena_new();
        json_t *close = NULL;
        ExitStatus status = billing_ask(command, arena, arena_format(arena, "/close?year=%s", arguments->year), &close);
        Far far = {0};
        const char *words = status == EXIT_DONE ? by_replica(arena, close, !arguments->reopens, &far) : "";
        if (!progress.command)
            progress = progress_begin(command, far.all);
        if (status == EXIT_DONE && (progress_is_due(&progress) || far.done == far.all))
            progress_tell(&progress, far.done, "%s", words);
        json_decref(close);
        arena_free(arena);
        if (status != EXIT_DONE)
            return status;
        if (far.done == far.all) {
            progress_clear(&progress);
            printf("%s is %s in %zu partitions\n", arguments->year, arguments->reopens ? "open" : "closed", far.all);
            return EXIT_DONE;
        }
        usleep(EVERY_US);
    }
}

ExitStatus picq_close(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"check", OPTION_CHECK, NULL, 0, "List what stands in the way", 1},
        {"approve", OPTION_APPROVE, NULL, 0, "Approve what another operator proposed", 1},
        {"reopen", OPTION_REOPEN, NULL, 0, "Open a closed year again", 1},
        {"reason", OPTION_REASON, "TEXT", 0, "Why it is opened again", 1},
        {"watch", OPTION_WATCH, NULL, 0, "Show how far it is, per partition and replica, until it is done", 1},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&operator_options, 0, NULL, 0}, {0}};
    static const struct argp ARGP = {.options = OPTIONS,
                                     .parser = parse,
                                     .args_doc = "YEAR --check\nYEAR\nYEAR --approve [--watch]\nYEAR --watch\n"
                                                 "YEAR --reopen --reason TEXT\nYEAR --reopen --approve",
                                     .doc = DOC,
                                     .children = CHILDREN};
    Arguments arguments = {.reason = ""};
    command_parse(&ARGP, argc, argv, &arguments);
    if (arguments.checks)
        return look(argv[0], &arguments);
    bool says = arguments.approves || !arguments.watches;
    ExitStatus status = says ? say(argv[0], &arguments) : EXIT_DONE;
    return status == EXIT_DONE && arguments.watches ? watch(argv[0], &arguments) : status;
}
