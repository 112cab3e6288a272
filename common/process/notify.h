/*
 * Notify: tells whoever started this process how it is, as systemd asks for it.
 *
 * A datagram to the Unix socket that NOTIFY_SOCKET names; WATCHDOG_USEC says how long it may be silent. Where nobody
 * asked there is no Notify (NULL), and nothing is said. What cannot be told is not worth a fault: a process that seems
 * silent is started again.
 */
#pragma once

#include "process/settings.h"

#include <stdint.h>

typedef struct Notify Notify;

Notify *notify_open(Settings *settings);
void notify_close(Notify *notify);

void notify_ready(Notify *notify);
void notify_stopping(Notify *notify);

/* In a sentence, for `systemctl status`. */
void notify_status(Notify *notify, const char *sentence);

/* As often as one likes, from one thread: it is told twice in the time of the watchdog. */
void notify_alive(Notify *notify);
