/*
 * Log: one event, one line on standard error, its name first and for ever.
 *
 *     2020-06-08T09:00:00.000Z INFO billing LEDGER-CLOSED year=2020
 *
 * Values are identifiers, counts and codes; never a name, a birth date or a citizen number.
 */
#pragma once

#include "base/status.h"

#include <stdbool.h>

typedef enum LogLevel {
    LOG_DEBUG,
    LOG_INFO,
    LOG_WARN,
    LOG_ERROR,
} LogLevel;

/* Whose lines these are, and from which level on they are written. `house` is borrowed for ever. */
void log_open(const char *house, LogLevel least);

/* The message that this thread is handling, written as message=…; NULL when none. Borrowed until the next call. */
void log_about(const char *message_id);

[[gnu::format(printf, 3, 4)]] void log_event(LogLevel level, const char *event, const char *format, ...);

/* Whether lines of this level are written; for those that cost something to make. */
bool log_wants(LogLevel level);

/* Says the newest fault of this thread: EVENT status=… what=… place=… */
void log_fault(LogLevel level, const char *event, Status status);
