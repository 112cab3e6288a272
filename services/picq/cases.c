#include "picq/cases.h"

static const Command COMMANDS[] = {
    {"list", "[--municipality CODE] [--closed] [--json]", "Lists the cases of which a half is open.", picq_cases_list,
     NULL},
    {"move", "ALLOCATION --municipality CODE --provider AGB --to CODE --day YYYY-MM-DD",
     "The client goes to another municipality: care is granted there, and then ends here.", picq_cases_move, NULL},
    {"transfer", "ALLOCATION --municipality CODE --provider AGB --to AGB --day YYYY-MM-DD",
     "Another provider takes the care over: it is granted there, and then ends here.", picq_cases_transfer, NULL},
    {"merge", "--from AGB --into AGB --day YYYY-MM-DD [--municipality CODE]",
     "A provider merges into another: all of its care goes there.", picq_cases_merge, NULL},
    {"death", "--day YYYY-MM-DD [--withdrawn]", "A client died: all of its care ends.", picq_cases_death, NULL},
    {"bsn", "", "A citizen number was wrong, and another one is right.", picq_cases_bsn, NULL},
    {"close", "CASE --reason TEXT", "A person settled a half that was open.", picq_cases_close, NULL},
};

const Commands picq_cases = {
    .name = "picq cases",
    .what = "care that goes from one conversation to another, and what concerns a client in several",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};
