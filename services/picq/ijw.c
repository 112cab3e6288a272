#include "picq/ijw.h"

static const Command COMMANDS[] = {
    {"check", "[--json] FILE...", "Tells every fault of national messages, with rule, place and line.", picq_ijw_check,
     NULL},
    {"show", "FILE...", "Prints national messages as lines of the neutral feed.", picq_ijw_show, NULL},
    {"rules", "[--json]", "Prints the rules of the standard, and who enforces each.", picq_ijw_rules, NULL},
};

const Commands picq_ijw = {
    .name = "picq ijw",
    .what = "national messages, iJw 3.2: JW305, JW307, JW315, JW317 and JW323",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};
