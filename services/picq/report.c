/*
 * picq report: what a year of care adds up to, asked of monitoring and shown as tables.
 */
#include "picq/report.h"

#include "base/day.h"
#include "base/money.h"
#include "picq/fetch.h"
#include "picq/table.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DOC[] = "Tells what a year of care adds up to: money, clients, decisions, rejections and the ledger."
                          "\vMoney and clients stand under the month of service; decisions, declarations and "
                          "rejections under the month in which they became known. PICQ_MONITORING says where "
                          "monitoring answers, such as http://127.0.0.1:8084; PICQ_TOKEN says who asks.";

enum { OPTION_KNOWN_ON = 256, OPTION_JSON, MONTHS = 12, KINDS_MAX = 30 };

typedef struct Arguments {
    const char *municipality;
    const char *year;
    const char *known_on;
    bool json;
} Arguments;

static error_t parse(int key, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    Day day;
    switch (key) {
    case 'm':
        if (strspn(value, "0123456789") != 4 || value[4])
            argp_error(state, "a municipality is a code of four digits, such as 0518");
        arguments->municipality = value;
        return 0;
    case 'y':
        if (strspn(value, "0123456789") != 4 || value[4])
            argp_error(state, "a year is written 2020");
        arguments->year = value;
        return 0;
    case OPTION_KNOWN_ON:
        if (!day_read(value, &day))
            argp_error(state, "a day is written 2020-06-08");
        arguments->known_on = value;
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here", value);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static Arguments read_arguments(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", 'm', "CODE", 0, "One municipality, such as 0518; without it the region", 0},
        {"year", 'y', "YEAR", 0, "The year, such as 2020; without it the newest", 0},
        {"known-on", OPTION_KNOWN_ON, "DATE", 0, "As it was known on a day, such as 2020-06-08", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    static const struct argp ARGP = {.options = OPTIONS, .parser = parse, .doc = DOC};
    Arguments arguments = {"", "", "", false};
    argp_parse(&ARGP, argc, argv, 0, NULL, &arguments);
    return arguments;
}

/* ---- what the report says ---- */

typedef struct Shown {
    Arena *arena;
    const json_t *report;
    bool hidden; /* something was */
} Shown;

static const char *text(const json_t *row, const char *name)
{
    const char *value = json_string_value(json_object_get(row, name));
    return value ? value : "";
}

static const char HIDDEN[] = "·";

static const char *number(Shown *shown, const json_t *figure)
{
    if (json_is_integer(figure))
        return arena_format(shown->arena, "%lld", (long long)json_integer_value(figure));
    shown->hidden = true;
    return HIDDEN;
}

static const char *euros(Shown *shown, const json_t *figure)
{
    char written[MONEY_TEXT_SIZE];
    if (json_is_integer(figure))
        return arena_text(shown->arena, money_write_dutch((Money){json_integer_value(figure)}, written));
    return number(shown, figure);
}

/* Content and funding are two facts: "SPECIALIST PIC/PXQ". */
static const char *kind(const Shown *shown, const json_t *row)
{
    if (!json_is_string(json_object_get(row, "segment")))
        return "all";
    const char *content = text(row, "content");
    return arena_format(shown->arena, "%s %s/%s", text(row, "segment"), strcmp(content, "NONE") == 0 ? "–" : content,
                        text(row, "funding"));
}

static const json_t *municipality_of(const Shown *shown, const char *code)
{
    size_t i;
    json_t *municipality;
    json_array_foreach(json_object_get(shown->report, "municipalities"), i,
                       municipality) if (strcmp(text(municipality, "code"), code) == 0) return municipality;
    return NULL;
}

static const char *municipality_name(const Shown *shown, const json_t *row)
{
    if (!json_is_string(json_object_get(row, "municipality")))
        return "the region";
    const json_t *municipality = municipality_of(shown, text(row, "municipality"));
    return municipality ? text(municipality, "name") : text(row, "municipality");
}

/* Whether the row is of what was asked: the municipality, or the region as a whole. */
static bool is_of_whole(const Shown *shown, const json_t *row)
{
    return json_equal(json_object_get(row, "municipality"), json_object_get(shown->report, "municipality"));
}

/* ---- tables ---- */

static void print_title(const char *title)
{
    printf("\n%s\n\n", title);
}

static void show_year(Shown *shown)
{
    static const char *const HEADINGS[] = {"municipality", "care", "clients", "lines", "approved", NULL};
    Table *table = table_new(shown->arena, HEADINGS);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(shown->report, "money"), i, row)
    {
        const char *texts[] = {
            municipality_name(shown, row),
            kind(shown, row),
            number(shown, json_object_get(row, "clients_year")),
            number(shown, json_object_get(row, "lines_year")),
            euros(shown, json_object_get(row, "cents_year")),
        };
        table_row(table, texts);
    }
    print_title("Approved in the year of service (care: segment, content/funding)");
    table_print(table);
}

static void show_budgets(Shown *shown)
{
    static const char *const HEADINGS[] = {"municipality", "budget", "approved", NULL};
    Table *table = table_new(shown->arena, HEADINGS);
    size_t i, budgets = 0;
    json_t *row;
    json_array_foreach(json_object_get(shown->report, "money"), i, row)
    {
        const json_t *municipality = municipality_of(shown, text(row, "municipality"));
        const json_t *budget = municipality ? json_object_get(municipality, "budget_cents") : NULL;
        if (json_is_string(json_object_get(row, "segment")) || !json_is_integer(budget))
            continue;
        const char *texts[] = {municipality_name(shown, row), euros(shown, budget),
                               euros(shown, json_object_get(row, "cents_year"))};
        table_row(table, texts);
        budgets++;
    }
    if (budgets == 0)
        return;
    print_title("Approved beside the budget");
    table_print(table);
}

/* Months downwards, kinds of care sideways. */
static void show_months(Shown *shown, const char *title, const char *section, const char *figures,
                        const char *(*write)(Shown *, const json_t *))
{
    static const char *const NAMES[MONTHS] = {"January", "February", "March",     "April",   "May",      "June",
                                              "July",    "August",   "September", "October", "November", "December"};
    const json_t *columns[KINDS_MAX];
    const char *texts[KINDS_MAX + 2] = {"month"};
    size_t i, count = 0;
    json_t *row;
    json_array_foreach(json_object_get(shown->report, section), i,
                       row) if (is_of_whole(shown, row) && count < KINDS_MAX)
    {
        columns[count++] = json_object_get(row, figures);
        texts[count] = kind(shown, row);
    }
    Table *table = table_new(shown->arena, texts);
    for (size_t month = 0; month < MONTHS; month++) {
        texts[0] = NAMES[month];
        for (size_t column = 0; column < count; column++)
            texts[column + 1] = write(shown, json_array_get(columns[column], month));
        table_row(table, texts);
    }
    print_title(title);
    table_print(table);
}

/* Rows of what was asked, with the words and the figure of the year that are named. */
static void show_counts(Shown *shown, const char *title, const char *section, const char *const *headings,
                        const char *const *words, const char *const *figures)
{
    Table *table = table_new(shown->arena, headings);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(shown->report, section), i, row)
    {
        const char *texts[8];
        size_t count = 0;
        if (!is_of_whole(shown, row))
            continue;
        bool total = json_is_null(json_object_get(row, words[0]));
        for (const char *const *word = words; *word; word++)
            texts[count++] = total ? (word == words ? "all" : "") : text(row, *word);
        for (const char *const *figure = figures; *figure; figure++)
            texts[count++] = number(shown, json_object_get(row, *figure));
        table_row(table, texts);
    }
    print_title(title);
    table_print(table);
}

typedef const char *const Words[];

static void show_all_counts(Shown *shown)
{
    show_counts(shown, "What became of requests and allocations", "decisions",
                (Words){"verdict", "reason", "facts", "allocations begun", NULL}, (Words){"verdict", "reason", NULL},
                (Words){"facts_year", "allocations_year", NULL});
    show_counts(shown, "Declarations by code", "declarations", (Words){"code", "declarations", NULL},
                (Words){"code", NULL}, (Words){"declarations_year", NULL});
    show_counts(shown, "Rejected lines by national return code", "rejections", (Words){"code", "reason", "lines", NULL},
                (Words){"code", "reason", NULL}, (Words){"lines_year", NULL});
}

static void show_ledger(Shown *shown)
{
    static const char *const HEADINGS[] = {"municipality", "account", "amount", NULL};
    Table *table = table_new(shown->arena, HEADINGS);
    int64_t sum = 0;
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(shown->report, "ledger"), i, row)
    {
        const char *texts[] = {municipality_name(shown, row), text(row, "account"),
                               euros(shown, json_object_get(row, "cents"))};
        table_row(table, texts);
        sum += json_integer_value(json_object_get(row, "cents"));
    }
    char written[MONEY_TEXT_SIZE];
    table_row(table, (const char *[]){"", "sum", money_write_dutch((Money){sum}, written)});
    print_title("The ledger of the year of service");
    table_print(table);
}

static void show(const json_t *report)
{
    Arena *arena = arena_new();
    Shown shown = {.arena = arena, .report = report};
    const json_t *exact = json_object_get(report, "exact");
    printf("%s, %lld, as known on %s\n", municipality_name(&shown, report),
           (long long)json_integer_value(json_object_get(report, "year")), text(report, "known_on"));
    show_year(&shown);
    show_budgets(&shown);
    show_months(&shown, "Approved by month of service", "money", "cents", euros);
    show_months(&shown, "Clients with an allocation", "clients", "clients", number);
    show_all_counts(&shown);
    if (json_is_true(exact))
        show_ledger(&shown);
    if (!json_is_true(exact))
        printf("\nCounts are rounded to five. %s stands for fewer than ten, or for what would give such a cell away.\n",
               HIDDEN);
    arena_free(arena);
}

/* ---- asking ---- */

static ExitStatus ask(const char *command, Arena *arena, const Arguments *arguments, json_t **report_out)
{
    const char *place = getenv("PICQ_MONITORING");
    const char *token = getenv("PICQ_TOKEN");
    if (!place || !*place) {
        command_complain(command, "say where monitoring answers: PICQ_MONITORING=http://127.0.0.1:8084");
        return EXIT_WRONG_USE;
    }
    Page page;
    const char *path = arena_format(arena, "/report?municipality=%s&year=%s&known_on=%s&format=json",
                                    arguments->municipality, arguments->year, arguments->known_on);
    Status status = fetch_page(arena, place, path, token ? token : "", &page);
    if (status != STATUS_OK) {
        command_complain(command, "monitoring cannot be reached: %s", fault_words());
        return status == STATUS_STOP ? EXIT_WRONG_USE : EXIT_WORLD_AWAY;
    }
    if (page.status == 401 || page.status == 403) {
        command_complain(command, "monitoring does not know who asks: set PICQ_TOKEN to a reader's secret");
        return EXIT_NO;
    }
    *report_out = page.status == 200 ? json_loads(page.body, 0, NULL) : NULL;
    if (!*report_out) {
        command_complain(command, "monitoring answers %d: %.*s", page.status, (int)strcspn(page.body, "\r\n"),
                         page.body);
        return page.status >= 500 ? EXIT_WORLD_AWAY : EXIT_NO;
    }
    return EXIT_DONE;
}

ExitStatus picq_report(int argc, char **argv)
{
    Arguments arguments = read_arguments(argc, argv);
    Arena *arena = arena_new();
    json_t *report = NULL;
    ExitStatus status = ask(argv[0], arena, &arguments, &report);
    if (status == EXIT_DONE && arguments.json) {
        json_dumpf(report, stdout, JSON_INDENT(2));
        putchar('\n');
    } else if (status == EXIT_DONE) {
        show(report);
    }
    json_decref(report);
    arena_free(arena);
    return status;
}
