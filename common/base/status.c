#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>
#include <threads.h>

static thread_local char words[1024];
static thread_local const char *place = "";

const char *status_name(Status status)
{
    switch (status) {
    case STATUS_OK:
        return "ok";
    case STATUS_RETRY:
        return "retry";
    case STATUS_SET_ASIDE:
        return "set aside";
    case STATUS_STOP:
        return "stop";
    }
    return "unknown";
}

const char *fault_words(void)
{
    return words;
}

const char *fault_place(void)
{
    return place;
}

Status fault_record(Status status, const char *where, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(words, sizeof words, format, values);
    va_end(values);
    place = where;
    return status;
}
