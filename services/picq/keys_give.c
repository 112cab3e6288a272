/*
 * picq keys give: an operator says for whom a key may speak.
 */
#include "picq/keys.h"

#include "base/arena.h"
#include "base/day.h"
#include "bus/key.h"
#include "picq/operator.h"
#include "picq/public.h"

#include <string.h>

static const char DOC[] =
    "Says for which providers a key may speak, from now on and in place of what was said of it before: for each "
    "provider on every day, or from a first to a last day. The key is the path of a public certificate, or the forty "
    "characters themselves.\v"
    "The keys of operators never come in by a message, so that nobody can be two people: they lie in the folder "
    "operators/ of intake's keys.";

enum { OPTION_OWNER = 0x100, OPTION_AGB };

typedef struct Arguments {
    OperatorOptions operator;
    const char *owner;
    const char *key;
    json_t *providers;
    Arena *arena;
} Arguments;

/* "90000001", "90000001:2020-01-01" or "90000001:2020-01-01:2020-12-31". */
static json_t *right_of(Arena *arena, const char *text)
{
    char *rest = arena_text(arena, text);
    const char *provider = strsep(&rest, ":");
    if (strlen(provider) != 8 || strspn(provider, "0123456789") != 8)
        return NULL;
    json_t *right = json_pack("{s:s}", "provider", provider);
    if (!rest)
        return right;

    Day first, last = DAY_LAST;
    char first_text[DAY_TEXT_SIZE], last_text[DAY_TEXT_SIZE];
    const char *first_said = strsep(&rest, ":");
    if (!day_read(first_said, &first) || (rest && !day_read(rest, &last))) {
        json_decref(right);
        return NULL;
    }
    json_object_set_new(
        right, "period",
        json_pack("{s:s, s:s}", "first_day", day_write(first, first_text), "last_day", day_write(last, last_text)));
    return right;
}

static void check(const Arguments *arguments, struct argp_state *state)
{
    if (!arguments->key)
        argp_error(state, "name the key: the path of its certificate, or its forty characters");
    else if (!arguments->owner)
        argp_error(state, "name whose key it is: --owner NAME");
    else if (json_array_size(arguments->providers) == 0)
        argp_error(state, "name for whom it may speak: --provider AGB for each provider");
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    Arguments *arguments = state->input;
    json_t *right;
    switch (option) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &arguments->operator;
        return 0;
    case OPTION_OWNER:
        arguments->owner = value;
        return 0;
    case OPTION_AGB:
        if (!(right = right_of(arguments->arena, value)))
            argp_error(state,
                       "--provider is a code of eight digits, with days or without: 90000001:2020-01-01:2020-12-31");
        json_array_append_new(arguments->providers, right);
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->key)
            argp_error(state, "one key at a time");
        arguments->key = value;
        return 0;
    case ARGP_KEY_END:
        check(arguments, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static ExitStatus give(const char *command, const Arguments *arguments)
{
    char key[KEY_TEXT_LENGTH + 1];
    if (public_part(arguments->key, key) != STATUS_OK)
        return command_fault(command, STATUS_STOP);
    OperatorFact fact = {
        .name = "key_given",
        .body = json_pack("{s:s, s:s, s:O}", "key", key, "owner", arguments->owner, "providers", arguments->providers),
        .told = json_pack("{s:s, s:s}", "key", key, "owner", arguments->owner),
        .admitted = arena_format(arguments->arena, "the key %s speaks for %s", key, arguments->owner),
    };
    return operator_say(command, &arguments->operator, fact);
}

ExitStatus picq_keys_give(int argc, char **argv)
{
    static const struct argp_option OPTIONS[] = {
        {"owner", OPTION_OWNER, "NAME", 0, "Whose key it is: letters, digits and . _ -", 0},
        {"provider", OPTION_AGB, "AGB[:FIRST[:LAST]]", 0, "A provider for whom it may speak; may be said again", 0},
        {0},
    };
    static const struct argp_child CHILDREN[] = {{&operator_options, 0, NULL, 0}, {0}};
    struct argp argp = {.options = OPTIONS, .parser = parse, .args_doc = "KEY", .doc = DOC, .children = CHILDREN};
    Arguments arguments = {.arena = arena_new(), .providers = json_array()};
    command_parse(&argp, argc, argv, &arguments);
    ExitStatus status = give(argv[0], &arguments);
    json_decref(arguments.providers);
    arena_free(arguments.arena);
    return status;
}
