/*
 * picq explain: what one line is worth and why, asked of billing and told in words.
 */
#include "picq/explain.h"

#include "picq/billing.h"
#include "picq/receipt/write.h"
#include "picq/table.h"

#include <stdio.h>
#include <string.h>

static const char DOC[] =
    "Tells what one line is worth and why: what was agreed where, how the amount follows, what corrections made of it, "
    "and whether the cent still comes out when it is computed again from what is stored."
    "\vPICQ_BILLING_HTTP says where billing answers, such as http://127.0.0.1:8083; PICQ_TOKEN says who asks. The "
    "exit status is 1 when an amount does not come out.";

enum { OPTION_MUNICIPALITY = 0x100, OPTION_PROVIDER, OPTION_LANG, OPTION_JSON };

typedef struct Arguments {
    const char *line, *municipality, *provider;
    Language language;
    bool json;
} Arguments;

static Language read_language(const struct argp_state *state, const char *value)
{
    if (strcmp(value, "en") == 0)
        return ENGLISH;
    if (strcmp(value, "nl") != 0)
        argp_error(state, "--lang is nl or en: %s", value);
    return DUTCH;
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
    case OPTION_LANG:
        arguments->language = read_language(state, value);
        return 0;
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->line)
            argp_error(state, "one line at a time");
        arguments->line = value;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->line)
            argp_error(state, "name the line, by the reference that the provider gave it");
        else if (!arguments->municipality || !arguments->provider)
            argp_error(state, "name the conversation: --municipality CODE --provider AGB");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_inputs(Arena *arena, const InputTable *inputs)
{
    if (inputs->row_count == 0)
        return;
    const char **texts = ARENA_MANY(arena, const char *, inputs->column_count + 2);
    Table *table = NULL;
    for (size_t row = 0; row < inputs->row_count; row++) {
        texts[0] = inputs->rows[row].label;
        memcpy(texts + 1, inputs->rows[row].texts, inputs->column_count * sizeof *texts);
        if (table)
            table_row(table, texts);
        else
            table = table_new(arena, texts);
    }
    putchar('\n');
    table_print(table);
}

static bool show(Arena *arena, const json_t *answer, Language language)
{
    Receipt receipt;
    if (!receipt_read(arena, answer, &receipt))
        return false;
    fputs(receipt_words(arena, &receipt, language), stdout);
    InputTable inputs = receipt_inputs(arena, &receipt, language);
    print_inputs(arena, &inputs);
    fputs(receipt_digests(arena, &receipt, language), stdout);
    return true;
}

ExitStatus picq_explain(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"municipality", OPTION_MUNICIPALITY, "CODE", 0, "The municipality that pays, such as 0503", 0},
        {"provider", OPTION_PROVIDER, "AGB", 0, "The provider that declared, such as 90000001", 0},
        {"lang", OPTION_LANG, "nl|en", 0, "In which language (nl)", 0},
        {"json", OPTION_JSON, NULL, 0, "For programs", 0},
        {0},
    };
    struct argp argp = {.options = OPTIONS, .parser = parse, .args_doc = "LINE", .doc = DOC};
    Arguments arguments = {.language = DUTCH};
    command_parse(&argp, argc, argv, &arguments);

    Arena *arena = arena_new();
    json_t *answer = NULL;
    const char *path = arena_format(arena, "/line?municipality=%s&provider=%s&reference=%s", arguments.municipality,
                                    arguments.provider, billing_query_text(arena, arguments.line));
    ExitStatus status = billing_ask(argv[0], arena, path, &answer);
    if (status == EXIT_DONE && arguments.json) {
        billing_print(answer);
    } else if (status == EXIT_DONE && !show(arena, answer, arguments.language)) {
        command_complain(argv[0], "billing tells of no line");
        status = EXIT_WORLD_AWAY;
    }
    if (status == EXIT_DONE && !json_is_true(json_object_get(answer, "agrees")))
        status = EXIT_NO;
    json_decref(answer);
    arena_free(arena);
    return status;
}
