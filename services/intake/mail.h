/*
 * Mail: letters in mailboxes.
 *
 * A mailbox is that of a conversation, 0503/90000001, or of one sender, @owner. Positions are
 * dense and follow commit order; the reader keeps its own. A letter is kept as bytes in which
 * clients have their references only.
 */
#pragma once

#include "intake/core/docket.h"
#include "service/turn.h"

typedef struct Letter {
    const char *address;
    int64_t position; /* when it is read */
    Bytes content;
} Letter;

const char *mail_address_of_sender(Arena *arena, const char *owner);

/* Lays letters in their mailboxes, in their order, and wakes who waits for them at the commit. */
Status mail_post(Turn *turn, const Letter *letters, size_t count);

typedef struct MailPage {
    int64_t head; /* how far the mailbox has been filled */
    const Letter *letters;
    size_t count;
} MailPage;

enum { MAIL_LETTERS_MAX = 500 };

/* How far mailboxes have been filled: 0 for one that nothing was ever laid in. */
Status mail_heads(Turn *turn, const char *const *addresses, size_t count, int64_t *heads);

/* The letters after a position, at most `count` of them. */
Status mail_read(Turn *turn, const char *address, int64_t after, int32_t count, MailPage *page_out);

/*
 * The persons that letters of a page name, as PersonRecord by reference; who is not known is left
 * out. That the owner of a key reads them is noted.
 */
Status mail_open_persons(Turn *turn, const char *owner, const MailPage *page, const char *const *references,
                         size_t count, Index *persons);
