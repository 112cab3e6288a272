#include "picq/keys.h"

static const Command COMMANDS[] = {
    {"make", "[--json] PATH...", "Makes key pairs, and never overwrites one.", picq_keys_make, NULL},
    {"show", "[--json] PATH...", "Shows the public part of keys.", picq_keys_show, NULL},
    {"give", "KEY --owner NAME --provider AGB[:FIRST[:LAST]]...", "Says for whom a key may speak.", picq_keys_give,
     NULL},
    {"revoke", "KEY --reason TEXT", "Lets a key speak for nobody.", picq_keys_revoke, NULL},
};

const Commands picq_keys = {
    .name = "picq keys",
    .what = "the keys by which programs and people are known",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};
