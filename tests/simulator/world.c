#include "simulator/world.h"

#include "process/clock.h"
#include "process/log.h"
#include "simulator/house.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BEAT_MS = 1000,
    STALE_MS = 5000,
    FETCH_WAIT_MS = 1000,
    AHEAD_MAX = 60, /* facts that the feed is ahead of the ledger */
    CALM_STEPS_MAX = 400000,
};

World world;

/* ---- chance, time and what is told ---- */

static uint64_t next_dice(void)
{
    uint64_t mixed = (world.dice += 0x9e3779b97f4a7c15u);
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebu;
    return mixed ^ (mixed >> 31);
}

int64_t world_dice(int64_t below)
{
    return (int64_t)(next_dice() % (uint64_t)below);
}

bool world_chance(int64_t in)
{
    return !world.calm && world_dice(in) == 0;
}

/* A clock that jumps is the database's: the loops count by one that only goes forward. */
int64_t clock_now_us(void)
{
    return world.now_ms * 1000;
}

int64_t clock_steady_ms(void)
{
    return world.now_ms;
}

static void mix(uint64_t number)
{
    world.report->digest = (world.report->digest ^ number) * 0x100000001b3u;
}

void world_tell(const char *format, ...)
{
    if (!world.settings->tells)
        return;
    va_list values;
    va_start(values, format);
    printf("%9" PRId64 " %8" PRId64 ".%03d ", world.report->steps, world.now_ms / 1000, (int)(world.now_ms % 1000));
    vprintf(format, values);
    putchar('\n');
    va_end(values);
}

void world_found(const char *format, ...)
{
    SimulatorReport *report = world.report;
    if (report->found || world.over)
        return;
    va_list values;
    va_start(values, format);
    vsnprintf(report->words, sizeof report->words, format, values);
    va_end(values);
    report->found = true;
    report->found_at = report->steps;
    world_tell("FOUND %s", report->words);
}

Status world_no_more(void)
{
    return FAULT(STATUS_STOP, "this process is no more");
}

/* ---- threads ---- */

bool world_gone(void)
{
    return world.over || (world.task && world.task->process && world.task->process->gone);
}

bool world_step(const char *what)
{
    if (world_gone())
        return false;
    world.report->steps++;
    mix((uint64_t)(world.task - world.tasks));
    mix((uint64_t)what[0] << 8 | (uint64_t)what[strlen(what) - 1]);
    world_tell("%s: %s", world.task->name, what);
    fiber_yield(world.task->fiber);
    return !world_gone();
}

bool world_wait(bool (*ready)(void *asked), void *asked, int64_t timeout_ms)
{
    if (world_gone())
        return false;
    world.task->ready = ready;
    world.task->asked = asked;
    world.task->until_ms = timeout_ms < 0 ? INT64_MAX : world.now_ms + timeout_ms;
    fiber_yield(world.task->fiber);
    return !world_gone();
}

/* Sleeps, whatever comes. */
static bool never(void *asked)
{
    (void)asked;
    return false;
}

/* ---- processes ---- */

static void run_loop(void *owner)
{
    Process *process = owner;
    Status status = loop_run(&process->loop_settings, &process->counts);
    if (status != STATUS_OK && !process->gone)
        world_found("%s ended by itself: %s (%s)", process->name, fault_words(), fault_place());
}

static void run_street(void *owner)
{
    Process *process = owner;
    Status status = street_run(&process->street_settings);
    if (status != STATUS_OK && !process->gone)
        world_found("the street of %s ended by itself: %s (%s)", process->name, fault_words(), fault_place());
}

static void start(Process *process)
{
    static const char *const ENDPOINTS[HOUSES] = {"door-0,door-1", "ledger-0,ledger-1"};
    int neighbour = process->house == DOOR ? LEDGER : DOOR;
    process->running = true;
    process->gone = false;
    process->waker.woken = false;
    process->sleeps_until_ms = 0;
    process->counts = (LoopCounts){0};
    process->loop_settings = (LoopSettings){
        .card = house_card(process->house),
        .connection = house_name(process->house),
        .replica = process->name,
        .stale_ms = STALE_MS,
        .beat_ms = BEAT_MS,
        .hearings = {{
            .source = house_name(neighbour),
            .endpoints = ENDPOINTS[neighbour],
            .consumer = process->name,
            .messages_max = 1 + (int)world_dice(12),
            .wait_ms = FETCH_WAIT_MS,
        }},
        .hearings_count = 1,
        .waker = &process->waker,
    };
    process->street_settings = (StreetSettings){
        .connection = house_name(process->house),
        .house = house_name(process->house),
        .replica = process->name,
        .beat_ms = BEAT_MS,
        .stale_ms = STALE_MS,
        .server = &process->server,
        .waker = &process->waker,
    };
    fiber_begin(process->loop->fiber, run_loop, process);
    fiber_begin(process->street->fiber, run_street, process);
    world_tell("%s starts", process->name);
}

static void count_up(Process *process)
{
    SimulatorReport *report = world.report;
    report->turns += process->counts.turns;
    report->cuts += process->counts.cuts;
    report->aside += process->counts.aside;
    report->retries += process->counts.retries;
    report->dropped += process->counts.dropped;
}

static void end_if_done(Process *process)
{
    if (!process->running || !fiber_ended(process->loop->fiber) || !fiber_ended(process->street->fiber))
        return;
    process->running = false;
    process->starts_at_ms = world.now_ms + world_dice(3000);
    process->loop->ready = process->street->ready = NULL;
    post_clear(&process->server.post);
    count_up(process);
}

/* ---- the feed: who speaks at the door ---- */

typedef struct Speaker {
    Task *task;
    int number;
    int64_t said;
    bool silent; /* from now on */
} Speaker;

static Speaker speakers[SPEAKERS];

static int64_t ahead(void)
{
    int64_t facts = 0;
    for (int partition = 0; partition < PARTITIONS; partition++)
        facts += (int64_t)world.stores[DOOR].shelves[partition].outbox_count -
                 world.stores[LEDGER].shelves[partition].place.position;
    return facts;
}

static bool may_speak(void *owner)
{
    (void)owner;
    return ahead() < AHEAD_MAX;
}

/* Whether what was said came into the log, when the answer to the commit was lost. */
static bool stands(const Said *said)
{
    const Shelf *shelf = &world.stores[DOOR].shelves[said->partition];
    for (size_t i = shelf->outbox_count; i-- > 0;)
        if (strcmp(shelf->outbox[i].id, said->id) == 0)
            return true;
    return false;
}

static Status say_facts(Database *database, Arena *arena, Said *said, size_t count)
{
    TRY(database_begin(database));
    TRY(outbox_reserve(database, arena, said, count));
    TRY(outbox_write(database, arena, said, count));
    return database_commit(database);
}

/* A few facts in one transaction, said again until they stand. */
static void speak(Speaker *speaker, Arena *arena)
{
    Said said[6];
    size_t count = 1 + (size_t)world_dice(6);
    for (size_t i = 0; i < count; i++) {
        int16_t partition = (int16_t)(world_dice(BUSY) * APART);
        Fact fact = house_invent(arena, speaker->number, ++speaker->said, partition);
        said[i] = (Said){.partition = partition, .type = fact.type, .subject = "0503/90000001", .data = fact.data};
        said[i].id = arena_text(arena, fact.id);
    }
    for (bool stand = false; !stand && !world.over;) {
        Database *database = NULL;
        Status status = database_open((DatabaseSettings){"door", "feed", 0}, &database);
        if (status == STATUS_OK)
            status = say_facts(database, arena, said, count);
        if (status != STATUS_OK && database)
            database_rollback(database);
        database_close(database);
        stand = status == STATUS_OK || stands(&said[0]);
        if (!stand)
            world_wait(never, NULL, 200);
    }
    world.report->facts += (int64_t)count;
}

static void run_speaker(void *owner)
{
    Speaker *speaker = owner;
    Arena *arena = arena_new();
    while (!world.calm && !world.over) {
        arena_reset(arena);
        world_wait(never, NULL, 1 + world_dice(60));
        if (may_speak(NULL))
            speak(speaker, arena);
    }
    arena_free(arena);
}

/* ---- what strikes ---- */

static bool awake(const Process *process)
{
    return process->running && !process->gone;
}

static void count_fault(SimulatorFault fault, const char *of)
{
    world.report->faults[fault]++;
    mix((uint64_t)fault + 1000);
    world_tell("* %s: %s", simulator_fault_words(fault), of);
}

static void strike_process(SimulatorFault fault)
{
    Process *process = &world.processes[world_dice(PROCESSES)];
    if (!awake(process))
        return;
    count_fault(fault, process->name);
    if (fault == SIMULATOR_KILLED)
        process->gone = true;
    else if (fault == SIMULATOR_ROLLED)
        process->waker.woken = true;
    else
        process->sleeps_until_ms = world.now_ms + 1 + world_dice(world_dice(4) ? 300 : 3 * STALE_MS);
}

static void strike_session(void)
{
    Session *session = &world.stores[world_dice(HOUSES)].sessions[world_dice(SESSIONS_MAX)];
    if (!session->open || session->dead)
        return;
    count_fault(SIMULATOR_CUT, session->replica);
    session_kill(session);
}

static void strike_store(void)
{
    Store *store = &world.stores[world_dice(HOUSES)];
    count_fault(SIMULATOR_FELL, house_name(store->house));
    for (int i = 0; i < SESSIONS_MAX; i++)
        if (store->sessions[i].open)
            session_kill(&store->sessions[i]);
    store->away_until_ms = world.now_ms + world_dice(2000);
}

static void strike_clock(void)
{
    Store *store = &world.stores[world_dice(HOUSES)];
    count_fault(SIMULATOR_JUMPED, house_name(store->house));
    store->clock_ahead_ms = world_dice(40000) - 20000;
}

static void strike_link(void)
{
    int64_t one = world_dice(PROCESSES), other = world_dice(PROCESSES);
    count_fault(SIMULATOR_PARTED, world.processes[one].name);
    world.links_cut_until_ms[one][other] = world.now_ms + world_dice(8000);
}

static void strike(void)
{
    if (world.calm || world_dice(60) != 0)
        return;
    int64_t kind = world_dice(40);
    if (kind < 6)
        strike_process(SIMULATOR_KILLED);
    else if (kind < 7)
        strike_process(SIMULATOR_ROLLED);
    else if (kind < 12)
        strike_process(SIMULATOR_SLEPT);
    else if (kind < 36)
        strike_session();
    else if (kind < 37)
        strike_store();
    else if (kind < 38)
        strike_clock();
    else if (kind < 39)
        strike_link();
}

/* ---- the world goes on ---- */

static bool can_run(Task *task)
{
    if (fiber_ended(task->fiber))
        return false;
    const Process *process = task->process;
    if (process && process->gone)
        return true;
    if (process && world.now_ms < process->sleeps_until_ms)
        return false;
    return !task->ready || world.now_ms >= task->until_ms || task->ready(task->asked);
}

static void resume(Task *task)
{
    task->ready = NULL;
    world.task = task;
    fiber_resume(task->fiber);
    world.task = NULL;
    if (task->process)
        end_if_done(task->process);
}

static void tend(void)
{
    for (int i = 0; i < PROCESSES; i++) {
        Process *process = &world.processes[i];
        if (!process->running && world.now_ms >= process->starts_at_ms)
            start(process);
    }
    for (int house = 0; house < HOUSES; house++)
        for (int i = 0; i < SESSIONS_MAX; i++) {
            Session *session = &world.stores[house].sessions[i];
            if (session->open && session->orphan && world.now_ms >= session->ends_at_ms)
                session_close(session);
        }
}

/* One thread that can go on takes a step; when none can, time does. */
static void go_on(void)
{
    strike();
    tend();
    Task *able[TASKS_MAX];
    int64_t count = 0;
    for (int i = 0; i < world.tasks_count; i++)
        if (can_run(&world.tasks[i]))
            able[count++] = &world.tasks[i];
    if (count == 0) {
        world.now_ms += 1 + (world_dice(4) == 0 ? world_dice(20) : 0);
        return;
    }
    if (world_dice(8) == 0)
        world.now_ms++;
    resume(able[world_dice(count)]);
}

static bool all_heard(void)
{
    for (int i = 0; i < SPEAKERS; i++)
        if (!fiber_ended(speakers[i].task->fiber))
            return false;
    for (int partition = 0; partition < PARTITIONS; partition += APART) {
        const Shelf *door = &world.stores[DOOR].shelves[partition], *ledger = &world.stores[LEDGER].shelves[partition];
        if (ledger->place.position != (int64_t)door->outbox_count ||
            door->place.position != (int64_t)ledger->outbox_count || ledger->place.cursor_size > 0)
            return false;
    }
    return true;
}

static Task *task_new(const char *name, Process *process)
{
    Task *task = &world.tasks[world.tasks_count++];
    *task = (Task){.name = name, .process = process, .fiber = fiber_new()};
    return task;
}

static void open_world(void)
{
    static const char *const LOOPS[] = {"door-0", "door-1", "ledger-0", "ledger-1"};
    static const char *const STREETS[] = {"street of door-0", "street of door-1", "street of ledger-0",
                                          "street of ledger-1"};
    for (int house = 0; house < HOUSES; house++)
        store_open(&world.stores[house], house);
    for (int i = 0; i < PROCESSES; i++) {
        Process *process = &world.processes[i];
        process->number = i;
        process->house = i / REPLICAS;
        snprintf(process->name, sizeof process->name, "%s", LOOPS[i]);
        process->loop = task_new(LOOPS[i], process);
        process->street = task_new(STREETS[i], process);
    }
    for (int i = 0; i < SPEAKERS; i++) {
        speakers[i] = (Speaker){.task = task_new("feed", NULL), .number = i};
        fiber_begin(speakers[i].task->fiber, run_speaker, &speakers[i]);
    }
    house_begin();
}

/* Every thread runs out: no call of any has an effect. */
static void close_world(void)
{
    world.over = true;
    for (int i = 0; i < PROCESSES; i++)
        world.processes[i].gone = true;
    for (int i = 0; i < world.tasks_count; i++)
        while (!fiber_ended(world.tasks[i].fiber))
            resume(&world.tasks[i]);
    for (int i = 0; i < world.tasks_count; i++)
        fiber_free(world.tasks[i].fiber);
    for (int i = 0; i < PROCESSES; i++)
        post_clear(&world.processes[i].server.post);
    for (int house = 0; house < HOUSES; house++)
        store_close(&world.stores[house]);
    house_end();
}

/* Partitions given to two may leave others to nobody for as long as the sessions last. */
static void end_sharing(Store *store)
{
    for (int partition = 0; partition < PARTITIONS; partition++)
        for (int i = 0; i < SESSIONS_MAX && __builtin_popcountll(store->shelves[partition].claimed) > 1; i++)
            if (store->shelves[partition].claimed & UINT64_C(1) << i)
                session_kill(&store->sessions[i]);
}

/* Faults end, sleepers wake, clocks show the time. */
static void become_calm(void)
{
    world.calm = true;
    world_tell("it is calm");
    for (int i = 0; i < PROCESSES; i++) {
        world.processes[i].sleeps_until_ms = 0;
        for (int j = 0; j < PROCESSES; j++)
            world.links_cut_until_ms[i][j] = 0;
    }
    for (int house = 0; house < HOUSES; house++) {
        world.stores[house].away_until_ms = 0;
        world.stores[house].clock_ahead_ms = 0;
        end_sharing(&world.stores[house]);
    }
}

void world_run(const SimulatorSettings *settings, SimulatorReport *report)
{
    world = (World){.settings = settings, .report = report, .dice = settings->seed, .now_ms = 1000000};
    report->digest = 0xcbf29ce484222325u;
    log_open("simulator", (LogLevel)(LOG_ERROR + 1));
    open_world();
    while (report->steps < settings->steps && !report->found)
        go_on();
    become_calm();
    while (!all_heard() && !report->found) {
        go_on();
        if (report->steps > settings->steps + CALM_STEPS_MAX)
            world_found("it does not come to rest: %" PRId64 " facts wait", ahead());
    }
    if (!report->found)
        house_check_all();
    close_world();
}
