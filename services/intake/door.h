/*
 * Door: where senders knock.
 *
 * A thread of its own, on a database connection of its own. It takes what waits at its socket as
 * one batch, has it admitted in one transaction, and gives the receipts. A reader who waits for
 * letters is answered when they come. While the database is away the batch is held, and tried again.
 */
#pragma once

#include "intake/hear.h"
#include "intake/hear_frame.h"
#include "intake/house.h"

/* What is done at the door, each in a transaction of its own. */
typedef struct DoorTurns {
    /* When there is a database again: nothing is known of it yet. */
    Status (*open)(Turn *turn);

    /* Frames with the receipts of the first `taken` lines. */
    Status (*admit)(Turn *turn, const Knock *knocks, size_t count, Bytes *receipts, size_t *taken_out);

    /* The day that the clock shows. */
    Status (*begin_day)(Turn *turn, Day today);

    /* Forgets who is due on the newest day, unless that was looked into already; `through` is that day. */
    Status (*forget)(Turn *turn, Day *through);

    /* The frame for a reader; when it is to wait there is none, but the address of the mailbox that it waits at. */
    Status (*read)(Turn *turn, const char *key, const Reading *reading, Bytes *frame_out, const char **address_out);

    /* How far mailboxes have been filled. */
    Status (*look)(Turn *turn, const char *const *addresses, size_t count, int64_t *heads);

    /* Every key that may knock. */
    Status (*list_keys)(Turn *turn, const char *const **keys_out, size_t *count_out);
} DoorTurns;

Status door_run(Service *service, House *house, const DoorTurns *turns);
