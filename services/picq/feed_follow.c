/*
 * picq feed follow: the letters of a mailbox, as they come.
 */
#include "picq/feed.h"
#include "picq/letters.h"

static const char DOC[] =
    "Prints the letters of a mailbox, a line of JSON each, and goes on with those to come, until it is interrupted; "
    "then it tells where to go on. The mailbox is that of a conversation, one municipality with one provider; without "
    "them it is your own, with what belongs to no conversation.";

ExitStatus picq_feed_follow(int argc, char **argv)
{
    return letters_run(argc, argv, DOC, true);
}
