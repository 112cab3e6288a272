/*
 * Cage: what the reader of messages may still ask of the system.
 *
 * The warden has read its schemas and may start readers, talk over the pipes it has, and nothing
 * more: no file, no socket, no other program. A reader may compute, take memory up to a bound, and
 * end. Who asks for more is killed, and the message it read is refused.
 */
#pragma once

#include <stdbool.h>

/* False when the system does not take the rules: then nothing may be read. */
bool cage_warden(void);
bool cage_reader(unsigned cpu_seconds);
