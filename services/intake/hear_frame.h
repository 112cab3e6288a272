/*
 * Hear frames: what a sender asks at the door (proto/door.proto).
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"

#include <stdint.h>

typedef enum FrameKind {
    FRAME_NOTHING, /* no request at all */
    FRAME_SUBMIT,
    FRAME_READ,
} FrameKind;

typedef struct Submit {
    Bytes session;
    uint64_t number;
    uint64_t oldest;
    Bytes line;
    bool is_national; /* a file, and no line */
} Submit;

typedef struct Reading {
    uint64_t number;
    const char *municipality; /* "" with no provider: the reader's own mailbox */
    const char *provider;
    int64_t after;
    int32_t letters_max;
    int32_t wait_ms;
} Reading;

typedef struct Frame {
    FrameKind kind;
    Submit submit;
    Reading read;
} Frame;

/* Borrows from the arena. */
Frame intake_hear_frame(Arena *arena, Bytes payload);
