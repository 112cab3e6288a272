/*
 * People: how many clients, each counted once in every total, whatever partition each was heard in.
 */
#pragma once

#include "monitoring/core/cube.h"
#include "monitoring/core/monitoring.h"

/* A client at a place of the cube: approved lines less credits, or any number above zero. */
typedef struct Seen {
    int64_t client;
    int32_t lines;
    uint16_t municipality;
    uint16_t label;
    uint16_t month;
} Seen;

/* Clients who turned out to be another, in order of client. */
typedef struct JoinedClients {
    const Joined *list;
    size_t count;
} JoinedClients;

/* Whom a client turned out to be in the end; itself when it is nobody else. */
int64_t people_joined(JoinedClients joined, int64_t client);

/*
 * Sets the counts of the cube, totals too. A client counts where its lines sum to more than
 * zero.
 */
void people_count(Arena *arena, Cube *cube, const Seen *seen, size_t count);
