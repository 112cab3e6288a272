#include "picq/ijw.h"

static const Command COMMANDS[] = {
    {"check", "[--json] FILE...", "Tells every fault of national messages, with rule, place and line.", picq_ijw_check},
    {"show", "FILE...", "Prints national messages as lines of the neutral feed.", picq_ijw_show},
    {"rules", "[--json]", "Prints the rules of the standard, and who enforces each.", picq_ijw_rules},
};

static const Commands IJW = {
    .name = "picq ijw",
    .what = "national messages, iJw 3.2: JW305, JW307, JW315, JW317 and JW323",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};

ExitStatus picq_ijw(int argc, char **argv)
{
    return commands_run(&IJW, argc, argv);
}
