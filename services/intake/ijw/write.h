/*
 * Write: nouns as a national message, by the descriptions that reading follows.
 */
#pragma once

#include "base/bytes.h"
#include "intake/ijw/message.h"

/* The message itself: what is read of it is what was written. */
Bytes ijw_write(Arena *arena, const IjwMessage *message, const IjwRoot *root);

/* Its return message, with the codes that the nouns have. Only where the message has one. */
Bytes ijw_write_return(Arena *arena, const IjwMessage *message, const IjwRoot *root);
