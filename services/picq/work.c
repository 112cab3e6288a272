/*
 * picq work: what is delivered of trajectories and not yet paid, on a day, asked of billing.
 */
#include "picq/work.h"

#include "base/day.h"
#include "base/money.h"
#include "picq/billing.h"
#include "picq/table.h"

#include <stdio.h>

static const char DOC[] =
    "Tells what trajectories that are paid as a PIC come to on a day: what is delivered by the method of their terms, "
    "what was paid of it, what is in progress (delivered, not paid) or ahead (paid, not delivered), and what is still "
    "obliged: the end parts of those whose start was paid. With a provider it is told for each of them."
    "\vWithout --known-on it is as known on the day itself; at a year's close, name the day on which the declarations "
    "were in. PICQ_BILLING_HTTP says where billing answers, such as http://127.0.0.1:8083; PICQ_TOKEN says who asks.";

enum { OPTION_MUNICIPALITY = 0x100, OPTION_PROVIDER, OPTION_ON, OPTION_KNOWN_ON, OPTION_JSON };

typedef struct Arguments {
    const char *municipality, *provider, *on, *known_on;
    bool json;
} Arguments;

static const char *read_day(const struct argp_state *state, const char *option, const char *value)
{
    Day day;
    if (!day_read(value, &day))
        argp_error(state, "%s is a day, as 2020-12-31: %s", option, value);
    return value;
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case OPTION_MUNICIPALITY:
        if (!billing_is_code(value, 4))
            argp_error(state, "a municipality is a code of four digits, such as 0503");
        arguments->municipality = value;
        return 0;
    case OPTION_PROVIDER:
        if (!billing_is_code(value, 8))
            argp_error(state, "a provider is a code of eight digits, such as 90000001");
        arguments->provider = value;
        return 0;
    case OPTION_ON:
        arguments->on = read_day(state, "--on", value);
        return 0;
    case OPTION_KNOWN_ON:
        arguments->known_on = read_day(state, "--known-on", value);
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here", value);
        return 0;
    case ARGP_KEY_END:
        if (!*arguments->municipality || !*arguments->on)
            argp_error(state, "name the municipality and the day: --municipality CODE --on YYYY-MM-DD");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* what is shown */

static const char *text(const json_t *row, const char *name)
{
    const char *value = json_string_value(json_object_get(row, name));
    return value ? value : "";
}

static const char *euros(Arena *arena, const json_t *row, const char *name)
{
    char *written = arena_take(arena, MONEY_TEXT_SIZE);
    return money_write_dutch((Money){json_integer_value(json_object_get(row, name))}, written);
}

static void add_row(Arena *arena, Table *table, const char *name, const char *about, const json_t *row)
{
    const char *texts[] = {name,
                           about,
                           euros(arena, row, "delivered_cents"),
                           euros(arena, row, "paid_cents"),
                           euros(arena, row, "in_progress_cents"),
                           euros(arena, row, "ahead_cents"),
                           euros(arena, row, "obligation_cents")};
    table_row(table, texts);
}

/* "P2/INTENSIEF linear", or why it has no worth. */
static const char *trajectory(Arena *arena, const json_t *row)
{
    const char *how = *text(row, "reason") ? text(row, "reason") : text(row, "method");
    return arena_format(arena, "%s/%s %s", text(row, "profile"), text(row, "intensity"), how);
}

static const char *count(Arena *arena, const json_t *row)
{
    return arena_format(arena, "%lld", (long long)json_integer_value(json_object_get(row, "trajectories")));
}

static void show(const Arguments *arguments, const json_t *answer)
{
    Arena *arena = arena_new();
    bool each = *arguments->provider != '\0';
    printf("%s%s%s on %s, as known on %s%s\n\n", text(answer, "municipality"), each ? " with " : "",
           text(answer, "provider"), text(answer, "on"), text(answer, "known_on"),
           json_is_true(json_object_get(answer, "open")) ? " (a day that has not ended: it may still change)" : "");
    const char *const headings[] = {
        each ? "allocation" : "provider", "trajectories", "delivered", "paid", "in progress", "ahead", "obliged", NULL};
    Table *table = table_new(arena, headings);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(answer, each ? "trajectories" : "providers"), i, row)
    {
        if (each)
            add_row(arena, table, text(row, "allocation"), trajectory(arena, row), row);
        else
            add_row(arena, table, text(row, "provider"), count(arena, row), row);
    }
    const json_t *total = json_object_get(answer, "total");
    add_row(arena, table, "total", count(arena, total), total);
    table_print(table);
    arena_free(arena);
}

ExitStatus picq_work(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "The municipality, such as 0503", 0},
        {"provider", OPTION_PROVIDER, "AGB", 0, "One provider, trajectory by trajectory; without it all", 0},
        {"on", OPTION_ON, "DATE", 0, "The day, such as 2020-12-31", 0},
        {"known-on", OPTION_KNOWN_ON, "DATE", 0, "As it was known on a later day; without it the day itself", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC};
    Arguments arguments = {"", "", "", "", false};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    json_t *answer = NULL;
    const char *path = arena_format(arena, "/work-in-progress?municipality=%s&provider=%s&on=%s&known-on=%s",
                                    arguments.municipality, arguments.provider, arguments.on, arguments.known_on);
    ExitStatus status = billing_ask(argv[0], arena, path, &answer);
    if (status == EXIT_DONE && arguments.json)
        billing_print(answer);
    else if (status == EXIT_DONE)
        show(&arguments, answer);
    json_decref(answer);
    arena_free(arena);
    return status;
}
