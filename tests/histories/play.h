/*
 * Play: histories through the real turn of a house, many at the same time.
 *
 * On stdin stand histories, one message a line; a line {"history": NAME, "partition": N} begins
 * one. Histories of different partitions share a database and their turns. Batches are of any
 * size, either of two replicas takes a turn, some are rolled back and come again, and now and
 * then a process begins anew, by chance that follows from the seed, the first argument. On stdout
 * follows a line for each.
 */
#pragma once

#include "book/books.h"
#include "proto/intake.pb-c.h"
#include "service/library.h"
#include "support/turns.h"

#include <jansson.h>

typedef struct PlayCard {
    const char *house;
    const QueryList *queries;
    const QueryList *migrations;
    TurnFunction *turn;
    void *(*house_new)(uint64_t seed);
    void (*house_free)(void *house);
    void (*committed)(void *house);
    const char *source;
    const ProtobufCMessageDescriptor *heard; /* what the house hears, with a fact in it */
    Intake__Fact *(*fact_of)(void *message);
    const Query *looks;       /* after each turn: the partitions in which something is wrong; NULL: nothing to see */
    const Query *const *told; /* in the end: partition, key, and a number or null, under the query's name */
    size_t told_count;

    /* Just before a book is heard in a partition: adds to `foreseen` what it would make. NULL: nothing is foreseen. */
    Status (*foresee)(Database *database, Library *library, Arena *arena, int16_t partition,
                      const Intake__BookPublished *book, json_t *foreseen);
} PlayCard;

/* A whole program: 0 played, 2 no such histories, 3 the world is away. */
int play_histories(const PlayCard *card, int count, char **arguments);
