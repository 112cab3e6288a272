#include "picq/feed.h"

static const Command COMMANDS[] = {
    {"send", "[--json] FILE...|-", "Sends messages, a line each or an .xml file each, and tells which were refused.",
     picq_feed_send, NULL},
    {"fetch", "[--municipality CODE --provider AGB] [--after POSITION]", "Prints the letters of a mailbox.",
     picq_feed_fetch, NULL},
    {"follow", "[--municipality CODE --provider AGB] [--after POSITION]",
     "Prints the letters of a mailbox, and those to come.", picq_feed_follow, NULL},
};

const Commands picq_feed = {
    .name = "picq feed",
    .what = "what passes between a sender and the region, as lines of JSON",
    .commands = COMMANDS,
    .count = sizeof COMMANDS / sizeof *COMMANDS,
};
