#include "process/notify.h"

#include "process/clock.h"
#include "support/unit.h"

#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* Who started the process: a socket with a name of the abstract kind, which leaves no file. */
typedef struct Starter {
    int file;
    char name[64];
    Settings *settings;
} Starter;

static int open_starter(void **state)
{
    Starter *starter = calloc(1, sizeof *starter);
    assert_non_null(starter);
    snprintf(starter->name, sizeof starter->name, "@picq-notify-%d", (int)getpid());
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    memcpy(address.sun_path + 1, starter->name + 1, strlen(starter->name) - 1);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(starter->name));
    starter->file = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    assert_int_equal(bind(starter->file, (const struct sockaddr *)&address, size), 0);
    starter->settings = settings_new();
    setenv("NOTIFY_SOCKET", starter->name, 1);
    *state = starter;
    return 0;
}

static int close_starter(void **state)
{
    Starter *starter = *state;
    for (const char *const *name = (const char *[]){"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID", NULL}; *name;
         name++)
        unsetenv(*name);
    close(starter->file);
    settings_free(starter->settings);
    free(starter);
    return 0;
}

/* The next thing that was told; "" when nothing was. */
static const char *told(const Starter *starter)
{
    static char words[256];
    ssize_t size = recv(starter->file, words, sizeof words - 1, 0);
    words[size > 0 ? size : 0] = '\0';
    return words;
}

static void who_asked_is_told_how_it_goes(void **state)
{
    Starter *starter = *state;
    Notify *notify = notify_open(starter->settings);
    notify_status(notify, "waits for its database");
    assert_string_equal(told(starter), "STATUS=waits for its database");
    notify_ready(notify);
    assert_string_equal(told(starter), "READY=1");
    notify_stopping(notify);
    assert_string_equal(told(starter), "STOPPING=1");
    assert_string_equal(told(starter), "");
    notify_close(notify);
}

static void a_watchdog_is_told_twice_in_its_time_however_often_one_says_so(void **state)
{
    Starter *starter = *state;
    setenv("WATCHDOG_USEC", "200000", 1);
    Notify *notify = notify_open(starter->settings);
    int64_t began_ms = clock_steady_ms();
    int alive = 0;
    while (clock_steady_ms() < began_ms + 350) {
        notify_alive(notify);
        usleep(2000);
        alive += strcmp(told(starter), "WATCHDOG=1") == 0;
    }
    notify_close(notify);
    assert_in_range(alive, 3, 4); /* at once, and each 100 ms */
}

static void a_watchdog_of_another_process_is_told_nothing(void **state)
{
    Starter *starter = *state;
    setenv("WATCHDOG_USEC", "200000", 1);
    setenv("WATCHDOG_PID", "1", 1);
    Notify *notify = notify_open(starter->settings);
    notify_alive(notify);
    assert_string_equal(told(starter), "");
    notify_close(notify);
}

static void where_nobody_listens_nothing_happens(void **state)
{
    Starter *starter = *state;
    static const char *const NAMES[] = {"", "@nobody-listens-here", "/nowhere/socket", "no path"};
    setenv("WATCHDOG_USEC", "1000", 1);
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        setenv("NOTIFY_SOCKET", NAMES[i], 1);
        Notify *notify = notify_open(starter->settings);
        notify_ready(notify);
        notify_alive(notify);
        notify_close(notify);
    }
    assert_string_equal(told(starter), "");
    assert_true(settings_checked(starter->settings));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(who_asked_is_told_how_it_goes, open_starter, close_starter),
        cmocka_unit_test_setup_teardown(a_watchdog_is_told_twice_in_its_time_however_often_one_says_so, open_starter,
                                        close_starter),
        cmocka_unit_test_setup_teardown(a_watchdog_of_another_process_is_told_nothing, open_starter, close_starter),
        cmocka_unit_test_setup_teardown(where_nobody_listens_nothing_happens, open_starter, close_starter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
