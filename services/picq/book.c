#include "picq/book.h"

static const Command COMMANDS[] = {
    {"check", "[--book REGION] [--json] DIR...", "Tells every fault of a book, with file and line.", picq_book_check},
    {"diff", "[--book REGION] [--json] DIR", "Tells what a book changes.", picq_book_diff},
    {"list", "[--json] --book REGION", "Names the books of a region, in order.", picq_book_list},
};

static const Commands BOOK = {
    .name = "picq book",
    .what = "the region's books, a folder for each decision",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};

ExitStatus picq_book(int argc, char **argv)
{
    return commands_run(&BOOK, argc, argv);
}
