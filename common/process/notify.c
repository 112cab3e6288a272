#include "process/notify.h"

#include "base/arena.h"
#include "process/clock.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { WATCHDOG_MOST_US = INT32_MAX };

struct Notify {
    Arena *arena;
    int file;
    int64_t every_ms;
    int64_t due_ms;
};

/* A socket with a path, or one of the abstract kind, which is written with @ for its first byte. */
static int connect_to(const char *name)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(name);
    if ((*name != '/' && *name != '@') || length >= sizeof address.sun_path)
        return -1;
    memcpy(address.sun_path, name, length);
    if (*name == '@')
        address.sun_path[0] = '\0';

    int file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
    if (file >= 0 && connect(file, (const struct sockaddr *)&address, size) != 0) {
        close(file);
        return -1;
    }
    return file;
}

Notify *notify_open(Settings *settings)
{
    int file = connect_to(settings_text(settings, "NOTIFY_SOCKET", ""));
    if (file < 0)
        return NULL;
    Notify *notify = calloc(1, sizeof *notify);
    if (!notify)
        abort();
    notify->arena = arena_new();
    notify->file = file;

    int64_t watched = settings_number(settings, "WATCHDOG_PID", getpid(), 1, INT32_MAX);
    if (watched == getpid())
        notify->every_ms = settings_number(settings, "WATCHDOG_USEC", 0, 0, WATCHDOG_MOST_US) / 1000 / 2;
    return notify;
}

void notify_close(Notify *notify)
{
    if (!notify)
        return;
    close(notify->file);
    arena_free(notify->arena);
    free(notify);
}

static void say(const Notify *notify, const char *words)
{
    if (notify)
        (void)!send(notify->file, words, strlen(words), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void notify_ready(Notify *notify)
{
    say(notify, "READY=1");
}

void notify_stopping(Notify *notify)
{
    say(notify, "STOPPING=1");
}

void notify_status(Notify *notify, const char *sentence)
{
    if (!notify)
        return;
    say(notify, arena_format(notify->arena, "STATUS=%s", sentence));
    arena_reset(notify->arena);
}

void notify_alive(Notify *notify)
{
    if (!notify || notify->every_ms == 0 || clock_steady_ms() < notify->due_ms)
        return;
    say(notify, "WATCHDOG=1");
    notify->due_ms = clock_steady_ms() + notify->every_ms;
}
