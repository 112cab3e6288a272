#include "picq/door/sender.h"

#include "bus/wait.h"
#include "picq/door/say.h"

#include <sodium.h>
#include <stdlib.h>

enum {
    LINES_UNDER_WAY_MAX = 1000,
    BYTES_UNDER_WAY_MAX = 4 * 1024 * 1024,
    TRY_AGAIN_MS = 20, /* when there is no connection, of which no wait tells the coming */
};

struct Sender {
    Arena *arena; /* reset for each frame */
    Door *door;
    Window *window;
    uint8_t session[SESSION_SIZE];
    uint64_t furthest; /* the highest number that was sent */
    ReceiptReader reader;
    SenderCounts counts;
};

Status sender_open(const DoorSettings *settings, ReceiptReader reader, Sender **sender_out)
{
    Door *door;
    TRY(door_open(settings, &door));

    Sender *sender = calloc(1, sizeof(Sender));
    if (!sender)
        abort();
    sender->arena = arena_new();
    sender->door = door;
    sender->window = window_new(LINES_UNDER_WAY_MAX, BYTES_UNDER_WAY_MAX);
    sender->reader = reader;
    randombytes_buf(sender->session, sizeof sender->session);
    *sender_out = sender;
    return STATUS_OK;
}

void sender_free(Sender *sender)
{
    if (!sender)
        return;
    door_free(sender->door);
    window_free(sender->window);
    arena_free(sender->arena);
    free(sender);
}

void sender_freep(Sender **sender)
{
    sender_free(*sender);
    *sender = NULL;
}

SenderCounts sender_counts(const Sender *sender)
{
    return sender->counts;
}

const char *sender_endpoint(const Sender *sender)
{
    return door_endpoint(sender->door);
}

bool sender_has_room(const Sender *sender, size_t size)
{
    return window_has_room(sender->window, size);
}

bool sender_is_waiting(const Sender *sender)
{
    return window_count(sender->window) > 0;
}

size_t sender_bytes_waiting(const Sender *sender)
{
    return window_bytes(sender->window);
}

void sender_add(Sender *sender, LinePlace place, Bytes line)
{
    if (!sender_is_waiting(sender))
        door_wait(sender->door);
    window_add(sender->window, place, line);
}

static void send_lines(Sender *sender)
{
    Parcel parcel;
    while (window_next(sender->window, &parcel)) {
        arena_reset(sender->arena);
        Bytes said = (parcel.place.line == 0 ? say_national : say_line)(sender->arena, sender->session, parcel.number,
                                                                        window_oldest(sender->window), parcel.line);
        if (door_send(sender->door, said) != STATUS_OK)
            return;
        window_sent(sender->window);
        if (parcel.number <= sender->furthest)
            sender->counts.resent++;
        else
            sender->furthest = parcel.number;
    }
}

static void read_receipt(Sender *sender, const Receipt *receipt)
{
    LinePlace place;
    if (!window_receive(sender->window, receipt->number, &place))
        return;
    door_answered(sender->door);
    sender->counts.lines++;
    sender->counts.admitted += receipt->admitted;
    sender->counts.refused += !receipt->admitted;
    sender->counts.heard_before += receipt->heard_before;
    sender->reader.read(sender->reader.owner, place, receipt);
}

/* All that has come. */
static Status read_replies(Sender *sender, bool *came_out)
{
    *came_out = false;
    for (bool received = true; received;) {
        Bytes bytes;
        arena_reset(sender->arena);
        TRY(door_receive(sender->door, sender->arena, &bytes, &received));
        if (!received)
            break;
        *came_out = true;
        Reply reply = hear_reply(sender->arena, bytes);
        if (reply.kind == REPLY_RECEIPT)
            read_receipt(sender, &reply.receipt);
        else if (reply.kind == REPLY_RESEND)
            window_send_again(sender->window, reply.resend_from);
    }
    return STATUS_OK;
}

/* Without a line under way only the file can bring something. */
static int wait_ms(const Sender *sender)
{
    Parcel unsent;
    if (!sender_is_waiting(sender))
        return -1;
    return window_next(sender->window, &unsent) ? TRY_AGAIN_MS : door_silence_left_ms(sender->door);
}

static Status wait_for_door_or_file(Sender *sender, int file)
{
    Awaited awaited[] = {await_client(door_client(sender->door)), await_file(file)};
    return wait_for_any(awaited, file < 0 ? 1 : 2, wait_ms(sender));
}

Status sender_work(Sender *sender, int file)
{
    bool came, left;
    if (!sender_is_waiting(sender) && file < 0)
        return STATUS_OK;

    send_lines(sender);
    TRY(read_replies(sender, &came));
    if (!came) {
        TRY(wait_for_door_or_file(sender, file));
        TRY(read_replies(sender, &came));
    }
    if (!sender_is_waiting(sender))
        return STATUS_OK;

    TRY(door_leave_when_silent(sender->door, &left));
    if (left) {
        sender->counts.doors_left++;
        window_send_again(sender->window, window_oldest(sender->window));
    }
    return STATUS_OK;
}
