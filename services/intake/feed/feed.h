/*
 * Feed: one line of the neutral feed as a message, and a message as a line.
 *
 * Field names are those of proto/; a day is written 2020-03-01, a value of a list by its name, and
 * the name of the oneof's field says what the fact is. Reading is strict: the first fault
 * refuses the line, and says where it stands and what is expected there. The day 1970-01-01 has
 * the number 0, which stands for no day, so it cannot be said.
 */
#pragma once

#include "base/bytes.h"
#include "intake/core/reason.h"

#include <protobuf-c/protobuf-c.h>

enum { FEED_LINE_SIZE_MAX = 8 * 1024 * 1024 };

/* The numbers of the feed: what every program can hold, and far more than any amount in cents. */
#define FEED_NUMBER_MAX INT64_C(999999999999999)

/*
 * The message, in the arena; NULL, with the refusal filled, when the line is no such message.
 * Nothing in the refusal quotes the line, since a citizen number may stand in it.
 */
ProtobufCMessage *feed_read(Arena *arena, const ProtobufCMessageDescriptor *type, Bytes line, Refusal *refusal_out);

/* The line, in the arena, without its line end. Empty texts, lists, messages, days and values are left out. */
Bytes feed_write(Arena *arena, const ProtobufCMessage *message);
