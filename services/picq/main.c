/*
 * picq: the command line of operators and providers.
 */
#include "picq/aside.h"
#include "picq/book.h"
#include "picq/cases.h"
#include "picq/close.h"
#include "picq/cohorts.h"
#include "picq/command.h"
#include "picq/convert.h"
#include "picq/day.h"
#include "picq/end.h"
#include "picq/explain.h"
#include "picq/feed.h"
#include "picq/forget.h"
#include "picq/gaps.h"
#include "picq/ijw.h"
#include "picq/keys.h"
#include "picq/manual.h"
#include "picq/owed.h"
#include "picq/publish.h"
#include "picq/region_new.h"
#include "picq/report.h"
#include "picq/requests.h"
#include "picq/statement.h"
#include "picq/status.h"
#include "picq/trace.h"
#include "picq/verify.h"
#include "picq/whatif.h"
#include "picq/work.h"

#include <locale.h>

static const Command COMMANDS[] = {
    {"book", "check|diff|list", "The region's books: is one in order, what does it change, which are there.", NULL,
     &picq_book},
    {"region", "new", "The folder of another region.", NULL, &picq_region},
    {"feed", "send|fetch|follow", "What passes between a sender and the region.", NULL, &picq_feed},
    {"ijw", "check|show|rules", "National messages: their faults, what they say, and the rules for them.", NULL,
     &picq_ijw},
    {"keys", "make|show|give|revoke", "The keys by which programs and people are known.", NULL, &picq_keys},
    {"publish", "DIR [--approve]", "One operator proposes a book, another approves it.", picq_publish, NULL},
    {"day", "YYYY-MM-DD [--after-gap]", "Says that a day began, where the calendar follows the feed.", picq_day, NULL},
    {"requests", "list|grant|refuse", "Requests for care that a person must judge.", NULL, &picq_requests},
    {"convert", "ALLOCATION...|--plan [--do]|--file LIST",
     "Ends running allocations, and grants new ones under the funding in force.", picq_convert, NULL},
    {"gaps", "[--book DIR] [--municipality CODE] [--json]", "Care that no contract covers.", picq_gaps, NULL},
    {"cohorts", "list", "Earlier care that became known late.", NULL, &picq_cohorts},
    {"cases", "list|move|transfer|merge|death|bsn|close",
     "Care that goes from one conversation to another, and what concerns a client in several.", NULL, &picq_cases},
    {"end", "ALLOCATION --municipality CODE --provider AGB --last-day YYYY-MM-DD --reason REASON",
     "Ends an allocation on a day.", picq_end, NULL},
    {"forget", "--reason TEXT|--list --by YYYY-MM-DD", "Persons whom the region's book keeps no longer.", picq_forget,
     NULL},
    {"status", "[--json] [--watch]", "How the region is, on one screen; 1 when something needs a person.", picq_status,
     NULL},
    {"trace", "ID [--json]", "The way of a message through the houses, with the time spent in each.", picq_trace, NULL},
    {"set-aside", "list|show|retry|drop", "Messages that a house could not handle.", NULL, &picq_set_aside},
    {"report",
     "[table [NAME]|council] [--municipality CODE] [--year YEAR] [--known-on DATE] [--json|--csv|--html FILE]",
     "What a year of care adds up to; any table of it; the letter to a council.", picq_report, &picq_report_below},
    {"owed", "--municipality CODE [--provider AGB] --month YYYY-MM [--known-on DATE [--since DATE]] [--json]",
     "What is owed for a month, as it was known on a day.", picq_owed, NULL},
    {"explain", "LINE --municipality CODE --provider AGB [--lang nl|en] [--json]", "What one line is worth, and why.",
     picq_explain, NULL},
    {"whatif", "DIR [--municipality CODE] [--from DATE] [--to DATE] [--json|--csv]",
     "What a book not yet published would change.", picq_whatif, NULL},
    {"verify", "--year YEAR [--json]", "Computes every line of a year again from what is stored.", picq_verify, NULL},
    {"work", "--municipality CODE [--provider AGB] --on DATE [--known-on DATE] [--json]",
     "What is delivered of trajectories and not yet paid, on a day.", picq_work, NULL},
    {"close", "YEAR [--check|--approve|--reopen] [--watch]", "Two people close a year, or open it again.", picq_close,
     NULL},
    {"statement", "--municipality CODE [--provider AGB] --year YEAR [--html FILE|--csv|--json]",
     "The production statement of a year.", picq_statement, NULL},
    {"reconcile", "FILE.csv --municipality CODE --provider AGB --year YEAR [--json]",
     "A provider's own statement held to what is booked.", picq_reconcile, NULL},
    {"journal", "--year YEAR [--month MM] [--municipality CODE] [--csv|--json]",
     "What was posted, for the accounts of a municipality.", picq_journal, NULL},
    {"manual", "[COMMAND...]|--directory DIR", "A page of the manual, or all of them.", picq_manual, NULL},
    {"complete", "", "For shells, by complete -C 'picq complete' picq: how a command may go on.", picq_complete, NULL},
};

const Commands picq_commands = {
    .name = "picq",
    .what = "what care is allocated, how it is funded, what it is worth",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};

int main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    argp_err_exit_status = EXIT_WRONG_USE;
    return (int)commands_run(&picq_commands, argc, argv);
}
