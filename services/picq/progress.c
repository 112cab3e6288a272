#include "picq/progress.h"

#include "process/clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { BAR_WIDTH = 30, DRAW_EVERY_MS = 200, LINE_EVERY_MS = 5000 };

Progress progress_begin(const char *command, uint64_t total)
{
    bool on_terminal = isatty(STDERR_FILENO);
    int64_t now_ms = clock_steady_ms();
    return (Progress){
        .command = command,
        .total = total,
        .on_terminal = on_terminal,
        .began_ms = now_ms,
        .next_ms = now_ms + (on_terminal ? DRAW_EVERY_MS : LINE_EVERY_MS),
    };
}

bool progress_is_due(Progress *progress)
{
    int64_t now_ms = clock_steady_ms();
    if (now_ms < progress->next_ms)
        return false;
    progress->next_ms = now_ms + (progress->on_terminal ? DRAW_EVERY_MS : LINE_EVERY_MS);
    return true;
}

static void draw_bar(double share)
{
    int full = (int)(share * BAR_WIDTH);
    fputc('[', stderr);
    for (int i = 0; i < BAR_WIDTH; i++)
        fputc(i < full ? '#' : '.', stderr);
    fprintf(stderr, "] ");
}

void progress_tell(Progress *progress, uint64_t done, const char *format, ...)
{
    double share = progress->total ? (double)done / (double)progress->total : 0;
    if (progress->on_terminal && progress->total)
        fprintf(stderr, "\r"), draw_bar(share);
    else
        fprintf(stderr, progress->on_terminal ? "\r%s: " : "%s: ", progress->command);
    if (progress->total)
        fprintf(stderr, "%3.0f %%, ", share * 100);

    va_list values;
    va_start(values, format);
    vfprintf(stderr, format, values);
    va_end(values);
    /* Clears what a longer line left behind. */
    fprintf(stderr, progress->on_terminal ? "\033[K" : "\n");
    progress->is_drawn = progress->on_terminal;
}

void progress_clear(Progress *progress)
{
    if (progress->is_drawn)
        fprintf(stderr, "\r\033[K");
    progress->is_drawn = false;
}

double progress_seconds(const Progress *progress)
{
    return (double)(clock_steady_ms() - progress->began_ms) / 1000;
}
