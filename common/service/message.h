/*
 * Message: protobuf in and out of an arena.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

#include <protobuf-c/protobuf-c.h>

/* NULL when the bytes are no such message. Nothing of it is freed by hand. */
void *message_unpack(Arena *arena, const ProtobufCMessageDescriptor *descriptor, Bytes bytes);

Bytes message_pack(Arena *arena, const ProtobufCMessage *message);
