#include "picq/keys.h"

static const Command COMMANDS[] = {
    {"make", "[--json] PATH...", "Makes key pairs, and never overwrites one.", picq_keys_make},
    {"show", "[--json] PATH...", "Shows the public part of keys.", picq_keys_show},
    {"give", "KEY --owner NAME --provider AGB[:FIRST[:LAST]]...", "Says for whom a key may speak.", picq_keys_give},
    {"revoke", "KEY --reason TEXT", "Lets a key speak for nobody.", picq_keys_revoke},
};

static const Commands KEYS = {
    .name = "picq keys",
    .what = "the keys by which programs and people are known",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};

ExitStatus picq_keys(int argc, char **argv)
{
    return commands_run(&KEYS, argc, argv);
}
