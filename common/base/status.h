/*
 * Status: what the loop must do next.
 *
 * A fault is about the world (the database is away) and travels as a Status; a decision is
 * about the care and is data. The words of the newest fault of a thread are kept until the
 * next one, so that the loop can say them once.
 */
#pragma once

typedef enum [[nodiscard]] Status {
    STATUS_OK,        /* carry on */
    STATUS_RETRY,     /* the world is not ready: roll back and take this message again later */
    STATUS_SET_ASIDE, /* this message can never be handled: put it aside and take the next */
    STATUS_STOP,      /* this process cannot go on: shut down and be restarted */
} Status;

/* The name in log lines: "ok", "retry", "set aside", "stop". */
const char *status_name(Status status);

/* What went wrong last on this thread, and where; "" when nothing did. */
const char *fault_words(void);
const char *fault_place(void);

[[gnu::format(printf, 3, 4)]] Status fault_record(Status status, const char *place, const char *format, ...);

#define FAULT_TEXT_(line) #line
#define FAULT_TEXT(line) FAULT_TEXT_(line)

/* return FAULT(STATUS_RETRY, "connect: %s", words); */
#define FAULT(status, ...) fault_record((status), __FILE_NAME__ ":" FAULT_TEXT(__LINE__), __VA_ARGS__)

/* Passes a fault on to the caller. The one macro that hides a return. */
#define TRY(call)                     \
    do {                              \
        Status try_status_ = (call);  \
        if (try_status_ != STATUS_OK) \
            return try_status_;       \
    } while (0)
