/*
 * Street: two houses in one test, with real databases and a real socket between them.
 *
 * The neighbour only speaks: a test puts words in its log. The house hears it in threads of
 * its own, as many replicas as the test starts.
 */
#pragma once

#include "bus/guard.h"
#include "bus/server.h"
#include "service/loop.h"
#include "service/street.h"

#include <threads.h>

enum { TEST_REPLICAS_MAX = 4 };

typedef struct TestReplica {
    LoopSettings loop;
    LoopCounts counts;
    StreetSettings life;
    Waker *waker;
    thrd_t loop_thread;
    thrd_t life_thread;
    char name[32];
    Status status;
    bool running;
} TestReplica;

typedef struct TestStreet {
    Arena *arena;
    char *neighbour; /* connection strings */
    char *house;
    Database *neighbour_database;
    Database *house_database;
    Guard *guard;
    Key *neighbour_key;
    Key *house_key;
    Server *server;
    Waker *waker;
    StreetSettings street;
    thrd_t street_thread;
    TestReplica replicas[TEST_REPLICAS_MAX];
} TestStreet;

TestStreet *test_street_new(void);
void test_street_free(TestStreet *street);

/* The neighbour says a text in a partition; ids are m-1, m-2, … */
void test_street_say(TestStreet *street, int16_t partition, const char *text);

/* Many at once: the text and a number from 0, in partition number % 64. */
void test_street_say_many(TestStreet *street, int count, const char *text);

/* A replica of the house: turns of this card, at most batch messages each. */
void test_street_start(TestStreet *street, int number, const ServiceCard *card, int batch);
void test_street_stop(TestStreet *street, int number);

/* Waits until a question to the house's database gives this number; fails the test after 20 seconds. */
void test_street_await(TestStreet *street, const char *question, int64_t expected);
