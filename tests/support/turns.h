/*
 * Turns: one house in a test, without a neighbour, a socket or a loop.
 *
 * A test hands it messages; they are taken through the house's turn in batches, each in one
 * transaction with what is said, and what is said can be read back.
 */
#pragma once

#include "service/turn.h"

typedef struct TestTurns {
    Arena *arena; /* of the test: it lives until test_turns_free */
    char *connection;
    bool is_peer;
    Database *database;
    const QueryList *queries;
    const char *name; /* of the house */
    TurnFunction *turn;
    void *house;
    void (*committed)(void *house); /* as on the house's card; NULL when it has none */
    bool rolls_back;                /* every turn, as if the world went away at its end */
    Bytes cursor;                   /* of a message that is begun and not done, as its offset row would keep it */
    int32_t said;
} TestTurns;

/* In a database of its own with the street's tables and the house's. */
TestTurns *test_turns_new(const char *name, const QueryList *queries, const QueryList *migrations, TurnFunction *turn,
                          void *house);

/* Another replica of the same house, on the same database; freed before the first. */
TestTurns *test_turns_peer(const TestTurns *turns, void *house);
void test_turns_free(TestTurns *turns);

/* All messages of the list, at most batch_max in one turn, cuts included; fails the test when a turn does nothing. */
void test_turns_hear(TestTurns *turns, const Heard *messages, size_t count, size_t batch_max);

/* One turn, rolled back when it has a fault. */
Status test_turns_try(TestTurns *turns, const Heard *messages, size_t count, size_t *taken_out);

/* The bytes of a message that was said, by its id; fails the test when there is none. */
Bytes test_turns_said(TestTurns *turns, const char *id);
