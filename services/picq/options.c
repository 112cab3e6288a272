#include "picq/options.h"

#include <stdlib.h>

enum { OPTION_DOOR = 0x1000, OPTION_KEY, OPTION_DOOR_KEY, OPTION_PATIENCE, PATIENCE_MAX_S = 24 * 3600 };

static const struct argp_option OPTIONS[] = {
    {"door", OPTION_DOOR, "ENDPOINT[,...]", 0,
     "Where intake is, tcp://HOST:PORT for each replica (or the environment: PICQ_DOOR)", 0},
    {"key", OPTION_KEY, "PATH", 0, "Your own key, as `picq keys make` writes it (PICQ_KEY)", 0},
    {"door-key", OPTION_DOOR_KEY, "PATH", 0, "The public key of intake (PICQ_DOOR_KEY)", 0},
    {"patience", OPTION_PATIENCE, "SECONDS", 0, "How long to go on without any answer (60)", 0},
    {0},
};

static void begin(DoorSettings *settings)
{
    settings->endpoints = getenv("PICQ_DOOR");
    settings->key = getenv("PICQ_KEY");
    settings->door_key = getenv("PICQ_DOOR_KEY");
}

static error_t parse(int option, char *value, struct argp_state *state)
{
    DoorSettings *settings = state->input;
    char *end;
    switch (option) {
    case ARGP_KEY_INIT:
        begin(settings);
        return 0;
    case OPTION_DOOR:
        settings->endpoints = value;
        return 0;
    case OPTION_KEY:
        settings->key = value;
        return 0;
    case OPTION_DOOR_KEY:
        settings->door_key = value;
        return 0;
    case OPTION_PATIENCE:
        settings->patience_ms = (int)(1000 * strtod(value, &end));
        if (*end || settings->patience_ms < 1 || settings->patience_ms > 1000 * PATIENCE_MAX_S)
            argp_error(state, "--patience is a number of seconds, up to a day: %s", value);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp door_options = {.options = OPTIONS, .parser = parse};

static bool is_named(const char *command, const char *value, const char *words)
{
    if (value && *value)
        return true;
    command_complain(command, "%s", words);
    return false;
}

bool door_options_complete(const char *command, const DoorSettings *settings)
{
    bool door = is_named(command, settings->endpoints, "name the door: --door tcp://HOST:PORT, or PICQ_DOOR");
    bool key =
        is_named(command, settings->key, "name your own key: --key PATH, or PICQ_KEY; `picq keys make` makes one");
    bool door_key =
        is_named(command, settings->door_key, "name intake's public key: --door-key PATH, or PICQ_DOOR_KEY");
    return door && key && door_key;
}

ExitStatus command_fault(const char *command, Status status)
{
    command_complain(command, "%s", fault_words());
    switch (status) {
    case STATUS_OK:
        return EXIT_DONE;
    case STATUS_SET_ASIDE:
        return EXIT_NO;
    case STATUS_RETRY:
        return EXIT_WORLD_AWAY;
    case STATUS_STOP:
        break;
    }
    return EXIT_WRONG_USE;
}
