/*
 * Progress: how far long work is, on standard error: a bar on a terminal, plain lines elsewhere.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

typedef struct Progress {
    const char *command;
    uint64_t total; /* 0: nobody knows */
    bool on_terminal;
    bool is_drawn; /* a bar stands on the terminal */
    int64_t began_ms;
    int64_t next_ms;
} Progress;

Progress progress_begin(const char *command, uint64_t total);

/* Whether it is time to say something: several times a second on a terminal, every few seconds elsewhere. */
bool progress_is_due(Progress *progress);

/* `done` of the total, with words of the work itself. */
[[gnu::format(printf, 3, 4)]] void progress_tell(Progress *progress, uint64_t done, const char *format, ...);

/* Takes the bar away, so that something else can be written. */
void progress_clear(Progress *progress);

double progress_seconds(const Progress *progress);
