#include "support/street.h"

#include "process/clock.h"
#include "service/migrate.h"
#include "service/migrations.h"
#include "service/outbox.h"
#include "service/sql.h"
#include "support/database.h"
#include "support/unit.h"

#include <stdlib.h>
#include <time.h>

static void must(Status status)
{
    if (status != STATUS_OK)
        fail_msg("%s: %s (%s)", status_name(status), fault_words(), fault_place());
}

static Database *open_migrated(Arena *arena, const char *connection)
{
    Database *database = test_database_open(connection);
    const QueryList *lists[] = {&service_migrations};
    must(migrate_all(database, arena, lists, 1));
    database_close(database);
    database = test_database_open(connection);
    must(database_prepare(database, &service_sql));
    return database;
}

static int run_street(void *argument)
{
    const StreetSettings *settings = argument;
    return (int)street_run(settings);
}

static int run_loop(void *argument)
{
    TestReplica *replica = argument;
    replica->status = loop_run(&replica->loop, &replica->counts);
    return 0;
}

TestStreet *test_street_new(void)
{
    TestStreet *street = calloc(1, sizeof *street);
    street->arena = arena_new();
    street->neighbour = test_database_new();
    street->house = test_database_new();
    street->neighbour_database = open_migrated(street->arena, street->neighbour);
    street->house_database = open_migrated(street->arena, street->house);

    must(guard_open(&street->guard));
    must(key_make(&street->neighbour_key));
    must(key_make(&street->house_key));
    must(guard_allow(street->guard, GUARD_STREET, key_public(street->house_key)));
    const ServerSettings server = {"tcp://127.0.0.1:*", street->neighbour_key, street->guard, GUARD_STREET, 0, 0};
    must(server_open(&server, &street->server));
    must(waker_open(&street->waker));
    street->street =
        (StreetSettings){street->neighbour, "neighbour", "neighbour-1", 200, 1000, street->server, street->waker, NULL};
    assert_int_equal(thrd_create(&street->street_thread, run_street, &street->street), thrd_success);
    return street;
}

void test_street_free(TestStreet *street)
{
    for (int i = 0; i < TEST_REPLICAS_MAX; i++)
        test_street_stop(street, i);
    waker_wake(street->waker);
    thrd_join(street->street_thread, NULL);
    server_free(street->server);
    guard_free(street->guard);
    key_free(street->neighbour_key);
    key_free(street->house_key);
    waker_free(street->waker);
    database_close(street->neighbour_database);
    database_close(street->house_database);
    test_database_drop(street->neighbour);
    test_database_drop(street->house);
    arena_free(street->arena);
    free(street);
}

static void say(TestStreet *street, Said *said, size_t count)
{
    Database *database = street->neighbour_database;
    must(database_begin(database));
    must(outbox_reserve(database, street->arena, said, count));
    must(outbox_write(database, street->arena, said, count));
    must(database_commit(database));
}

static Said said_of(TestStreet *street, int16_t partition, const char *text)
{
    static int number;
    return (Said){
        .partition = partition,
        .id = arena_format(street->arena, "m-%d", ++number),
        .type = "test.Text",
        .subject = "0503/90000001",
        .time_us = 1591574400000000,
        .known = day_of(2020, 6, 8),
        .data = {(const uint8_t *)text, strlen(text)},
    };
}

void test_street_say(TestStreet *street, int16_t partition, const char *text)
{
    Said said = said_of(street, partition, arena_text(street->arena, text));
    say(street, &said, 1);
}

void test_street_say_many(TestStreet *street, int count, const char *text)
{
    Said *said = ARENA_MANY(street->arena, Said, (size_t)count);
    for (int i = 0; i < count; i++)
        said[i] = said_of(street, (int16_t)(i % PARTITIONS), arena_format(street->arena, "%s %d", text, i));
    say(street, said, (size_t)count);
}

void test_street_start(TestStreet *street, int number, const ServiceCard *card, int batch)
{
    TestReplica *replica = &street->replicas[number];
    *replica = (TestReplica){.running = true};
    snprintf(replica->name, sizeof replica->name, "house-%d", number);
    must(waker_open(&replica->waker));
    replica->life = (StreetSettings){street->house, "house", replica->name, 100, 1000, NULL, replica->waker, NULL};
    replica->loop = (LoopSettings){
        .card = card,
        .connection = street->house,
        .replica = replica->name,
        .stale_ms = 1000,
        .beat_ms = 100,
        .hearings = {{"neighbour", server_endpoint(street->server), key_public(street->neighbour_key),
                      street->house_key, replica->name, batch, 500}},
        .hearings_count = 1,
        .waker = replica->waker,
    };
    assert_int_equal(thrd_create(&replica->life_thread, run_street, &replica->life), thrd_success);
    assert_int_equal(thrd_create(&replica->loop_thread, run_loop, replica), thrd_success);
}

void test_street_stop(TestStreet *street, int number)
{
    TestReplica *replica = &street->replicas[number];
    if (!replica->running)
        return;
    replica->running = false;
    waker_wake(replica->waker);
    thrd_join(replica->loop_thread, NULL);
    thrd_join(replica->life_thread, NULL);
    waker_free(replica->waker);
}

void test_street_await(TestStreet *street, const char *question, int64_t expected)
{
    int64_t until_ms = clock_steady_ms() + 20000;
    int64_t number;
    while ((number = test_database_number(street->house_database, question)) != expected) {
        if (clock_steady_ms() > until_ms)
            fail_msg("%s is %lld after 20 s, not %lld", question, (long long)number, (long long)expected);
        thrd_sleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
    }
}
