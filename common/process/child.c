#include "process/child.h"

#include "process/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SIZE_BYTES = 4 };

struct Child {
    const char *program;
    const char *const *environment;
    pid_t process; /* 0: none runs */
    int asks;      /* what it reads */
    int answers;   /* what it writes */
};

Child *child_new(const char *program, const char *const *environment)
{
    Child *child = calloc(1, sizeof *child);
    if (!child)
        abort();
    *child = (Child){.program = program, .environment = environment, .asks = -1, .answers = -1};
    return child;
}

static void end(Child *child)
{
    if (!child->process)
        return;
    close(child->asks);
    close(child->answers);
    kill(child->process, SIGKILL);
    while (waitpid(child->process, NULL, 0) < 0 && errno == EINTR)
        ;
    child->process = 0;
}

void child_free(Child *child)
{
    if (!child)
        return;
    end(child);
    free(child);
}

const char *child_beside(Arena *arena, const char *name)
{
    char here[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", here, sizeof here - 1);
    here[size > 0 ? size : 0] = '\0';
    char *slash = strrchr(here, '/');
    if (!slash)
        return name;
    return arena_format(arena, "%.*s/%s", (int)(slash - here), here, name);
}

/* life */

static int spawn(Child *child, int question, int answer)
{
    char *const arguments[] = {(char *)(uintptr_t)child->program, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, question, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, answer, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    int fault = posix_spawn(&child->process, child->program, &actions, NULL, arguments,
                            (char *const *)(uintptr_t)child->environment);
    posix_spawn_file_actions_destroy(&actions);
    return fault;
}

static Status start(Child *child)
{
    int questions[2], answers[2];
    if (pipe2(questions, O_CLOEXEC) != 0)
        return FAULT(STATUS_RETRY, "no pipe for %s: %s", child->program, strerror(errno));
    if (pipe2(answers, O_CLOEXEC) != 0) {
        close(questions[0]), close(questions[1]);
        return FAULT(STATUS_RETRY, "no pipe for %s: %s", child->program, strerror(errno));
    }
    int fault = spawn(child, questions[0], answers[1]);
    close(questions[0]);
    close(answers[1]);
    if (fault != 0) {
        child->process = 0;
        close(questions[1]), close(answers[0]);
        return FAULT(STATUS_RETRY, "%s cannot be started: %s", child->program, strerror(fault));
    }
    child->asks = questions[1];
    child->answers = answers[0];
    fcntl(child->asks, F_SETFL, O_NONBLOCK);
    fcntl(child->answers, F_SETFL, O_NONBLOCK);
    return STATUS_OK;
}

/* bytes */

/* Whether the pipe is ready before the time is up. */
static bool await(int pipe, short event, int64_t until_ms)
{
    struct pollfd awaited = {.fd = pipe, .events = event};
    for (;;) {
        int64_t left_ms = until_ms - clock_steady_ms();
        int ready = poll(&awaited, 1, left_ms > 0 ? (int)left_ms : 0);
        if (ready > 0)
            return true;
        if (ready == 0 || errno != EINTR)
            return false;
    }
}

/* A pipe that nobody reads any more is an error here, and no signal. */
static ssize_t write_quietly(int pipe, const uint8_t *data, size_t size)
{
    sigset_t broken, before;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken, &before);
    ssize_t written = write(pipe, data, size);
    int fault = errno;
    if (written < 0 && fault == EPIPE && !sigismember(&before, SIGPIPE))
        sigtimedwait(&broken, NULL, &(struct timespec){0});
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = fault;
    return written;
}

static bool write_all(int pipe, Bytes bytes, int64_t until_ms)
{
    while (bytes.size > 0) {
        ssize_t written = write_quietly(pipe, bytes.data, bytes.size);
        if (written < 0 && errno != EAGAIN && errno != EINTR)
            return false;
        if (written < 0 && !await(pipe, POLLOUT, until_ms))
            return false;
        if (written > 0)
            bytes = (Bytes){bytes.data + written, bytes.size - (size_t)written};
    }
    return true;
}

static bool read_all(int pipe, uint8_t *to, size_t size, int64_t until_ms)
{
    while (size > 0) {
        ssize_t taken = read(pipe, to, size);
        if (taken == 0 || (taken < 0 && errno != EAGAIN && errno != EINTR))
            return false;
        if (taken < 0 && !await(pipe, POLLIN, until_ms))
            return false;
        if (taken > 0) {
            to += taken;
            size -= (size_t)taken;
        }
    }
    return true;
}

static bool exchange(const Child *child, Arena *arena, Bytes question, size_t answer_max, int64_t until_ms,
                     Bytes *answer_out)
{
    uint8_t size[SIZE_BYTES];
    for (int i = 0; i < SIZE_BYTES; i++)
        size[i] = (uint8_t)(question.size >> (8 * i));
    if (!write_all(child->asks, (Bytes){size, sizeof size}, until_ms) || !write_all(child->asks, question, until_ms) ||
        !read_all(child->answers, size, sizeof size, until_ms))
        return false;

    size_t answer_size = 0;
    for (int i = 0; i < SIZE_BYTES; i++)
        answer_size |= (size_t)size[i] << (8 * i);
    if (answer_size > answer_max)
        return false;
    uint8_t *answer = arena_take(arena, answer_size + 1);
    if (!read_all(child->answers, answer, answer_size, until_ms))
        return false;
    *answer_out = (Bytes){answer, answer_size};
    return true;
}

Status child_ask(Child *child, Arena *arena, Bytes question, size_t answer_max, int timeout_ms, Bytes *answer_out)
{
    if (!child->process)
        TRY(start(child));
    if (exchange(child, arena, question, answer_max, clock_steady_ms() + timeout_ms, answer_out))
        return STATUS_OK;
    end(child);
    return FAULT(STATUS_RETRY, "%s did not answer", child->program);
}
