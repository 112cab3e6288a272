/*
 * picq statement: what a year comes to with a provider, made on demand by billing.
 */
#include "picq/statement.h"

#include "base/money.h"
#include "picq/ask.h"
#include "picq/billing.h"
#include "picq/table.h"
#include "picq/year_options.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

static const char DOC[] =
    "Makes the production statement of a provider with a municipality, by product and PIC; without --provider those of "
    "all its providers. Before the year is closed it is provisional and says so; after that it is the one that was "
    "frozen, with its digest."
    "\vPICQ_BILLING_HTTP says where billing answers, such as http://127.0.0.1:8083; PICQ_TOKEN says who asks. Exit "
    "status 1: there is no statement, or the digest of a frozen one does not come out again.";

enum { OPTION_HTML = 0x100, OPTION_CSV, OPTION_JSON };

typedef struct Arguments {
    YearOptions year;
    const char *html;
    bool csv, json;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->year;
        return 0;
    case OPTION_HTML:
        arguments->html = value;
        return 0;
    case OPTION_CSV:
        arguments->csv = true;
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\" says nothing here", value);
        return 0;
    case ARGP_KEY_END:
        if (!*arguments->year.municipality || !*arguments->year.year)
            argp_error(state, "name the municipality and the year: --municipality CODE --year YEAR");
        if ((arguments->html != NULL) + arguments->csv + arguments->json > 1)
            argp_error(state, "--html, --csv and --json are three ways to be told; choose one");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* what is shown */

static const struct {
    const char *name, *heading;
} AMOUNTS[] = {
    {"declared_cents", "declared"},       {"approved_cents", "approved"},   {"rejected_cents", "rejected"},
    {"credited_cents", "credited"},       {"corrected_cents", "corrected"}, {"cost_cents", "cost"},
    {"in_progress_cents", "in progress"}, {"ahead_cents", "ahead"},         {"obligation_cents", "obliged"},
};

enum { AMOUNT_COUNT = sizeof AMOUNTS / sizeof *AMOUNTS };

static const char *kind_of(Arena *arena, const json_t *row)
{
    const char *profile = ask_text(row, "profile");
    return *profile ? arena_format(arena, "%s %s", profile, ask_text(row, "intensity")) : ask_text(row, "code");
}

static void add_row(Arena *arena, Table *table, const char *first, const char *second, const json_t *row)
{
    const char *texts[AMOUNT_COUNT + 3] = {first, second};
    for (size_t i = 0; i < AMOUNT_COUNT; i++) {
        Money amount = {json_integer_value(json_object_get(row, AMOUNTS[i].name))};
        texts[i + 2] = money_write_dutch(amount, arena_take(arena, MONEY_TEXT_SIZE));
    }
    texts[AMOUNT_COUNT + 2] =
        arena_format(arena, "%lld", (long long)json_integer_value(json_object_get(row, "undeclared")));
    table_row(table, texts);
}

static void show_one(Arena *arena, const json_t *statement)
{
    bool closed = json_is_true(json_object_get(statement, "closed"));
    printf("%s with %s, %lld: ", ask_text(statement, "municipality"), ask_text(statement, "provider"),
           (long long)json_integer_value(json_object_get(statement, "year")));
    if (closed)
        printf("frozen on %s by %s and %s, digest %s%s\n", ask_text(statement, "closed_day"),
               ask_text(statement, "proposed_by"), ask_text(statement, "approved_by"), ask_text(statement, "digest"),
               json_is_true(json_object_get(statement, "digest_agrees")) ? "" : ", which does not come out again");
    else
        printf("provisional, the year is open\n");

    const char *headings[AMOUNT_COUNT + 4] = {"care of", "product or PIC"};
    for (size_t i = 0; i < AMOUNT_COUNT; i++)
        headings[i + 2] = AMOUNTS[i].heading;
    headings[AMOUNT_COUNT + 2] = "never declared on";
    Table *table = table_new(arena, headings);
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(statement, "rows"), i, row)
        add_row(arena, table,
                arena_format(arena, "%lld%s", (long long)json_integer_value(json_object_get(row, "service_year")),
                             json_is_true(json_object_get(row, "late")) ? ", late" : ""),
                kind_of(arena, row), row);
    add_row(arena, table, "total", "", json_object_get(statement, "total"));
    table_print(table);
    if (json_is_true(json_object_get(statement, "auditor")))
        printf("The provider adds an auditor's report.\n");
    printf("\n");
}

/* programs */

static const char *const COUNTS[] = {"lines", "rejected_lines", "credited_lines", "undeclared"};
enum { COUNT_COUNT = sizeof COUNTS / sizeof *COUNTS };

static void print_csv(Arena *arena, const json_t *statements)
{
    printf("municipality;provider;year;closed_day;digest;service_year;profile;intensity;category;code");
    for (size_t i = 0; i < COUNT_COUNT; i++)
        printf(";%s", COUNTS[i]);
    for (size_t i = 0; i < AMOUNT_COUNT; i++)
        printf(";%s", AMOUNTS[i].name);
    printf("\r\n");
    size_t i, j;
    json_t *statement, *row;
    json_array_foreach(statements, i, statement) json_array_foreach(json_object_get(statement, "rows"), j, row)
    {
        bool closed = json_is_true(json_object_get(statement, "closed"));
        printf("%s;%s;%lld;%s;%s;%lld;%s;%s;%s;%s", ask_text(statement, "municipality"),
               ask_text(statement, "provider"), (long long)json_integer_value(json_object_get(statement, "year")),
               closed ? ask_text(statement, "closed_day") : "", closed ? ask_text(statement, "digest") : "",
               (long long)json_integer_value(json_object_get(row, "service_year")), ask_text(row, "profile"),
               ask_text(row, "intensity"), ask_text(row, "category"), ask_text(row, "code"));
        for (size_t k = 0; k < COUNT_COUNT; k++)
            printf(";%lld", (long long)json_integer_value(json_object_get(row, COUNTS[k])));
        for (size_t k = 0; k < AMOUNT_COUNT; k++)
            printf(";%lld", (long long)json_integer_value(json_object_get(row, AMOUNTS[k].name)));
        printf("\r\n");
    }
    (void)arena;
}

static ExitStatus write_html(const char *command, const char *name, const json_t *statements)
{
    FILE *file = fopen(name, "we");
    bool written = file != NULL;
    if (file) {
        statement_html(file, statements);
        written = !ferror(file);
        written = fclose(file) == 0 && written;
    }
    if (written)
        return EXIT_DONE;
    command_complain(command, "the statement cannot be written to %s: %s", name, strerror(errno));
    return EXIT_WORLD_AWAY;
}

static bool digests_agree(const json_t *statements)
{
    size_t i;
    json_t *statement;
    json_array_foreach((json_t *)statements, i, statement)
    {
        if (!json_is_true(json_object_get(statement, "digest_agrees")))
            return false;
    }
    return true;
}

static ExitStatus tell(const char *command, Arena *arena, const Arguments *arguments, const json_t *statements)
{
    ExitStatus status = EXIT_DONE;
    if (arguments->json)
        billing_print(statements);
    else if (arguments->csv)
        print_csv(arena, statements);
    else if (arguments->html)
        status = write_html(command, arguments->html, statements);
    size_t i;
    json_t *statement;
    if (!arguments->json && !arguments->csv && !arguments->html)
        json_array_foreach((json_t *)statements, i, statement) show_one(arena, statement);
    if (status == EXIT_DONE && json_array_size(statements) == 0) {
        command_complain(command, "nothing is booked in %s with this municipality%s", arguments->year.year,
                         *arguments->year.provider ? " and provider" : "");
        return EXIT_NO;
    }
    return status == EXIT_DONE && !digests_agree(statements) ? EXIT_NO : status;
}

ExitStatus picq_statement(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"html", OPTION_HTML, "FILE", 0, "A page to print, in Dutch", 2},
        {"csv", OPTION_CSV, NULL, 0, "For a spreadsheet, amounts in cents", 2},
        {"json", OPTION_JSON, NULL, 0, "For programs", 2},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&year_options, 0, NULL, 0}, {0}};
    static const struct argp ARGP = {.options = OPTIONS, .parser = parse, .doc = DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&ARGP, argc, argv, &arguments);

    Arena *arena = arena_new();
    json_t *statements = NULL;
    const char *path = arena_format(arena, "/statement?municipality=%s&provider=%s&year=%s",
                                    arguments.year.municipality, arguments.year.provider, arguments.year.year);
    ExitStatus status = billing_ask(argv[0], arena, path, &statements);
    if (status == EXIT_DONE)
        status = tell(argv[0], arena, &arguments, statements);
    json_decref(statements);
    arena_free(arena);
    return status;
}
