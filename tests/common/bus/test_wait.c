#include "bus/wait.h"

#include "parties.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

static void a_wait_ends_for_a_file_and_for_a_socket(void **state)
{
    Parties *parties = *state;
    int pipe_ends[2];
    assert_int_equal(pipe(pipe_ends), 0);
    Awaited awaited[] = {
        await_server(parties->server),
        await_client(parties->caller),
        await_file(pipe_ends[0]),
    };

    must(wait_for_any(awaited, COUNT(awaited), 10));
    assert_false(awaited[0].readable || awaited[1].readable || awaited[2].readable);

    assert_int_equal(write(pipe_ends[1], "x", 1), 1);
    must(wait_for_any(awaited, COUNT(awaited), SOON_MS));
    assert_true(awaited[2].readable);
    assert_false(awaited[0].readable || awaited[1].readable);
    char byte;
    assert_int_equal(read(pipe_ends[0], &byte, 1), 1);

    say(parties->caller, "ping");
    must(wait_for_any(awaited, COUNT(awaited), SOON_MS));
    assert_true(awaited[0].readable);
    assert_false(awaited[1].readable || awaited[2].readable);

    must(server_reply(parties->server, hear(parties).identity, words("pong")));
    must(wait_for_any(awaited, COUNT(awaited), SOON_MS));
    assert_true(awaited[1].readable);

    close(pipe_ends[1]);
    must(wait_for_any(awaited, COUNT(awaited), SOON_MS));
    assert_true(awaited[2].readable);
    close(pipe_ends[0]);
}

static void *wake(void *waker)
{
    waker_wake(waker);
    waker_wake(waker);
    return NULL;
}

static void a_waker_ends_a_wait_from_another_thread(void **state)
{
    Parties *parties = *state;
    Waker *waker = NULL;
    must(waker_open(&waker));
    assert_false(waker_clear(waker));

    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, wake, waker), 0);
    Awaited awaited[] = {await_server(parties->server), await_waker(waker)};
    must(wait_for_any(awaited, COUNT(awaited), -1));
    assert_true(awaited[1].readable);
    pthread_join(thread, NULL);

    assert_true(waker_clear(waker));
    assert_false(waker_clear(waker));
    must(wait_for_any(awaited, COUNT(awaited), 10));
    assert_false(awaited[1].readable);
    waker_free(waker);
}

static void more_than_a_wait_can_hold_is_refused(void **state)
{
    (void)state;
    Awaited awaited[AWAITED_MAX + 1];
    for (size_t i = 0; i < COUNT(awaited); i++)
        awaited[i] = await_file(0);
    assert_int_equal(wait_for_any(awaited, COUNT(awaited), 0), STATUS_STOP);
}

static void signals_stay_with_the_program(void **state)
{
    (void)state;
    static const int SIGNALS[] = {SIGINT, SIGTERM};
    for (size_t i = 0; i < COUNT(SIGNALS); i++) {
        struct sigaction action;
        assert_int_equal(sigaction(SIGNALS[i], NULL, &action), 0);
        assert_true(action.sa_handler == SIG_DFL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        test_of_parties(a_wait_ends_for_a_file_and_for_a_socket),
        test_of_parties(a_waker_ends_a_wait_from_another_thread),
        test_of_parties(more_than_a_wait_can_hold_is_refused),
        test_of_parties(signals_stay_with_the_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
