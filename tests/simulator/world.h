/*
 * World: everything that the loops of the simulation stand in, driven by one seed.
 *
 * Two houses hear each other: the door says facts, the ledger hears them and answers, the door hears the answers. Each
 * has two processes, and each process runs the loop and the street of common/service as they are. Database, bus and
 * clock are stand-ins: every call of theirs is a step, and at a step anything may happen: another process goes on, this
 * one is killed or sleeps for long, its connection is cut, messages are lost or come twice.
 *
 * Nothing asks the real time or a real source of chance, so a seed and a number of steps are the whole story.
 */
#pragma once

#include "base/status.h"
#include "service/loop.h"
#include "service/street.h"
#include "simulator/bus.h"
#include "simulator/fiber.h"
#include "simulator/simulator.h"
#include "simulator/store.h"

enum { HOUSES = 2, REPLICAS = 2, PROCESSES = HOUSES * REPLICAS, SPEAKERS = 2, TASKS_MAX = 2 * PROCESSES + SPEAKERS };

/* Few partitions are busy, so that much happens in each; they lie apart, in the shares of both replicas. */
enum { BUSY = 5, APART = 13 };

typedef struct Process Process;

/* A thread of a process, or the feed. */
typedef struct Task {
    const char *name;
    Process *process; /* NULL for the feed, which nothing kills */
    Fiber *fiber;
    bool (*ready)(void *asked); /* what it waits for; NULL when it could go on */
    void *asked;
    int64_t until_ms; /* … and for how long */
} Task;

struct Process {
    int number;
    int house;
    char name[32];
    bool running;
    bool gone; /* killed: no call of it has an effect any more, and its threads run out */
    int64_t starts_at_ms;
    int64_t sleeps_until_ms;
    Task *loop;
    Task *street;
    Waker waker;
    Server server;
    LoopSettings loop_settings;
    LoopCounts counts;
    StreetSettings street_settings;
};

typedef struct World {
    const SimulatorSettings *settings;
    SimulatorReport *report;
    uint64_t dice;
    int64_t now_ms;
    bool calm; /* no faults any more: what was begun may end */
    bool over; /* every thread runs out */
    Store stores[HOUSES];
    Process processes[PROCESSES];
    Task tasks[TASKS_MAX];
    int tasks_count;
    Task *task; /* that runs now */
    int64_t links_cut_until_ms[PROCESSES][PROCESSES];
    Client *clients;
    uint64_t clients_made;
} World;

extern World world;

/* 0 to below - 1 */
int64_t world_dice(int64_t below);

/* Whether something happens that happens once in so many times; never once the world is calm. */
bool world_chance(int64_t in);

/* The border of an effect, where others may go first. False when the process that asks is no more. */
bool world_step(const char *what);

/* Waits until it is ready, or for as long as this; negative for ever. False when the process that waits is no more. */
bool world_wait(bool (*ready)(void *asked), void *asked, int64_t timeout_ms);

/* Whether the process of the thread that runs now is no more. */
bool world_gone(void);

/* What may not be was seen; the first of a run is kept. */
[[gnu::format(printf, 1, 2)]] void world_found(const char *format, ...);

/* Tells what happens, for who looks at a run, and mixes it into the digest of the run. */
[[gnu::format(printf, 1, 2)]] void world_tell(const char *format, ...);

/* The answer to every call of a process that is no more. */
Status world_no_more(void);

void world_run(const SimulatorSettings *settings, SimulatorReport *report);
