/*
 * Check: what can be seen wrong in a message alone, once its form is right.
 */
#pragma once

#include "intake/ijw/read.h"

/* Every rule of the level CONTENT, of a message that a municipality receives. Nothing of the message is changed. */
void ijw_check(Arena *arena, IjwRead read, IjwFaults *faults);
