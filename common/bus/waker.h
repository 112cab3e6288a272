/*
 * Waker: ends another thread's wait.
 */
#pragma once

#include <stdbool.h>

#include "base/status.h"

typedef struct Waker Waker;

Status waker_open(Waker **waker_out);
void waker_free(Waker *waker);
void waker_freep(Waker **waker);

/* From any thread, and from a signal handler. The waker stays readable until waker_clear. */
void waker_wake(Waker *waker);

/* Whether it was woken since the last time; the next wait waits again. */
bool waker_clear(Waker *waker);

/* The descriptor that becomes readable. */
int waker_file(const Waker *waker);
