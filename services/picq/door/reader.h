/*
 * Reader: asks the door for the letters of a mailbox.
 */
#pragma once

#include "bus/waker.h"
#include "picq/door/door.h"
#include "picq/door/hear.h"
#include "picq/door/say.h"

typedef struct Reader Reader;

/* `waker` ends a wait for letters, and outlives the reader. STATUS_STOP when the settings are not what they should be. */
Status reader_open(const DoorSettings *settings, const Waker *waker, Reader **reader_out);
void reader_free(Reader *reader);
void reader_freep(Reader **reader);

/*
 * Asks until there is an answer, at the next door where one is silent; answered_out is false when
 * the waker ended it. The mailbox is borrowed until the next call. STATUS_RETRY when patience is
 * over.
 */
Status reader_ask(Reader *reader, const MailboxQuestion *question, Mailbox *mailbox_out, bool *answered_out);
