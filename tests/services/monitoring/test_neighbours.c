/* How the other houses are: real servers, one that is silent, and one that is not there. */
#include "monitoring/web/operations.h"

#include "http/http.h"
#include "http/listen.h"
#include "process/clock.h"
#include "services/monitoring/core/told.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { HELD_AT_MOST_MS = 200, SLACK_MS = 150 /* of a busy machine, with sanitizers */ };

/* A house that counts how often it is asked. */
typedef struct House {
    const char *metrics;
    _Atomic int times;
    HttpRoute route;
    Http *http;
} House;

static House billing = {.metrics = "picq_waiting_messages 12\npicq_waiting_oldest_seconds 34\n"
                                   "picq_set_aside_messages 2\npicq_replicas 2\npicq_partitions_stopped 0\n"};
static House billing_too = {.metrics = "picq_waiting_messages 30\npicq_waiting_oldest_seconds 7\n"
                                       "picq_set_aside_messages 2\npicq_replicas 2\npicq_partitions_stopped 1\n"};
static Arena *arena;
static int silent;
static uint16_t silent_port;
static char folder[] = "/tmp/picq-neighbours-XXXXXX";
static const char *socket_path;

static void tell(void *owner, const HttpRequest *request, HttpReply *reply)
{
    (void)request;
    House *house = owner;
    house->times++;
    http_say(reply, 200, house->metrics);
}

static void open_house(House *house, const char *address)
{
    house->route = (HttpRoute){.path = "/metrics", .handle = tell, .owner = house};
    const HttpSettings settings = {.address = address, .routes = &house->route, .route_count = 1};
    assert_int_equal(http_open(&settings, &house->http), STATUS_OK);
}

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    open_house(&billing, NULL);
    assert_non_null(mkdtemp(folder));
    socket_path = arena_format(arena, "%s/http", folder);
    open_house(&billing_too, socket_path);
    return listen_on_port("127.0.0.1", 0, &silent, &silent_port) == STATUS_OK ? 0 : -1;
}

static int end(void **state)
{
    (void)state;
    close(silent);
    http_free(billing.http);
    http_free(billing_too.http);
    unlink(socket_path);
    rmdir(folder);
    arena_free(arena);
    return 0;
}

static Neighbours *named(const char *houses)
{
    setenv("PICQ_HOUSES", houses, 1);
    Settings *settings = settings_new();
    Neighbours *neighbours = NULL;
    Status status = neighbours_open(settings, &neighbours);
    settings_free(settings);
    assert_int_equal(status, STATUS_OK);
    return neighbours;
}

static Table houses_of(Neighbours *neighbours)
{
    const Desk desk = {.arena = arena, .neighbours = neighbours};
    Table table = table_new(arena, &houses_card);
    assert_int_equal(operations_make_houses(&desk, &table), STATUS_OK);
    return table;
}

static void a_house_that_is_away_or_silent_holds_nobody(void **state)
{
    (void)state;
    Neighbours *neighbours = named(
        arena_format(arena, "intake=http://127.0.0.1:%u,allocation=127.0.0.1:9,billing=http://127.0.0.1:%u,billing=%s",
                     silent_port, http_port(billing.http), socket_path));
    int64_t began_ms = clock_steady_ms();
    Table table = houses_of(neighbours);
    int64_t took_ms = clock_steady_ms() - began_ms;
    neighbours_free(neighbours);
    assert_int_equal(table.row_count, 3);
    assert_told(&table, "up", "it takes the connection, and is silent", "intake", "no - - - - -");
    assert_told(&table, "up", "nobody is there", "allocation", "no - - - - -");
    assert_told(&table, "up", "two replicas, one at a port and one at a socket", "billing", "yes 42 34 2 2 1");
    assert_in_range(took_ms, 0, HELD_AT_MOST_MS + SLACK_MS);
}

static void what_a_house_says_is_kept_for_a_second(void **state)
{
    (void)state;
    Neighbours *neighbours = named(arena_format(arena, "billing=http://127.0.0.1:%u", http_port(billing.http)));
    int before = billing.times;
    for (int i = 0; i < 20; i++)
        houses_of(neighbours);
    assert_in_range(billing.times - before, 1, 2);
    nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 100000000}, NULL);
    houses_of(neighbours);
    neighbours_free(neighbours);
    assert_in_range(billing.times - before, 2, 3);
}

static void a_house_that_comes_back_is_up_again(void **state)
{
    (void)state;
    House again = {.metrics = "picq_waiting_messages 1\n"};
    uint16_t port;
    int taken;
    assert_int_equal(listen_on_port("127.0.0.1", 0, &taken, &port), STATUS_OK);
    close(taken);
    Neighbours *neighbours = named(arena_format(arena, "billing=http://127.0.0.1:%u", port));
    Table away = houses_of(neighbours);
    const HttpRoute route = {.path = "/metrics", .handle = tell, .owner = &again};
    const HttpSettings settings = {.port = port, .routes = &route, .route_count = 1};
    assert_int_equal(http_open(&settings, &again.http), STATUS_OK);
    nanosleep(&(struct timespec){.tv_sec = 1, .tv_nsec = 100000000}, NULL);
    Table back = houses_of(neighbours);
    neighbours_free(neighbours);
    http_free(again.http);
    assert_told(&away, "up", "away", "billing", "no - - - - -");
    assert_told(&back, "up", "back", "billing", "yes 1 0 0 0 0");
}

static void without_a_setting_there_are_no_houses(void **state)
{
    (void)state;
    Neighbours *neighbours = named("");
    assert_int_equal(houses_of(neighbours).row_count, 0);
    neighbours_free(neighbours);
    assert_int_equal(houses_of(NULL).row_count, 0);
}

static void a_setting_that_names_no_place_is_refused(void **state)
{
    (void)state;
    static const char *const WRONG[] = {"billing", "billing=", "=http://127.0.0.1:1", "billing=127.0.0.1:1,intake"};
    Settings *settings = settings_new();
    for (size_t i = 0; i < COUNT(WRONG); i++) {
        setenv("PICQ_HOUSES", WRONG[i], 1);
        Neighbours *neighbours = NULL;
        assert_int_equal(neighbours_open(settings, &neighbours), STATUS_STOP);
        assert_non_null(strstr(fault_words(), "house=http://"));
        assert_null(neighbours);
    }
    settings_free(settings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_house_that_is_away_or_silent_holds_nobody),
        cmocka_unit_test(what_a_house_says_is_kept_for_a_second),
        cmocka_unit_test(a_house_that_comes_back_is_up_again),
        cmocka_unit_test(without_a_setting_there_are_no_houses),
        cmocka_unit_test(a_setting_that_names_no_place_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
