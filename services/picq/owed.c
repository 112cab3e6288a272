/*
 * picq owed: what a month comes to, as it was known on a day, asked of billing.
 */
#include "picq/owed.h"

#include "base/day.h"
#include "base/money.h"
#include "picq/billing.h"
#include "picq/table.h"
#include "process/clock.h"

#include <stdio.h>
#include <string.h>

static const char DOC[] =
    "Tells what is owed for a month of service, as it was known on a day: with a provider line by line, without one "
    "provider by provider. With --since it is the difference between both days, and the facts that made it."
    "\vThe same question has the same answer for ever, once the day has ended. PICQ_BILLING_HTTP says where billing "
    "answers, such as http://127.0.0.1:8083; PICQ_TOKEN says who asks.";

enum { OPTION_MUNICIPALITY = 0x100, OPTION_PROVIDER, OPTION_MONTH, OPTION_KNOWN_ON, OPTION_SINCE, OPTION_JSON };

typedef struct Arguments {
    const char *municipality, *provider, *month, *known_on, *since;
    bool json;
} Arguments;

static bool is_month(const char *text)
{
    char day[DAY_TEXT_SIZE];
    Day first;
    return strlen(text) == sizeof "2020-03" - 1 && snprintf(day, sizeof day, "%s-01", text) > 0 &&
           day_read(day, &first);
}

static const char *read_day(const struct argp_state *state, const char *option, const char *value)
{
    Day day;
    if (!day_read(value, &day))
        argp_error(state, "%s is a day, as 2020-06-08: %s", option, value);
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
    case OPTION_MONTH:
        if (!is_month(value))
            argp_error(state, "a month is written 2020-03");
        arguments->month = value;
        return 0;
    case OPTION_KNOWN_ON:
        arguments->known_on = read_day(state, "--known-on", value);
        return 0;
    case OPTION_SINCE:
        arguments->since = read_day(state, "--since", value);
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here", value);
        return 0;
    case ARGP_KEY_END:
        if (!*arguments->municipality || !*arguments->month)
            argp_error(state, "name the municipality and the month: --municipality CODE --month YYYY-MM");
        if (*arguments->since && strcmp(arguments->since, arguments->known_on) > 0)
            argp_error(state, "--since is no later than --known-on, which is %s", arguments->known_on);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* what is shown */

typedef struct Shown {
    Arena *arena;
    const json_t *answer;
    bool differs;
    bool by_line;
} Shown;

static const char *text(const json_t *row, const char *name)
{
    const char *value = json_string_value(json_object_get(row, name));
    return value ? value : "";
}

static const char *euros(Shown *shown, const json_t *row, const char *name)
{
    char *written = arena_take(shown->arena, MONEY_TEXT_SIZE);
    return money_write_dutch((Money){json_integer_value(json_object_get(row, name))}, written);
}

static const char *count(Shown *shown, const json_t *row, const char *name)
{
    return arena_format(shown->arena, "%lld", (long long)json_integer_value(json_object_get(row, name)));
}

static const char *care(Shown *shown, const json_t *row)
{
    return arena_format(shown->arena, "%s %s/%s", text(row, "code"), text(row, "first_day"), text(row, "last_day"));
}

static void add_amounts(Shown *shown, Table *table, const char *name, const char *about, const json_t *row)
{
    const char *texts[] = {name,
                           about,
                           euros(shown, row, "debet_cents"),
                           euros(shown, row, "credit_cents"),
                           euros(shown, row, "corrected_cents"),
                           euros(shown, row, "settled_cents"),
                           euros(shown, row, "expected_cents"),
                           euros(shown, row, "net_cents")};
    table_row(table, texts);
}

static void show_amounts(Shown *shown)
{
    const char *const headings[] = {shown->by_line ? "line" : "provider",
                                    shown->by_line ? "care" : "lines",
                                    "declared",
                                    "credited",
                                    "corrected",
                                    "settled",
                                    "expected",
                                    "comes to",
                                    NULL};
    Table *table = table_new(shown->arena, headings);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(shown->answer, shown->by_line ? "lines" : "providers"), i, row)
    {
        if (shown->by_line)
            add_amounts(shown, table, text(row, "reference"), care(shown, row), row);
        else
            add_amounts(shown, table, text(row, "provider"), count(shown, row, "lines"), row);
    }
    const json_t *total = json_object_get(shown->answer, "total");
    add_amounts(shown, table, "total", shown->by_line ? "" : count(shown, total, "lines"), total);
    table_print(table);
}

/* "2020-07-07 book 6 006-tariff-table: R-17~6 in nota~6" */
static const char *fact(Shown *shown, const json_t *row)
{
    static const struct {
        const char *fact, *words;
    } WORDS[] = {
        {"DECLARED", "declared"}, {"CREDITED", "credited"}, {"CORRECTED", "corrected"},
        {"SETTLED", "settled"},   {"EXPECTED", "expected"},
    };
    const char *words = text(row, "fact");
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        if (strcmp(WORDS[i].fact, words) == 0)
            words = WORDS[i].words;
    const char *book = json_object_get(row, "book")
                           ? arena_format(shown->arena, " by book %s %s", count(shown, row, "book"), text(row, "slug"))
                           : "";
    const char *back =
        *text(row, "taken_back_by") ? arena_format(shown->arena, ", taken back by %s", text(row, "taken_back_by")) : "";
    if (!*text(row, "known_day"))
        return arena_format(shown->arena, "%s%s", words, book);
    return arena_format(shown->arena, "%s %s%s: %s in %s%s", text(row, "known_day"), words, book,
                        text(row, "reference"), text(row, "document"), back);
}

static void add_difference(Shown *shown, Table *table, const char *name, const json_t *row)
{
    const char *texts[] = {name, euros(shown, row, "before_cents"), euros(shown, row, "after_cents"),
                           euros(shown, row, "difference_cents"), ""};
    table_row(table, texts);
}

/* The facts of a line stand below it. */
static void add_facts(Shown *shown, Table *table, const json_t *line)
{
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(line, "facts"), i, row)
    {
        const char *texts[] = {"", "", "", euros(shown, row, "cents"), fact(shown, row)};
        table_row(table, texts);
    }
}

/* Lines about which something became known, or providers for whom it makes a difference. */
static void show_differences(Shown *shown)
{
    const char *const headings[] = {shown->by_line ? "line" : "provider",
                                    text(shown->answer, "known_from"),
                                    text(shown->answer, "known_on"),
                                    "difference",
                                    "because",
                                    NULL};
    Table *table = table_new(shown->arena, headings);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(shown->answer, shown->by_line ? "lines" : "providers"), i, row)
    {
        bool is_same = json_integer_value(json_object_get(row, "difference_cents")) == 0;
        if (is_same && !shown->by_line)
            continue;
        add_difference(shown, table, text(row, shown->by_line ? "reference" : "provider"), row);
        add_facts(shown, table, row);
    }
    add_difference(shown, table, "total", json_object_get(shown->answer, "total"));
    json_array_foreach(json_object_get(shown->answer, "causes"), i, row)
    {
        const char *texts[] = {
            "", "", "", euros(shown, row, "difference_cents"),
            arena_format(shown->arena, "%s: %s facts", fact(shown, row), count(shown, row, "facts"))};
        table_row(table, texts);
    }
    table_print(table);
}

static void show(const Arguments *arguments, const json_t *answer)
{
    Shown shown = {
        .arena = arena_new(),
        .answer = answer,
        .differs = *arguments->since != '\0',
        .by_line = *arguments->provider != '\0',
    };
    printf("%s%s%s, care of %s, as known on %s%s\n\n", text(answer, "municipality"), shown.by_line ? " with " : "",
           text(answer, "provider"), text(answer, "month"), text(answer, "known_on"),
           json_is_true(json_object_get(answer, "open")) ? " (a day that has not ended: it may still change)" : "");
    if (shown.differs)
        show_differences(&shown);
    else
        show_amounts(&shown);
    arena_free(shown.arena);
}

ExitStatus picq_owed(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "The municipality, such as 0503", 0},
        {"provider", OPTION_PROVIDER, "AGB", 0, "One provider; without it all of the municipality", 0},
        {"month", OPTION_MONTH, "YYYY-MM", 0, "The month in which the care was given", 0},
        {"known-on", OPTION_KNOWN_ON, "DATE", 0, "As it was known on a day, such as 2020-06-08; without it today", 0},
        {"since", OPTION_SINCE, "DATE", 0, "The difference from what was known on this earlier day", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC};
    char today[DAY_TEXT_SIZE];
    Arguments arguments = {"", "", "", day_write(clock_today(), today), "", false};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    json_t *answer = NULL;
    const char *path =
        arena_format(arena, "/owed?municipality=%s&provider=%s&month=%s&known-on=%s&known-from=%s",
                     arguments.municipality, arguments.provider, arguments.month, arguments.known_on, arguments.since);
    ExitStatus status = billing_ask(argv[0], arena, path, &answer);
    if (status == EXIT_DONE && arguments.json)
        billing_print(answer);
    else if (status == EXIT_DONE)
        show(&arguments, answer);
    json_decref(answer);
    arena_free(arena);
    return status;
}
