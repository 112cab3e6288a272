/*
 * A message of the wire from JSON with the names of proto/: lists as arrays, values of a list by their number, days as
 * numbers. What is absent stays as it is when nothing is said.
 */
#pragma once

#include "base/arena.h"

#include <jansson.h>
#include <protobuf-c/protobuf-c.h>

/* NULL when it names a field that the message does not have, or has another type for. */
void *message_of(Arena *arena, const ProtobufCMessageDescriptor *type, const json_t *said);
