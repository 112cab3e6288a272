/*
 * Sender: lines for the door, sent in order, each until it has its receipt.
 *
 * A bounded number of lines is under way. After silence, and when the door asks for it, lines are
 * sent again from the oldest without a receipt; the door knows them by their id, so that nothing
 * counts twice there, and each line is told here once.
 */
#pragma once

#include "picq/door/door.h"
#include "picq/door/hear.h"
#include "picq/door/window.h"

typedef struct Sender Sender;

typedef struct SenderCounts {
    uint64_t lines; /* that have their receipt: admitted or refused */
    uint64_t admitted;
    uint64_t refused;
    uint64_t heard_before; /* of both: sent in an earlier run */
    uint64_t resent;       /* times that a line was sent once more */
    uint64_t doors_left;   /* times that a door was silent too long */
} SenderCounts;

/* What to do with a receipt; it is borrowed for the call. */
typedef struct ReceiptReader {
    void (*read)(void *owner, LinePlace place, const Receipt *receipt);
    void *owner;
} ReceiptReader;

/* STATUS_STOP when the settings are not what they should be. */
Status sender_open(const DoorSettings *settings, ReceiptReader reader, Sender **sender_out);
void sender_free(Sender *sender);
void sender_freep(Sender **sender);

/* Whether a line of that size may be added now. */
bool sender_has_room(const Sender *sender, size_t size);

/* Copies the line. Only when there is room. */
void sender_add(Sender *sender, LinePlace place, Bytes line);

/* Whether a line waits for its receipt, and the bytes of those that do. */
bool sender_is_waiting(const Sender *sender);
size_t sender_bytes_waiting(const Sender *sender);

/*
 * Sends what is to be sent and reads the receipts that have come. Without any it waits for a
 * while: until one comes, or until `file`, -1 for none, can be read. STATUS_RETRY when the door
 * has been silent for longer than patience lasts.
 */
Status sender_work(Sender *sender, int file);

SenderCounts sender_counts(const Sender *sender);
const char *sender_endpoint(const Sender *sender);
