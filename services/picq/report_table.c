/*
 * picq report table: any table of monitoring, for people, for programs or for a spreadsheet.
 */
#include "picq/report.h"

#include "base/money.h"
#include "picq/ask.h"
#include "picq/report_options.h"
#include "picq/table.h"

#include <stdio.h>
#include <string.h>

static const char DOC[] = "Shows a table of monitoring; without a name it lists those that you may see."
                          "\vPICQ_MONITORING says where monitoring answers, such as http://127.0.0.1:8084; PICQ_TOKEN "
                          "says who asks. A dot stands for what is hidden from you.";

enum { OPTION_JSON = 256, OPTION_CSV, COLUMNS_MAX = 64 };

typedef struct Arguments {
    ReportFilters filters;
    const char *name;
    bool json;
    bool csv;
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
    case OPTION_CSV:
        arguments->csv = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->name)
            argp_error(state, "one table at a time: \"%s\" is a second one", value);
        if (!*value || value[strspn(value, "abcdefghijklmnopqrstuvwxyz-")])
            argp_error(state, "a table has a name such as spending; picq report table lists them");
        arguments->name = value;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool is_hidden(const json_t *row, const char *name)
{
    const json_t *hidden = json_object_get(row, "hidden");
    for (size_t i = 0; i < json_array_size(hidden); i++)
        if (strcmp(json_string_value(json_array_get(hidden, i)), name) == 0)
            return true;
    return false;
}

static const char *written(Arena *arena, const json_t *row, const char *name, const char *kind)
{
    char money[MONEY_TEXT_SIZE];
    const json_t *value = json_object_get(row, name);
    if (is_hidden(row, name))
        return ".";
    if (json_is_string(value))
        return json_string_value(value);
    if (json_is_boolean(value))
        return json_is_true(value) ? "yes" : "no";
    if (json_is_integer(value) && strcmp(kind, "cents") == 0)
        return arena_text(arena, money_write_dutch((Money){json_integer_value(value)}, money));
    if (json_is_integer(value))
        return arena_format(arena, "%lld", (long long)json_integer_value(value));
    if (json_is_real(value) && strcmp(kind, "share") == 0)
        return arena_format(arena, "%.1f%%", 100 * json_real_value(value));
    return json_is_real(value) ? arena_format(arena, "%.1f", json_real_value(value)) : "";
}

/* The columns in the order of the list. */
static void show_rows(Arena *arena, const json_t *card, const json_t *answer)
{
    const json_t *columns = json_object_get(card, "columns");
    size_t count = json_array_size(columns) < COLUMNS_MAX ? json_array_size(columns) : COLUMNS_MAX;
    const char *texts[COLUMNS_MAX + 1] = {NULL};
    for (size_t i = 0; i < count; i++)
        texts[i] = ask_text(json_array_get(columns, i), "name");
    Table *table = table_new(arena, texts);
    const json_t *rows = json_object_get(answer, "rows");
    for (size_t r = 0; r < json_array_size(rows); r++) {
        const json_t *row = json_array_get(rows, r);
        for (size_t i = 0; i < count; i++) {
            const json_t *column = json_array_get(columns, i);
            texts[i] = written(arena, row, ask_text(column, "name"), ask_text(column, "kind"));
        }
        table_row(table, texts);
    }
    printf("%s\n%s, as known on %s%s\n\n", ask_text(card, "english"), ask_text(card, "name"),
           ask_text(json_object_get(answer, "question"), "known_on"),
           json_is_true(json_object_get(answer, "exact")) ? "" : "; counts are rounded to five, small ones are hidden");
    table_print(table);
}

static const char *filters_of(Arena *arena, const json_t *card)
{
    const char *words = "";
    const json_t *filters = json_object_get(card, "filters");
    for (size_t i = 0; i < json_array_size(filters); i++)
        words = arena_format(arena, "%s%s%s", words, *words ? " " : "", json_string_value(json_array_get(filters, i)));
    return words;
}

static void show_list(Arena *arena, const json_t *cards)
{
    static const char *const HEADINGS[] = {"table", "for all", "filters", "what it tells", NULL};
    Table *table = table_new(arena, HEADINGS);
    for (size_t i = 0; i < json_array_size(cards); i++) {
        const json_t *card = json_array_get(cards, i);
        const char *texts[] = {ask_text(card, "name"), json_is_true(json_object_get(card, "wide")) ? "yes" : "no",
                               filters_of(arena, card), ask_text(card, "english")};
        table_row(table, texts);
    }
    table_print(table);
}

static void print_json(const json_t *json)
{
    json_dumpf(json, stdout, JSON_INDENT(2));
    putchar('\n');
}

static ExitStatus list(const char *command, Arena *arena, const Arguments *arguments)
{
    json_t *cards;
    ExitStatus status = ask_service(command, arena, &ask_monitoring, "/v1/tables", &cards);
    if (status != EXIT_DONE)
        return status;
    if (arguments->json)
        print_json(cards);
    else
        show_list(arena, cards);
    json_decref(cards);
    return EXIT_DONE;
}

static ExitStatus show(const char *command, Arena *arena, const Arguments *arguments)
{
    const char *query = report_filters_query(arena, &arguments->filters);
    const char *path = arena_format(arena, "/v1/tables/%s%s", arguments->name, query);
    if (arguments->csv) {
        Page page;
        path = arena_format(arena, "%s%cformat=csv", path, *query ? '&' : '?');
        ExitStatus status = ask_page(command, arena, &ask_monitoring, path, &page);
        if (status == EXIT_DONE)
            fputs(page.body, stdout);
        return status;
    }
    json_t *answer = NULL, *cards = NULL;
    ExitStatus status = ask_service(command, arena, &ask_monitoring, path, &answer);
    if (status == EXIT_DONE && arguments->json)
        print_json(answer);
    else if (status == EXIT_DONE)
        status = ask_service(command, arena, &ask_monitoring, "/v1/tables", &cards);
    if (status == EXIT_DONE && cards)
        show_rows(arena, ask_row(cards, "name", arguments->name), answer);
    json_decref(answer);
    json_decref(cards);
    return status;
}

ExitStatus picq_report_table(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"json", OPTION_JSON, NULL, 0, "For programs", 1},
        {"csv", OPTION_CSV, NULL, 0, "For a spreadsheet, money in cents", 1},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&report_table_options, 0, NULL, 0}, {0}};
    static const struct argp ARGP = {
        .options = OPTIONS, .parser = parse, .doc = DOC, .args_doc = "[NAME]", .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&ARGP, argc, argv, &arguments);
    Arena *arena = arena_new();
    ExitStatus status = arguments.name ? show(argv[0], arena, &arguments) : list(argv[0], arena, &arguments);
    arena_free(arena);
    return status;
}
