/*
 * Service: a house of the street as a process.
 *
 * A house is a card: its name, whom it hears, its turn. The rest is the same for all four:
 * settings from the environment, migrations, the thread that answers its neighbours' Fetches
 * and shows life, the loop of turns, and HTTP for health and metrics.
 *
 *     PICQ_DATABASE   libpq connection string of the house's own database
 *     PICQ_LISTEN     where neighbours fetch, tcp://127.0.0.1:5671
 *     PICQ_<SOURCE>   where each neighbour that it hears listens; several with a comma between
 *     PICQ_KEYS       folder with the house's key pair and the public keys of its neighbours
 *     PICQ_HTTP       address:port, or the path of a Unix socket, for health, metrics and reading; none when not given
 *     PICQ_REPLICA    the name of this process among its replicas; the host's name and number of the process when not given
 *     PICQ_LOG        debug, info, warn or error
 *     PICQ_READERS    file of those who may read over HTTP what is not open to all; nobody when not given
 *     PICQ_BATCH      how many messages a turn takes at most
 *     PICQ_BEAT_MS    between two signs of life; a replica without one for five times as long has its work taken over
 *
 * What started it is told that it is open, and that its street goes round (process/notify).
 */
#pragma once

#include "bus/guard.h"
#include "bus/key.h"
#include "bus/waker.h"
#include "http/vitals.h"
#include "process/settings.h"
#include "service/turn.h"

enum { SERVICE_SOURCES_MAX = 4, SERVICE_NAMES_MAX = 8 };

typedef struct Service Service;

typedef struct ServiceCard {
    const char *name;
    const char *sources[SERVICE_SOURCES_MAX]; /* the houses that it hears, NULL after the last */
    const char *heard_by[SERVICE_NAMES_MAX];  /* the houses whose keys may fetch from it */
    const QueryList *queries;
    const QueryList *migrations;
    TurnFunction *turn;

    /* What the newest turn kept and said is durable; NULL when the house keeps nothing of it between turns. */
    void (*committed)(void *house);

    /* It passes no facts on: what it hears ends here. */
    bool street_ends_here;

    /* A neighbour put a message aside; NULL passes the word on. */
    TurnFunction *aside;

    /* What the house keeps between turns, made at start; NULL when nothing. */
    Status (*open)(Service *service, void **house_out);
    void (*close)(void *house);

    /* Reads the house's own numbers from its tables, now and then and when somebody asks; NULL when it has none. */
    Status (*look)(void *house, Database *database, Arena *arena);

    /* A thread of the house's own (the front door), until service_stopping; NULL when it has none. */
    Status (*door)(Service *service, void *house);

} ServiceCard;

/* The whole life of the process; gives its exit status. */
int service_main(const ServiceCard *card);

/* for the house */
Settings *service_settings(Service *service);
const char *service_replica(const Service *service);
Guard *service_guard(Service *service);
const Key *service_key(const Service *service);
bool service_stopping(const Service *service);
const Waker *service_waker(const Service *service); /* readable once the process must stop */

/* Routes and numbers beside those of every house; said in `open` only, and borrowed for the life of the process. */
void service_add_route(Service *service, HttpRoute route);
void service_add_metrics(Service *service, MetricTable table);

/* A connection of the house's own, prepared, that peers end when this process shows no life. */
Status service_database(Service *service, const char *purpose, Database **database_out);
