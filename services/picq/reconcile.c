/*
 * picq reconcile: a provider's own account of a year held to ours.
 */
#include "picq/reconcile/reconcile.h"

#include "picq/ask.h"
#include "picq/billing.h"
#include "picq/statement.h"
#include "picq/table.h"
#include "picq/year_options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char DOC[] =
    "Holds a provider's own statement of a year to what is booked, line by line, and explains each difference in a "
    "Dutch sentence. The file is a CSV whose first line names its columns; it needs a column \"referentie\" and a "
    "column "
    "\"bedrag\", in euros."
    "\vA line is stated as what it comes to: as approved, with what books corrected; a credit with a minus. Exit "
    "status "
    "1: there are differences. PICQ_BILLING_HTTP says where billing answers, PICQ_TOKEN who asks.";

enum { OPTION_JSON = 0x100, FILE_BYTES_MAX = 256 << 20 };

typedef struct Arguments {
    YearOptions year;
    const char *file;
    bool json;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->year;
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->file)
            argp_error(state, "one file at a time");
        arguments->file = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->file)
            argp_error(state, "name the file of the provider's own statement");
        if (!*arguments->year.municipality || !*arguments->year.provider || !*arguments->year.year)
            argp_error(state, "name municipality, provider and year: --municipality CODE --provider AGB --year YEAR");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static ExitStatus read_file(const char *command, Arena *arena, const char *name, Stated *stated_out)
{
    FILE *file = fopen(name, "re");
    if (!file) {
        command_complain(command, "%s cannot be read: %s", name, strerror(errno));
        return EXIT_WRONG_USE;
    }
    char *text = NULL;
    size_t size = 0;
    ssize_t length = getdelim(&text, &size, '\0', file);
    fclose(file);
    StatedFault fault = {0, length > FILE_BYTES_MAX ? "the file is larger than 256 MB" : "the file is empty"};
    bool read = length > 0 && length <= FILE_BYTES_MAX && stated_read(arena, text, stated_out, &fault);
    free(text);
    if (read)
        return EXIT_DONE;
    command_complain(command, "%s:%d: %s", name, fault.line, fault.words);
    return EXIT_WRONG_USE;
}

static Money cents(const json_t *row, const char *name)
{
    return (Money){json_integer_value(json_object_get(row, name))};
}

static OurLine *lines_of(Arena *arena, const json_t *answer)
{
    OurLine *lines = ARENA_MANY(arena, OurLine, json_array_size(answer));
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)answer, i, row) lines[i] = (OurLine){
        .reference = ask_text(row, "reference"),
        .declared = cents(row, "declared_cents"),
        .amount = cents(row, "amount_cents"),
        .corrected = cents(row, "corrected_cents"),
        .credits = ask_text(row, "credits"),
        .credited_by = ask_text(row, "credited_by"),
        .reason = ask_text(row, "reason"),
        .return_code = ask_text(row, "return_code"),
        .year = atoi(ask_text(row, "first_day")),
        .booked_year = (int)json_integer_value(json_object_get(row, "booked_year")),
        .known_day = ask_text(row, "known_day"),
    };
    return lines;
}

static const char *euros(Arena *arena, Money amount)
{
    return money_write_dutch(amount, arena_take(arena, MONEY_TEXT_SIZE));
}

static void show(Arena *arena, const Reconciliation *found)
{
    static const char *const HEADINGS[] = {"referentie", "opgave", "geboekt", "waarom", NULL};
    Table *table = table_new(arena, HEADINGS);
    for (size_t i = 0; i < found->count; i++) {
        const Difference *difference = &found->list[i];
        const char *const texts[] = {difference->reference, euros(arena, difference->stated),
                                     euros(arena, difference->ours), difference->sentence};
        table_row(table, texts);
    }
    if (found->count > 0) {
        table_print(table);
        printf("\n");
    }
    printf("%zu prestaties kloppen, %zu niet; opgave %s, geboekt %s, verschil %s\n", found->agreeing, found->count,
           euros(arena, found->stated), euros(arena, found->ours),
           euros(arena, (Money){found->stated.cents - found->ours.cents}));
}

static void print_json(const Reconciliation *found)
{
    static const char *const KINDS[] = {
        [DIFFERENCE_NONE] = "NONE",   [DIFFERENCE_UNKNOWN] = "UNKNOWN",   [DIFFERENCE_UNSTATED] = "UNSTATED",
        [DIFFERENCE_TWICE] = "TWICE", [DIFFERENCE_REJECTED] = "REJECTED", [DIFFERENCE_CORRECTED] = "CORRECTED",
        [DIFFERENCE_LATE] = "LATE",   [DIFFERENCE_AMOUNT] = "AMOUNT",
    };
    json_t *list = json_array();
    for (size_t i = 0; i < found->count; i++) {
        const Difference *difference = &found->list[i];
        json_array_append_new(list, json_pack("{s:s, s:s, s:I, s:I, s:s}", "reference", difference->reference, "kind",
                                              KINDS[difference->kind], "stated_cents",
                                              (json_int_t)difference->stated.cents, "booked_cents",
                                              (json_int_t)difference->ours.cents, "sentence", difference->sentence));
    }
    json_t *json =
        json_pack("{s:I, s:I, s:I, s:o}", "agreeing", (json_int_t)found->agreeing, "stated_cents",
                  (json_int_t)found->stated.cents, "booked_cents", (json_int_t)found->ours.cents, "differences", list);
    billing_print(json);
    json_decref(json);
}

static ExitStatus compare(const char *command, Arena *arena, const Arguments *arguments, Stated stated,
                          const json_t *answer)
{
    Reconciliation found;
    if (!reconcile(arena, stated, lines_of(arena, answer), json_array_size(answer), atoi(arguments->year.year),
                   &found)) {
        command_complain(command, "a sum does not fit in an amount");
        return EXIT_NO;
    }
    if (arguments->json)
        print_json(&found);
    else
        show(arena, &found);
    return found.count > 0 ? EXIT_NO : EXIT_DONE;
}

ExitStatus picq_reconcile(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {{"json", OPTION_JSON, NULL, 0, "For programs", 2}, {0}};
    static const struct argp_child CHILDREN[] = {{&year_options, 0, NULL, 0}, {0}};
    static const struct argp ARGP = {
        .options = OPTIONS, .parser = parse, .args_doc = "FILE.csv", .doc = DOC, .children = CHILDREN};
    Arguments arguments = {0};
    command_parse(&ARGP, argc, argv, &arguments);

    Arena *arena = arena_new();
    Stated stated;
    json_t *answer = NULL;
    ExitStatus status = read_file(argv[0], arena, arguments.file, &stated);
    if (status == EXIT_DONE)
        status = billing_ask(argv[0], arena,
                             arena_format(arena, "/statement-lines?municipality=%s&provider=%s&year=%s",
                                          arguments.year.municipality, arguments.year.provider, arguments.year.year),
                             &answer);
    if (status == EXIT_DONE)
        status = compare(argv[0], arena, &arguments, stated, answer);
    json_decref(answer);
    arena_free(arena);
    return status;
}
