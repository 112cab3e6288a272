/*
 * picq: the command line of operators and providers.
 */
#include "picq/book.h"
#include "picq/command.h"
#include "picq/feed.h"
#include "picq/keys.h"
#include "picq/report.h"

#include <locale.h>

static const Command COMMANDS[] = {
    {"book", "check|diff|list", "The region's books: is one in order, what does it change, which are there.",
     picq_book},
    {"feed", "send", "What passes between a sender and the region.", picq_feed},
    {"keys", "make|show", "The keys by which programs and people are known.", picq_keys},
    {"report", "[--municipality CODE] [--year YEAR] [--known-on DATE] [--json]", "What a year of care adds up to.",
     picq_report},
};

static const Commands PICQ = {
    .name = "picq",
    .what = "what care is allocated, how it is funded, what it is worth",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    argp_err_exit_status = EXIT_WRONG_USE;
    return (int)commands_run(&PICQ, argc, argv);
}
