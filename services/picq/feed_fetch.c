/*
 * picq feed fetch: the letters of a mailbox.
 */
#include "picq/feed.h"
#include "picq/letters.h"

static const char DOC[] =
    "Prints the letters of a mailbox, a line of JSON each, and tells where to go on next time. The mailbox is that of "
    "a conversation, one municipality with one provider; without them it is your own, with what belongs to no "
    "conversation. The position is yours to keep: the region does not remember what you have read.";

ExitStatus picq_feed_fetch(int argc, char **argv)
{
    return letters_run(argc, argv, DOC, false);
}
