#include "intake/reader/cage.h"

#include "support/unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* what one may try */

static void open_a_file(void)
{
    open("/etc/hostname", O_RDONLY);
}

static void open_a_socket(void)
{
    socket(AF_INET, SOCK_STREAM, 0);
}

static void open_a_local_socket(void)
{
    int pair[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
}

static void run_a_program(void)
{
    execl("/bin/true", "true", NULL);
}

static void start_another(void)
{
    if (fork() == 0)
        _exit(0);
}

static void write_somewhere(void)
{
    if (write(STDERR_FILENO, "", 0) != 0)
        _exit(1);
}

static void read_somewhere(void)
{
    char byte;
    if (read(STDIN_FILENO, &byte, 0) != 0)
        _exit(1);
}

static void make_data_a_program(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    _exit(page == MAP_FAILED);
}

static void take_memory(void)
{
    free(malloc(1 << 20));
}

static void end_at_once(void)
{
}

static const struct {
    const char *story;
    void (*try)(void);
    bool warden_may;
    bool reader_may;
} TRIES[] = {
    {"opens a file", open_a_file, false, false},
    {"opens a socket", open_a_socket, false, false},
    {"opens a local socket", open_a_local_socket, false, false},
    {"runs another program", run_a_program, false, false},
    {"makes data a program", make_data_a_program, false, false},
    {"starts another of itself", start_another, true, false},
    {"writes into a pipe", write_somewhere, true, false},
    {"reads from a pipe", read_somewhere, true, false},
    {"takes memory", take_memory, true, true},
    {"ends", end_at_once, true, true},
};

/* A reader is always one whom a warden started. */
static bool cage_reader_of_warden(void)
{
    return cage_warden() && cage_reader(10);
}

static int end_of(bool (*lock)(void), void (*try)(void))
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (!lock())
            _exit(9);
        try();
        _exit(0);
    }
    int end = 0;
    assert_int_equal(waitpid(child, &end, 0), child);
    return end;
}

static void may_or_is_killed(const char *who, const char *story, int end, bool may)
{
    bool did = WIFEXITED(end) && WEXITSTATUS(end) == 0;
    bool was_killed = WIFSIGNALED(end) && WTERMSIG(end) == SIGSYS;
    if (may ? !did : !was_killed)
        fail_msg("%s who %s: end %x", who, story, (unsigned)end);
}

static void who_asks_for_more_than_it_may_is_killed(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(TRIES); i++) {
        may_or_is_killed("a warden", TRIES[i].story, end_of(cage_warden, TRIES[i].try), TRIES[i].warden_may);
        may_or_is_killed("a reader", TRIES[i].story, end_of(cage_reader_of_warden, TRIES[i].try), TRIES[i].reader_may);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_asks_for_more_than_it_may_is_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
