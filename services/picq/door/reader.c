#include "picq/door/reader.h"

#include "bus/wait.h"

#include <stdlib.h>

enum { TRY_AGAIN_MS = 20 /* when there is no connection */ };

struct Reader {
    Arena *arena; /* of the answer */
    Door *door;
    const Waker *waker;
    uint64_t number; /* of the question, so that a late answer to an earlier one is known as such */
};

Status reader_open(const DoorSettings *settings, const Waker *waker, Reader **reader_out)
{
    Door *door;
    TRY(door_open(settings, &door));
    Reader *reader = calloc(1, sizeof(Reader));
    if (!reader)
        abort();
    *reader = (Reader){arena_new(), door, waker, 0};
    *reader_out = reader;
    return STATUS_OK;
}

void reader_free(Reader *reader)
{
    if (!reader)
        return;
    door_free(reader->door);
    arena_free(reader->arena);
    free(reader);
}

void reader_freep(Reader **reader)
{
    reader_free(*reader);
    *reader = NULL;
}

static Status take_answer(Reader *reader, Mailbox *mailbox_out, bool *answered_out)
{
    for (bool received = true; received && !*answered_out;) {
        Bytes bytes;
        TRY(door_receive(reader->door, reader->arena, &bytes, &received));
        if (!received)
            break;
        Reply reply = hear_reply(reader->arena, bytes);
        *answered_out = reply.kind == REPLY_MAILBOX && reply.mailbox.number == reader->number;
        if (*answered_out)
            *mailbox_out = reply.mailbox;
    }
    return STATUS_OK;
}

/* Until something comes, the waker wakes, or the door is silent; without a connection only for a moment. */
static Status wait_a_while(Reader *reader, bool was_sent, bool *woken_out)
{
    Awaited awaited[] = {await_waker(reader->waker), await_client(door_client(reader->door))};
    TRY(wait_for_any(awaited, 2, was_sent ? door_silence_left_ms(reader->door) : TRY_AGAIN_MS));
    *woken_out = awaited[0].readable;
    return STATUS_OK;
}

Status reader_ask(Reader *reader, const MailboxQuestion *question, Mailbox *mailbox_out, bool *answered_out)
{
    arena_reset(reader->arena);
    Bytes said = say_question(reader->arena, ++reader->number, question);
    bool was_sent = false;
    bool woken = false;
    *answered_out = false;
    door_wait(reader->door);
    while (!*answered_out && !woken) {
        bool left;
        was_sent = was_sent || door_send(reader->door, said) == STATUS_OK;
        TRY(wait_a_while(reader, was_sent, &woken));
        TRY(take_answer(reader, mailbox_out, answered_out));
        if (*answered_out)
            door_answered(reader->door);
        else
            TRY(door_leave_when_silent(reader->door, &left));
        if (!*answered_out && left)
            was_sent = false;
    }
    return STATUS_OK;
}
