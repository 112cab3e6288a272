/*
 * Fiber: a thread of a process of the simulation, which runs only when it is told to.
 */
#pragma once

#include <stdbool.h>

typedef struct Fiber Fiber;

Fiber *fiber_new(void);
void fiber_free(Fiber *fiber);

/* The next resume begins here. A fiber that has ended may be given new work. */
void fiber_begin(Fiber *fiber, void (*run)(void *owner), void *owner);

/* Runs it until it yields or ends. */
void fiber_resume(Fiber *fiber);

/* From inside: gives the word back to who resumed. */
void fiber_yield(Fiber *fiber);

bool fiber_ended(const Fiber *fiber);
