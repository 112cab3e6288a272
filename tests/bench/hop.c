/*
 * Hop: a house that does nothing but deliver, to measure delivery alone.
 *
 *     hop keys DIR         makes the keys of all of them
 *     hop source           says PICQ_HOP_MESSAGES messages of 250 bytes, 500 in a transaction
 *     hop hop1|hop2|hop3   keeps one effect row for each message, with its age, and says it on
 */
#include "db/copy.h"
#include "bus/wait.h"
#include "process/clock.h"
#include "process/log.h"
#include "service/service.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAYLOAD_SIZE = 250, MESSAGES_IN_A_TRANSACTION = 500 };

static const char *const NAMES[] = {"source", "hop1", "hop2", "hop3"};
enum { NAMES_COUNT = sizeof NAMES / sizeof NAMES[0] };

static Status turn_of_hop(Turn *turn, Batch batch)
{
    Copy *copy;
    int64_t now_us = clock_now_us();
    TRY(copy_open(turn->database, turn->arena, "effect(partition, id, age_us)", &copy));
    for (size_t i = 0; i < batch.count; i++) {
        copy_row(copy, 3);
        copy_int2(copy, batch.messages[i].partition);
        copy_text(copy, batch.messages[i].id);
        copy_int8(copy, now_us - batch.messages[i].time_us);
        if (turn->house)
            turn_say_bytes(turn, &batch.messages[i], batch.messages[i].type, batch.messages[i].data);
    }
    return copy_close(copy);
}

static Status turn_of_last_hop(Turn *turn, Batch batch)
{
    turn->house = NULL;
    return turn_of_hop(turn, batch);
}

static Status open_hop(Service *service, void **house_out)
{
    *house_out = service;
    return STATUS_OK;
}

static void close_hop(void *house)
{
    (void)house;
}

static Status say_some(Database *database, Arena *arena, int64_t first, int count)
{
    static const uint8_t PAYLOAD[PAYLOAD_SIZE] = {1};
    Said *said = ARENA_MANY(arena, Said, (size_t)count);
    for (int i = 0; i < count; i++)
        said[i] = (Said){
            .partition = (int16_t)((first + i) % 64),
            .id = arena_format(arena, "m-%lld", (long long)(first + i)),
            .type = "hop.Message",
            .subject = "0503/90000001",
            .time_us = clock_now_us(),
            .known = day_of(2020, 1, 1),
            .data = {PAYLOAD, sizeof PAYLOAD},
        };
    TRY(database_begin(database));
    TRY(outbox_reserve(database, arena, said, (size_t)count));
    TRY(outbox_write(database, arena, said, (size_t)count));
    return database_commit(database);
}

static Status say_all(Service *service, void *house)
{
    (void)house;
    int64_t messages = settings_number(service_settings(service), "PICQ_HOP_MESSAGES", 100000, 0, 100000000);
    int64_t each_second = settings_number(service_settings(service), "PICQ_HOP_RATE", 0, 0, 1000000);
    int some = each_second ? (int)(each_second / 200 + 1) : MESSAGES_IN_A_TRANSACTION;

    Database *database;
    TRY(service_database(service, "source", &database));
    Arena *arena = arena_new();
    Status status = STATUS_OK;
    int64_t began_ms = clock_steady_ms();
    for (int64_t first = 0; first < messages && status == STATUS_OK && !service_stopping(service); first += some) {
        arena_reset(arena);
        status = say_some(database, arena, first, (int)(messages - first < some ? messages - first : some));
        int64_t early_ms = each_second ? began_ms + first * 1000 / each_second - clock_steady_ms() : 0;
        Awaited awaited[] = {await_waker(service_waker(service))};
        if (early_ms > 0 && status == STATUS_OK)
            status = wait_for_any(awaited, 1, (int)early_ms);
    }
    log_event(LOG_INFO, "SOURCE-DONE", "messages=%lld", (long long)messages);
    arena_free(arena);
    database_close(database);
    return status;
}

static const ServiceCard CARDS[NAMES_COUNT] = {
    {.name = "source", .heard_by = {"hop1"}, .door = say_all},
    {.name = "hop1",
     .sources = {"source"},
     .heard_by = {"hop2"},
     .turn = turn_of_hop,
     .open = open_hop,
     .close = close_hop},
    {.name = "hop2",
     .sources = {"hop1"},
     .heard_by = {"hop3"},
     .turn = turn_of_hop,
     .open = open_hop,
     .close = close_hop},
    {.name = "hop3", .sources = {"hop2"}, .turn = turn_of_last_hop},
};

static int make_keys(const char *folder)
{
    for (int i = 0; i < NAMES_COUNT; i++) {
        char path[1000];
        snprintf(path, sizeof path, "%s/%s", folder, NAMES[i]);
        Key *key;
        if (key_make(&key) != STATUS_OK || key_save(key, path) != STATUS_OK) {
            fprintf(stderr, "%s\n", fault_words());
            return EXIT_FAILURE;
        }
        key_free(key);
    }
    return EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "keys") == 0)
        return make_keys(argv[2]);
    for (int i = 0; argc == 2 && i < NAMES_COUNT; i++)
        if (strcmp(argv[1], NAMES[i]) == 0)
            return service_main(&CARDS[i]);
    fprintf(stderr, "usage: hop keys DIR | source | hop1 | hop2 | hop3\n");
    return 2;
}
