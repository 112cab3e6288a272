/*
 * picq ijw rules: the rules of the standard, and who enforces each.
 */
#include "picq/door/hear_file.h"
#include "picq/ijw.h"
#include "picq/table.h"

#include <jansson.h>
#include <stdio.h>

static const char DOC[] =
    "Prints each rule for messages that a municipality receives: its level, the messages it is for, the national "
    "return "
    "code, the house that enforces it, and what it asks; of a rule that another house enforces, the reason that house "
    "gives; of one that nobody enforces, why.";

enum { OPTION_JSON = 0x100 };

static error_t parse(int option, char *value, struct argp_state *state)
{
    (void)value;
    bool *json = state->input;
    if (option != OPTION_JSON)
        return ARGP_ERR_UNKNOWN;
    *json = true;
    return 0;
}

static void print_table(Arena *arena, const ReadRules *rules)
{
    static const char *const HEADINGS[] = {"RULE", "LEVEL", "MESSAGES", "CODE", "HOUSE", "WORDS", NULL};
    Table *table = table_new(arena, HEADINGS);
    for (size_t i = 0; i < rules->count; i++) {
        const ReadRule *rule = &rules->list[i];
        table_row(table, (const char *const[]){rule->name, rule->level, rule->messages,
                                               *rule->return_code ? rule->return_code : "-", rule->house, rule->words});
    }
    table_print(table);
}

static void print_json(const ReadRules *rules)
{
    json_t *told = json_array();
    for (size_t i = 0; i < rules->count; i++) {
        const ReadRule *rule = &rules->list[i];
        json_array_append_new(told, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "rule", rule->name, "level",
                                              rule->level, "messages", rule->messages, "return_code", rule->return_code,
                                              "house", rule->house, "words", rule->words));
    }
    json_dumpf(told, stdout, JSON_INDENT(2));
    putchar('\n');
    json_decref(told);
}

ExitStatus picq_ijw_rules(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {{"json", OPTION_JSON, NULL, 0, "For programs: one list", 0}, {0}};
    struct argp argp = {.options = OPTIONS, .parser = parse, .doc = DOC};
    bool json = false;
    command_parse(&argp, argc, argv, &json);

    Arena *arena = arena_new();
    FileReader *reader = file_reader_open(arena);
    ReadRules rules;
    Status status = file_reader_rules(reader, arena, &rules);
    if (status != STATUS_OK)
        command_complain(argv[0], "%s", fault_words());
    else if (json)
        print_json(&rules);
    else
        print_table(arena, &rules);
    file_reader_free(reader);
    arena_free(arena);
    return status == STATUS_OK ? EXIT_DONE : EXIT_WORLD_AWAY;
}
