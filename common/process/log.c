#include "process/log.h"

#include "process/clock.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

enum { LINE_SIZE = 2048 };

static const char *house = "picq";
static _Atomic LogLevel least = LOG_INFO;
static thread_local const char *about;

void log_open(const char *name, LogLevel level)
{
    house = name;
    least = level;
}

void log_about(const char *message_id)
{
    about = message_id;
}

bool log_wants(LogLevel level)
{
    return level >= least;
}

static const char *level_name(LogLevel level)
{
    static const char *const NAMES[] = {"DEBUG", "INFO", "WARN", "ERROR"};
    return NAMES[level];
}

/* A line that grows until it is full. */
typedef struct Line {
    char text[LINE_SIZE];
    size_t length;
} Line;

[[gnu::format(printf, 2, 0)]] static void line_add_list(Line *line, const char *format, va_list values)
{
    size_t room = sizeof line->text - 1 - line->length;
    int wrote = vsnprintf(line->text + line->length, room, format, values);
    if (wrote > 0)
        line->length += (size_t)wrote < room ? (size_t)wrote : room - 1;
}

[[gnu::format(printf, 2, 3)]] static void line_add(Line *line, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    line_add_list(line, format, values);
    va_end(values);
}

static void line_add_time(Line *line)
{
    int64_t now_us = clock_now_us();
    time_t seconds = (time_t)(now_us / 1000000);
    struct tm parts;
    gmtime_r(&seconds, &parts);
    line_add(line, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
             parts.tm_hour, parts.tm_min, parts.tm_sec, (int)(now_us / 1000 % 1000));
}

void log_event(LogLevel level, const char *event, const char *format, ...)
{
    if (!log_wants(level))
        return;

    Line line = {.length = 0};
    line_add_time(&line);
    line_add(&line, " %s %s %s", level_name(level), house, event);
    if (about)
        line_add(&line, " message=%s", about);
    if (*format) {
        line_add(&line, " ");
        va_list values;
        va_start(values, format);
        line_add_list(&line, format, values);
        va_end(values);
    }

    for (size_t i = 0; i < line.length; i++)
        if (line.text[i] == '\n' || line.text[i] == '\r')
            line.text[i] = ' ';
    line.text[line.length++] = '\n';
    ssize_t written = write(STDERR_FILENO, line.text, line.length);
    (void)written; /* when the log is gone there is nobody to tell */
}

void log_fault(LogLevel level, const char *event, Status status)
{
    log_event(level, event, "status=\"%s\" what=\"%s\" place=%s", status_name(status), fault_words(), fault_place());
}
