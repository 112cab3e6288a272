/*
 * picq report: what a year of care adds up to, asked of monitoring's tables and shown to people.
 */
#include "picq/report.h"

#include "base/day.h"
#include "base/money.h"
#include "picq/ask.h"
#include "picq/report_options.h"
#include "picq/table.h"

#include <stdio.h>
#include <string.h>

static const char DOC[] = "Tells what a year of care adds up to: money, clients, decisions, rejections and the ledger. "
                          "picq report table shows any table of monitoring, picq report council makes the letter to a "
                          "council."
                          "\vMoney and clients stand under the month of service; decisions, declarations and "
                          "rejections under the month in which they became known. PICQ_MONITORING says where "
                          "monitoring answers, such as http://127.0.0.1:8084; PICQ_TOKEN says who asks.";

enum { OPTION_JSON = 256, MONTHS = 12, KINDS_MAX = 30 };

typedef struct Arguments {
    ReportFilters filters;
    bool json;
} Arguments;

static error_t parse(int key, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->filters;
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
    static const struct argp_option OPTIONS[] = {{"json", OPTION_JSON, NULL, 0, "For programs", 1}, {0}};
    static const struct argp_child CHILDREN[] = {{&report_year_options, 0, NULL, 0}, {0}};
    static const struct argp ARGP = {.options = OPTIONS, .parser = parse, .doc = DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&ARGP, argc, argv, &arguments);
    return arguments;
}

/* ---- what the tables say ---- */

typedef struct Shown {
    Arena *arena;
    const json_t *region;
    const json_t *tables;
    const char *municipality; /* that was asked; "": the region */
} Shown;

static const json_t *rows_of(const Shown *shown, const char *table)
{
    return json_object_get(json_object_get(shown->tables, table), "rows");
}

static const char HIDDEN[] = "·";

static const char *number(const Shown *shown, const json_t *figure)
{
    return json_is_integer(figure) ? arena_format(shown->arena, "%lld", (long long)json_integer_value(figure)) : HIDDEN;
}

static const char *euros(const Shown *shown, const json_t *figure)
{
    char written[MONEY_TEXT_SIZE];
    if (json_is_integer(figure))
        return arena_text(shown->arena, money_write_dutch((Money){json_integer_value(figure)}, written));
    return number(shown, figure);
}

/* Content and funding are two facts: "SPECIALIST PIC/PXQ". */
static const char *kind(const Shown *shown, const json_t *row)
{
    if (!*ask_text(row, "segment"))
        return "all";
    const char *content = ask_text(row, "content");
    return arena_format(shown->arena, "%s %s/%s", ask_text(row, "segment"),
                        strcmp(content, "NONE") == 0 ? "–" : content, ask_text(row, "funding"));
}

static const char *municipality_name(const Shown *shown, const char *code)
{
    const json_t *named = ask_row(json_object_get(shown->region, "municipalities"), "code", code);
    return !*code ? "the region" : named ? ask_text(named, "name") : code;
}

static bool is_of_year(const json_t *row)
{
    return json_is_null(json_object_get(row, "month"));
}

/* Whether the row is of what was asked: the municipality, or the region as a whole. */
static bool is_of_whole(const Shown *shown, const json_t *row)
{
    return strcmp(ask_text(row, "municipality"), shown->municipality) == 0;
}

/* ---- shown to people ---- */

static void print_title(const char *title)
{
    printf("\n%s\n\n", title);
}

static void show_year(const Shown *shown)
{
    static const char *const HEADINGS[] = {"municipality", "care", "clients", "lines", "approved", NULL};
    Table *table = table_new(shown->arena, HEADINGS);
    const json_t *rows = rows_of(shown, "spending");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (!is_of_year(row))
            continue;
        const char *texts[] = {
            municipality_name(shown, ask_text(row, "municipality")),
            kind(shown, row),
            number(shown, json_object_get(row, "clients")),
            number(shown, json_object_get(row, "lines")),
            euros(shown, json_object_get(row, "cents")),
        };
        table_row(table, texts);
    }
    print_title("Approved in the year of service (care: segment, content/funding)");
    table_print(table);
}

static void show_budgets(const Shown *shown)
{
    static const char *const HEADINGS[] = {"municipality", "budget", "granted", "approved", "expected", NULL};
    Table *table = table_new(shown->arena, HEADINGS);
    const json_t *rows = rows_of(shown, "budgets");
    size_t budgets = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        if (!is_of_year(row) || !json_is_integer(json_object_get(row, "budget_cents")))
            continue;
        const char *texts[] = {
            municipality_name(shown, ask_text(row, "municipality")),
            euros(shown, json_object_get(row, "budget_cents")),
            euros(shown, json_object_get(row, "granted_cents")),
            euros(shown, json_object_get(row, "approved_cents")),
            euros(shown, json_object_get(row, "expected_cents")),
        };
        table_row(table, texts);
        budgets++;
    }
    if (budgets == 0)
        return;
    print_title("Approved beside the budget");
    table_print(table);
}

/* Months downwards, kinds of care sideways. */
static void show_months(const Shown *shown, const char *title, const char *section, const char *figure,
                        const char *(*write)(const Shown *, const json_t *))
{
    static const char *const NAMES[MONTHS] = {"January", "February", "March",     "April",   "May",      "June",
                                              "July",    "August",   "September", "October", "November", "December"};
    const char *headings[KINDS_MAX + 2] = {"month"};
    const char *texts[MONTHS][KINDS_MAX + 1];
    const json_t *rows = rows_of(shown, section);
    size_t count = 0, month = 0;
    for (size_t i = 0; i < json_array_size(rows) && count < KINDS_MAX; i++) {
        const json_t *row = json_array_get(rows, i);
        if (is_of_whole(shown, row) && is_of_year(row)) {
            headings[++count] = kind(shown, row);
            month = 0;
        } else if (is_of_whole(shown, row) && month < MONTHS) {
            texts[month++][count + 1] = write(shown, json_object_get(row, figure));
        }
    }
    Table *table = table_new(shown->arena, headings);
    for (month = 0; count > 0 && month < MONTHS; month++) {
        texts[month][0] = NAMES[month];
        table_row(table, texts[month]);
    }
    print_title(title);
    table_print(table);
}

/* Rows of what was asked, with the words and the figures of the year that are named. */
static void show_counts(const Shown *shown, const char *title, const char *section, const char *const *headings,
                        const char *const *words, const char *const *figures)
{
    Table *table = table_new(shown->arena, headings);
    const json_t *rows = rows_of(shown, section);
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const char *texts[8];
        size_t count = 0;
        if (!is_of_whole(shown, row) || !is_of_year(row))
            continue;
        bool total = !*ask_text(row, words[0]);
        for (const char *const *word = words; *word; word++)
            texts[count++] = total ? (word == words ? "all" : "") : ask_text(row, *word);
        for (const char *const *figure = figures; *figure; figure++)
            texts[count++] = number(shown, json_object_get(row, *figure));
        table_row(table, texts);
    }
    print_title(title);
    table_print(table);
}

typedef const char *const Words[];

static void show_all_counts(const Shown *shown)
{
    show_counts(shown, "What became of requests and allocations", "decisions",
                (Words){"verdict", "reason", "facts", "allocations begun", NULL}, (Words){"verdict", "reason", NULL},
                (Words){"facts", "allocations", NULL});
    show_counts(shown, "Declarations by code", "declarations", (Words){"code", "declarations", NULL},
                (Words){"code", NULL}, (Words){"declarations", NULL});
    show_counts(shown, "Rejected lines by national return code", "rejections", (Words){"code", "reason", "lines", NULL},
                (Words){"code", "reason", NULL}, (Words){"lines", NULL});
}

static void show_ledger(const Shown *shown)
{
    static const char *const HEADINGS[] = {"municipality", "account", "amount", NULL};
    Table *table = table_new(shown->arena, HEADINGS);
    const json_t *rows = rows_of(shown, "ledger");
    int64_t sum = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const char *texts[] = {municipality_name(shown, ask_text(row, "municipality")), ask_text(row, "account"),
                               euros(shown, json_object_get(row, "cents"))};
        table_row(table, texts);
        sum += json_integer_value(json_object_get(row, "cents"));
    }
    char written[MONEY_TEXT_SIZE];
    table_row(table, (const char *[]){"", "sum", money_write_dutch((Money){sum}, written)});
    print_title("The ledger of the year of service");
    table_print(table);
}

static void show(const Shown *shown)
{
    const json_t *spending = json_object_get(shown->tables, "spending");
    const json_t *question = json_object_get(spending, "question");
    printf("%s, %lld, as known on %s\n", municipality_name(shown, shown->municipality),
           (long long)json_integer_value(json_object_get(question, "year")), ask_text(question, "known_on"));
    show_year(shown);
    show_budgets(shown);
    show_months(shown, "Approved by month of service", "spending", "cents", euros);
    show_months(shown, "Clients with an allocation", "clients", "clients", number);
    show_all_counts(shown);
    if (json_object_get(shown->tables, "ledger"))
        show_ledger(shown);
    if (!json_is_true(json_object_get(spending, "exact")))
        printf("\nCounts are rounded to five. %s stands for fewer than ten, or for what would give such a cell away.\n",
               HIDDEN);
}

/* ---- asking ---- */

/* Those that monitoring has, and that who asks may see exactly where only then they are shown. */
static bool is_asked(const json_t *cards, const json_t *tables, const char *name)
{
    const json_t *card = ask_row(cards, "name", name);
    const json_t *first = json_object_get(tables, "spending");
    return card &&
           (!first || json_is_true(json_object_get(card, "wide")) || json_is_true(json_object_get(first, "exact")));
}

static ExitStatus ask_tables(const char *command, Arena *arena, const char *query, const json_t *cards, json_t *tables)
{
    static const char *const NAMES[] = {"spending",     "clients",    "budgets", "decisions",
                                        "declarations", "rejections", "ledger"};
    ExitStatus status = EXIT_DONE;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES && status == EXIT_DONE; i++) {
        json_t *answer;
        if (!is_asked(cards, tables, NAMES[i]))
            continue;
        status = ask_service(command, arena, &ask_monitoring, arena_format(arena, "/v1/tables/%s%s", NAMES[i], query),
                             &answer);
        if (status == EXIT_DONE)
            json_object_set_new(tables, NAMES[i], answer);
    }
    return status;
}

static ExitStatus report(const char *command, Arena *arena, const Arguments *arguments)
{
    json_t *region = NULL, *cards = NULL, *tables = json_object();
    const char *municipality = arguments->filters.municipality;
    ExitStatus status = ask_service(command, arena, &ask_monitoring, "/v1/region", &region);
    if (status == EXIT_DONE)
        status = ask_service(command, arena, &ask_monitoring, "/v1/tables", &cards);
    if (status == EXIT_DONE)
        status = ask_tables(command, arena, report_filters_query(arena, &arguments->filters), cards, tables);
    if (status == EXIT_DONE && arguments->json) {
        json_t *json = json_pack("{s:O, s:O}", "region", region, "tables", tables);
        json_dumpf(json, stdout, JSON_INDENT(2));
        putchar('\n');
        json_decref(json);
    } else if (status == EXIT_DONE) {
        show(&(Shown){arena, region, tables, municipality ? municipality : ""});
    }
    json_decref(region);
    json_decref(cards);
    json_decref(tables);
    return status;
}

ExitStatus picq_report(int argc, char **argv)
{
    Arguments arguments = read_arguments(argc, argv);
    Arena *arena = arena_new();
    ExitStatus status = report(argv[0], arena, &arguments);
    arena_free(arena);
    return status;
}

static const Command COMMANDS[] = {
    {"table", "[NAME] [--csv|--json] [--municipality CODE] [--provider AGB]...",
     "Any table of monitoring, or which there are.", picq_report_table, NULL},
    {"council", "--municipality CODE --year YEAR --html FILE", "The letter to a council, two pages to print.",
     picq_report_council, NULL},
};

const Commands picq_report_below = {
    .name = "picq report",
    .what = "any table of monitoring, and the letter to a council",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};
