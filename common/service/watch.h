/*
 * Watch: how a house is, for the people on duty.
 *
 *     GET /status                           replicas, partitions, how far it has spoken and heard, and its numbers
 *     GET /waiting?after=0:17,5:3           of what it said, what follows these places, and since when the oldest waits
 *     GET /set-aside?municipality=0503      messages that it could not handle; id=… one of them, settled=true also those
 *                                           that a person decided of
 *     GET /trace?id=…                       what it said under an id
 *     GET /trace?source=intake&partition=5&position=17&id=…   when it took a message of a neighbour, and what it said then
 *
 * PICQ_READERS names the file of those who may read; without it there are no such pages, and
 * whoever is no operator of the municipality asked, or of the whole region, is refused. Ids, kinds
 * of messages, conversations and times are told; nothing of what a message says.
 *
 * A thread looks at the tables now and then, for the numbers that stand there, so that /metrics
 * waits for no database.
 */
#pragma once

#include "service/loop.h"
#include "service/service.h"

typedef struct Watch Watch;

typedef struct WatchSettings {
    Service *service;
    const ServiceCard *card;
    void *house;
    const Vitals *vitals; /* all the house's numbers, once it answers */
    int stale_ms;
} WatchSettings;

/* Adds its routes and numbers to those of the service. */
Status watch_open(const WatchSettings *settings, Watch **watch_out);
void watch_free(Watch *watch);

/* Looks, until the service stops. A database that is away is waited for. */
Status watch_run(Watch *watch);
