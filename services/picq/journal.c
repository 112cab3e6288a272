/*
 * picq journal: what was posted, for the accounts of a municipality.
 */
#include "picq/ask.h"
#include "picq/billing.h"
#include "picq/statement.h"
#include "picq/year_options.h"

#include "base/arena.h"
#include "base/money.h"

#include <stdbool.h>
#include <string.h>

static const char DOC[] =
    "Tells what was posted in a year, or in a month of it, for the accounts of a municipality: a line for each "
    "posting, "
    "debet and credit apart, which come to the same. Month 13 is what was booked in the year after it had ended."
    "\vWithout --municipality it is the whole region. PICQ_BILLING_HTTP says where billing answers, PICQ_TOKEN who "
    "asks. Exit status 1: debet and credit differ.";

enum { OPTION_MONTH = 0x100, OPTION_CSV, OPTION_JSON };

typedef struct Arguments {
    YearOptions year;
    const char *month;
    bool csv, json;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->year;
        return 0;
    case OPTION_MONTH:
        if (!billing_is_code(value, 2) || strcmp(value, "01") < 0 || strcmp(value, "13") > 0)
            argp_error(state, "a month is from 01 to 12, or 13 for what was booked after the year");
        arguments->month = value;
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
        if (!*arguments->year.year)
            argp_error(state, "name the year: --year 2020");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

typedef struct Sums {
    Money debet;
    Money credit;
    bool fit;
} Sums;

static Sums sums_of(const json_t *postings)
{
    Sums sums = {.fit = true};
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)postings, i, row)
    {
        Money amount = {json_integer_value(json_object_get(row, "amount_cents"))};
        Money *sum = amount.cents > 0 ? &sums.debet : &sums.credit;
        sums.fit = money_add(*sum, amount.cents > 0 ? amount : money_negated(amount), sum) && sums.fit;
    }
    return sums;
}

/* Cents as euros with a comma, as a spreadsheet here reads them. */
static void put_euros(long long cents)
{
    printf(";%lld,%02lld", cents / 100, cents % 100);
}

static void print_csv(const Arguments *arguments, const json_t *postings)
{
    printf("boekjaar;periode;boekdatum;gemeente;aanbieder;document;jaar van zorg;rekening;debet;credit\r\n");
    size_t i;
    json_t *row;
    json_array_foreach((json_t *)postings, i, row)
    {
        const char *day = ask_text(row, "known_day");
        bool after = strncmp(day, arguments->year.year, 4) > 0;
        long long cents = json_integer_value(json_object_get(row, "amount_cents"));
        printf("%s;%.2s;%s;%s;%s;%s;%lld;%s", arguments->year.year, after ? "13" : day + 5, day,
               ask_text(row, "municipality"), ask_text(row, "provider"), ask_text(row, "document"),
               (long long)json_integer_value(json_object_get(row, "service_year")), ask_text(row, "account"));
        put_euros(cents > 0 ? cents : 0);
        put_euros(cents < 0 ? -cents : 0);
        printf("\r\n");
    }
}

static ExitStatus tell(const char *command, const Arguments *arguments, const json_t *postings)
{
    Sums sums = sums_of(postings);
    char debet[MONEY_TEXT_SIZE], credit[MONEY_TEXT_SIZE];
    money_write_dutch(sums.debet, debet);
    money_write_dutch(sums.credit, credit);
    if (arguments->json)
        billing_print(postings);
    else if (arguments->csv)
        print_csv(arguments, postings);
    else
        printf("%zu postings, debet %s, credit %s\n", json_array_size(postings), debet, credit);
    if (sums.fit && sums.debet.cents == sums.credit.cents)
        return EXIT_DONE;
    command_complain(command, "debet %s and credit %s are not the same", debet, credit);
    return EXIT_NO;
}

ExitStatus picq_journal(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"month", OPTION_MONTH, "MM", 0, "From 01 to 12, or 13; without it the whole year", 2},
        {"csv", OPTION_CSV, NULL, 0, "For the accounts, amounts in euros", 2},
        {"json", OPTION_JSON, NULL, 0, "For programs, amounts in cents", 2},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&year_options, 0, NULL, 0}, {0}};
    static const struct argp ARGP = {.options = OPTIONS, .parser = parse, .doc = DOC, .children = CHILDREN};
    Arguments arguments = {.month = ""};
    command_parse(&ARGP, argc, argv, &arguments);

    Arena *arena = arena_new();
    json_t *postings = NULL;
    const char *path =
        arena_format(arena, "/journal?municipality=%s&provider=%s&year=%s&month=%s", arguments.year.municipality,
                     arguments.year.provider, arguments.year.year, arguments.month);
    ExitStatus status = billing_ask(argv[0], arena, path, &postings);
    if (status == EXIT_DONE)
        status = tell(argv[0], &arguments, postings);
    json_decref(postings);
    arena_free(arena);
    return status;
}
