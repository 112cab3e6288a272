/*
 * Say: what was read of a message, as bytes (proto/ijw.proto).
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "intake/ijw/schema.h"

/* The answer to what was asked; `schemas` may be NULL. An empty one when nothing can be asked so. */
Bytes reader_answer(Arena *arena, const IjwSchemas *schemas, Bytes asked);

/* When reading broke the reader. */
Bytes reader_broke(Arena *arena);
