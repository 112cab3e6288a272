#include "bus/waker.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct Waker {
    int file;
};

Status waker_open(Waker **waker_out)
{
    int file = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (file < 0)
        return FAULT(STATUS_STOP, "no waker: %s", strerror(errno));

    Waker *waker = malloc(sizeof(Waker));
    if (!waker)
        abort();
    waker->file = file;
    *waker_out = waker;
    return STATUS_OK;
}

void waker_free(Waker *waker)
{
    if (!waker)
        return;
    close(waker->file);
    free(waker);
}

void waker_freep(Waker **waker)
{
    waker_free(*waker);
    *waker = NULL;
}

void waker_wake(Waker *waker)
{
    int kept = errno;
    /* Fails only when the counter is full, and then it is awake already. */
    (void)!write(waker->file, &(uint64_t){1}, sizeof(uint64_t));
    errno = kept;
}

bool waker_clear(Waker *waker)
{
    uint64_t times;
    return read(waker->file, &times, sizeof times) == (ssize_t)sizeof times;
}

int waker_file(const Waker *waker)
{
    return waker->file;
}
