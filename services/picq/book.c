#include "picq/book.h"

static const Command COMMANDS[] = {
    {"check", "[--book REGION] [--json] DIR...", "Tells every fault of a book, with file and line.", picq_book_check,
     NULL},
    {"diff", "[--book REGION] [--json] DIR", "Tells what a book changes.", picq_book_diff, NULL},
    {"list", "[--json] --book REGION", "Names the books of a region, in order.", picq_book_list, NULL},
};

const Commands picq_book = {
    .name = "picq book",
    .what = "the region's books, a folder for each decision",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};
