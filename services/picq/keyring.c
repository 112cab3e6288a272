#include "picq/keyring.h"

#include "base/arena.h"
#include "picq/table.h"

#include <jansson.h>
#include <stdio.h>

enum { OPTION_JSON = 0x100 };

typedef struct Arguments {
    bool json;
    char **paths;
    size_t count;
} Arguments;

static error_t parse(int option, char *value, struct argp_state *state)
{
    (void)value;
    Arguments *arguments = state->input;
    switch (option) {
    case OPTION_JSON:
        arguments->json = true;
        return 0;
    case ARGP_KEY_ARGS:
        arguments->paths = state->argv + state->next;
        arguments->count = (size_t)(state->argc - state->next);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "name the key, as a path: keys/intake stands for keys/intake and keys/intake_secret");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print(Arena *arena, const json_t *keys)
{
    static const char *const HEADINGS[] = {"key", "public part", NULL};
    Table *table = table_new(arena, HEADINGS);
    size_t i;
    json_t *key;
    json_array_foreach((json_t *)keys, i, key)
    {
        const char *const row[] = {json_string_value(json_object_get(key, "path")),
                                   json_string_value(json_object_get(key, "key"))};
        table_row(table, row);
    }
    if (json_array_size(keys) > 0)
        table_print(table);
}

ExitStatus keyring_run(int argc, char **argv, const char *doc, Status (*public_of)(const char *path, char *text_out))
{
    static const struct argp_option OPTIONS[] = {{"json", OPTION_JSON, NULL, 0, "For programs", 0}, {0}};
    struct argp argp = {.options = OPTIONS, .parser = parse, .args_doc = "PATH...", .doc = doc};
    Arguments arguments = {0};
    command_parse(&argp, argc, argv, &arguments);

    json_t *keys = json_array();
    ExitStatus exit_status = EXIT_DONE;
    for (size_t i = 0; i < arguments.count; i++) {
        char text[KEY_TEXT_LENGTH + 1];
        if (public_of(arguments.paths[i], text) == STATUS_OK) {
            json_array_append_new(keys, json_pack("{s:s, s:s}", "path", arguments.paths[i], "key", text));
        } else {
            command_complain(argv[0], "%s", fault_words());
            exit_status = EXIT_WRONG_USE;
        }
    }
    if (arguments.json) {
        json_dumpf(keys, stdout, JSON_INDENT(2));
        putchar('\n');
    } else {
        Arena *arena = arena_new();
        print(arena, keys);
        arena_free(arena);
    }
    json_decref(keys);
    return exit_status;
}
