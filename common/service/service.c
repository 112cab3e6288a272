#include "service/service.h"

#include "bus/server.h"
#include "process/clock.h"
#include "process/log.h"
#include "process/notify.h"
#include "service/loop.h"
#include "service/migrate.h"
#include "service/migrations.h"
#include "service/sql.h"
#include "service/street.h"
#include "service/watch.h"

#include <ctype.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

enum {
    ROUTES_MAX = 32,
    TABLES_MAX = 8,
    THREADS_MAX = 4,
    FETCH_WAIT_MS = 1000,
    STALE_BEATS = 5, /* signs of life missed before others take over */
    TRY_AGAIN_MS = 500,
    HTTP_THREADS = 4, /* long questions keep nobody waiting */
};

enum {
    METRIC_MESSAGES,
    METRIC_SAID,
    METRIC_TURNS,
    METRIC_CUTS,
    METRIC_RETRIES,
    METRIC_ASIDE,
    METRIC_DROPPED,
    METRIC_WAITING,
    METRIC_OLDEST,
    METRIC_ASIDE_NOW,
    METRIC_REPLICAS,
    METRIC_CONNECTED,
    METRIC_PARTITIONS,
    METRIC_STOPPED,
    METRIC_LET_IN,
    METRIC_DENIED,
    METRIC_UNFINISHED,
    METRIC_ENDED,
    METRICS_COUNT,
};

typedef struct Worker {
    const char *name;
    Status (*run)(Service *service);
    Service *service;
    thrd_t thread;
} Worker;

struct Service {
    const ServiceCard *card;
    Settings *settings;
    Notify *notify;
    Arena *arena; /* of what the settings say, for ever */
    const char *connection;
    char replica[128];
    int beat_ms;
    Key *key;
    Guard *guard;
    Server *server;
    Waker *waker;
    void *house;
    Watch *watch;
    Http *http;
    HttpRoute routes[ROUTES_MAX];
    size_t routes_count;
    MetricTable tables[TABLES_MAX];
    size_t tables_count;
    Metric metrics[METRICS_COUNT];
    Vitals vitals;
    LoopCounts counts;
    HearingSettings hearings[SERVICE_SOURCES_MAX];
    int hearings_count;
    Worker workers[THREADS_MAX];
    int workers_count;
    _Atomic bool stopping;
    _Atomic bool failed;
};

/* ---- what the house may ask ---- */

Settings *service_settings(Service *service)
{
    return service->settings;
}

const char *service_replica(const Service *service)
{
    return service->replica;
}

Guard *service_guard(Service *service)
{
    return service->guard;
}

const Key *service_key(const Service *service)
{
    return service->key;
}

bool service_stopping(const Service *service)
{
    return service->stopping;
}

const Waker *service_waker(const Service *service)
{
    return service->waker;
}

void service_add_route(Service *service, HttpRoute route)
{
    if (service->routes_count == ROUTES_MAX)
        abort();
    service->routes[service->routes_count++] = route;
}

void service_add_metrics(Service *service, MetricTable table)
{
    if (service->tables_count == TABLES_MAX)
        abort();
    service->tables[service->tables_count++] = table;
}

Status service_database(Service *service, const char *purpose, Database **database_out)
{
    Database *database;
    TRY(database_open((DatabaseSettings){service->connection, purpose, 60000}, &database));
    Status status = database_prepare(database, &service_sql);
    if (status == STATUS_OK && service->card->queries)
        status = database_prepare(database, service->card->queries);

    Arena *arena = arena_new();
    Params *params = params_new(arena);
    params_text(params, service->replica);
    params_text(params, purpose);
    if (status == STATUS_OK)
        status = database_ask(database, SERVICE_REGISTER_BACKEND, params, NULL);
    arena_free(arena);
    if (status != STATUS_OK) {
        database_close(database);
        return status;
    }
    *database_out = database;
    return STATUS_OK;
}

/* ---- health and metrics ---- */

static const char *unready(void *owner, Arena *arena)
{
    const Service *service = owner;
    if (service->card->turn && !service->counts.connected)
        return "the database is away";
    if (service->counts.stopped > 0)
        return arena_format(arena, "%lld partitions are stopped: see PARTITION-STATE-CHANGED in the log",
                            (long long)service->counts.stopped);
    return NULL;
}

/* 0 when there is no such moment. */
static int64_t seconds_since(int64_t time_us)
{
    int64_t waited_us = clock_now_us() - time_us;
    return time_us > 0 && waited_us > 0 ? waited_us / 1000000 : 0;
}

static void measure(void *owner)
{
    Service *service = owner;
    const LoopCounts *counts = &service->counts;
    metric_set(&service->metrics[METRIC_MESSAGES], counts->messages);
    metric_set(&service->metrics[METRIC_SAID], counts->said);
    metric_set(&service->metrics[METRIC_TURNS], counts->turns);
    metric_set(&service->metrics[METRIC_CUTS], counts->cuts);
    metric_set(&service->metrics[METRIC_RETRIES], counts->retries);
    metric_set(&service->metrics[METRIC_ASIDE], counts->aside);
    metric_set(&service->metrics[METRIC_DROPPED], counts->dropped);
    metric_set(&service->metrics[METRIC_WAITING], counts->waiting);
    metric_set(&service->metrics[METRIC_OLDEST], seconds_since(counts->oldest_us));
    metric_set(&service->metrics[METRIC_ASIDE_NOW], counts->aside_now);
    metric_set(&service->metrics[METRIC_REPLICAS], counts->replicas);
    metric_set(&service->metrics[METRIC_CONNECTED], counts->connected);
    metric_set(&service->metrics[METRIC_PARTITIONS], counts->partitions);
    metric_set(&service->metrics[METRIC_STOPPED], counts->stopped);

    const GuardCounts guard = guard_counts(service->guard);
    metric_set(&service->metrics[METRIC_LET_IN], (int64_t)guard.let_in);
    metric_set(&service->metrics[METRIC_DENIED], (int64_t)guard.denied);
    metric_set(&service->metrics[METRIC_UNFINISHED], (int64_t)guard.unfinished);
    metric_set(&service->metrics[METRIC_ENDED], (int64_t)guard.ended);
}

static void describe_metrics(Service *service)
{
    static const struct {
        const char *name, *help;
        MetricKind kind;
    } WORDS[METRICS_COUNT] = {
        [METRIC_MESSAGES] = {"picq_messages_total", "Messages taken from neighbours.", METRIC_COUNTER},
        [METRIC_SAID] = {"picq_said_total", "Messages said after hearing one.", METRIC_COUNTER},
        [METRIC_TURNS] = {"picq_turns_total", "Turns committed.", METRIC_COUNTER},
        [METRIC_CUTS] = {"picq_turns_cut_total", "Turns that left the rest of long work to the next.", METRIC_COUNTER},
        [METRIC_RETRIES] = {"picq_retries_total", "Times that the world was away and a turn was rolled back.",
                            METRIC_COUNTER},
        [METRIC_ASIDE] = {"picq_set_aside_total", "Messages put aside for a person.", METRIC_COUNTER},
        [METRIC_DROPPED] = {"picq_dropped_total", "Messages fetched that another replica had taken.", METRIC_COUNTER},
        [METRIC_WAITING] = {"picq_waiting_messages",
                            "Messages that neighbours have said and this replica has not taken.", METRIC_GAUGE},
        [METRIC_OLDEST] = {"picq_waiting_oldest_seconds",
                           "How long ago the first of those was admitted, as far as that was heard.", METRIC_GAUGE},
        [METRIC_ASIDE_NOW] = {"picq_set_aside_messages", "Messages of this house that wait for a person.",
                              METRIC_GAUGE},
        [METRIC_REPLICAS] = {"picq_replicas", "Replicas of this house that show life.", METRIC_GAUGE},
        [METRIC_CONNECTED] = {"picq_database_connected", "1 while this replica has a database for its turns.",
                              METRIC_GAUGE},
        [METRIC_PARTITIONS] = {"picq_partitions", "Partitions that this replica works on.", METRIC_GAUGE},
        [METRIC_STOPPED] = {"picq_partitions_stopped", "Partitions that are diverged or wait for an upgrade.",
                            METRIC_GAUGE},
        [METRIC_LET_IN] = {"picq_callers_let_in_total", "Connections under a known key.", METRIC_COUNTER},
        [METRIC_DENIED] = {"picq_callers_denied_total", "Connections under a key that is not known.", METRIC_COUNTER},
        [METRIC_UNFINISHED] = {"picq_callers_unfinished_total",
                               "Connections that showed no key: without CURVE, silent, or for another server.",
                               METRIC_COUNTER},
        [METRIC_ENDED] = {"picq_callers_ended_total",
                          "Connections that ended, also by a frame above the limit or by another protocol.",
                          METRIC_COUNTER},
    };
    for (size_t i = 0; i < METRICS_COUNT; i++) {
        service->metrics[i].name = WORDS[i].name;
        service->metrics[i].help = WORDS[i].help;
        service->metrics[i].kind = WORDS[i].kind;
    }
    service_add_metrics(service, (MetricTable){service->metrics, METRICS_COUNT});
}

static Status open_http(Service *service)
{
    const char *place = settings_text(service->settings, "PICQ_HTTP", "");
    if (!*place)
        return STATUS_OK;

    service->vitals = (Vitals){
        .owner = service,
        .unready = unready,
        .measure = measure,
        .tables = service->tables,
        .table_count = service->tables_count,
    };
    service_add_route(service, (HttpRoute){.path = "/healthz", .handle = vitals_health, .owner = &service->vitals});
    service_add_route(service, (HttpRoute){.path = "/readyz", .handle = vitals_readiness, .owner = &service->vitals});
    service_add_route(service, (HttpRoute){.path = "/metrics", .handle = vitals_metrics, .owner = &service->vitals});

    HttpSettings settings = {
        .address = place, .routes = service->routes, .route_count = service->routes_count, .threads = HTTP_THREADS};
    const char *colon = strrchr(place, ':');
    if (*place != '/') {
        if (!colon)
            return FAULT(STATUS_STOP, "PICQ_HTTP is \"%s\": write address:port, or the path of a socket", place);
        settings.address = arena_text_sized(service->arena, place, (size_t)(colon - place));
        settings.port = (uint16_t)atoi(colon + 1);
    }
    return http_open(&settings, &service->http);
}

/* ---- at start ---- */

static LogLevel log_level(Settings *settings)
{
    const char *word = settings_text(settings, "PICQ_LOG", "info");
    static const char *const WORDS[] = {"debug", "info", "warn", "error"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
        if (strcmp(word, WORDS[i]) == 0)
            return (LogLevel)i;
    return LOG_INFO;
}

static void name_replica(Service *service)
{
    char host[64] = "host";
    gethostname(host, sizeof host - 1);
    char usual[96];
    snprintf(usual, sizeof usual, "%s-%d", host, (int)getpid());
    snprintf(service->replica, sizeof service->replica, "%s", settings_text(service->settings, "PICQ_REPLICA", usual));
}

static Status read_neighbours(Service *service, const char *keys)
{
    int batch = (int)settings_number(service->settings, "PICQ_BATCH", 2000, 1, 5000);
    for (int i = 0; i < SERVICE_SOURCES_MAX && service->card->sources[i]; i++) {
        const char *source = service->card->sources[i];
        char *variable = arena_format(service->arena, "PICQ_%s", source);
        for (char *letter = variable; *letter; letter++)
            *letter = (char)toupper((unsigned char)*letter);

        char *public_key = arena_take(service->arena, KEY_TEXT_LENGTH + 1);
        TRY(key_load_public(arena_format(service->arena, "%s/%s", keys, source), public_key));
        service->hearings[service->hearings_count++] = (HearingSettings){
            .source = source,
            .endpoints = settings_text(service->settings, variable, NULL),
            .server_public_key = public_key,
            .key = service->key,
            .consumer = service->replica,
            .messages_max = batch,
            .wait_ms = FETCH_WAIT_MS,
        };
    }
    return STATUS_OK;
}

static Status open_server(Service *service, const char *keys)
{
    if (!service->card->heard_by[0])
        return STATUS_OK;
    for (int i = 0; i < SERVICE_NAMES_MAX && service->card->heard_by[i]; i++) {
        char public_key[KEY_TEXT_LENGTH + 1];
        TRY(key_load_public(arena_format(service->arena, "%s/%s", keys, service->card->heard_by[i]), public_key));
        TRY(guard_allow(service->guard, GUARD_STREET, public_key));
    }
    const ServerSettings settings = {
        .endpoint = settings_text(service->settings, "PICQ_LISTEN", NULL),
        .key = service->key,
        .guard = service->guard,
        .domain = GUARD_STREET,
    };
    if (!settings_checked(service->settings))
        return FAULT(STATUS_STOP, "settings are missing or wrong");
    return server_open(&settings, &service->server);
}

static Status migrate_tables(Service *service)
{
    const QueryList *lists[] = {&service_migrations, service->card->migrations};
    Database *database;
    TRY(database_open((DatabaseSettings){service->connection, "migrations", 0}, &database));
    Status status = migrate_all(database, service->arena, lists, service->card->migrations ? 2 : 1);
    database_close(database);
    return status;
}

/* Waits a moment for a signal to stop. */
static bool stop_came(const sigset_t *signals, int wait_ms)
{
    struct timespec moment = {wait_ms / 1000, (long)(wait_ms % 1000) * 1000000};
    return sigtimedwait(signals, NULL, &moment) > 0;
}

/* The database may come up after the service. */
static Status wait_for_tables(Service *service, const sigset_t *signals, bool *stop_out)
{
    for (;;) {
        Status status = migrate_tables(service);
        if (status != STATUS_RETRY)
            return status;
        log_fault(LOG_WARN, "DATABASE-AWAITED", status);
        notify_status(service->notify, "waits for its database");
        if (stop_came(signals, TRY_AGAIN_MS)) {
            *stop_out = true;
            return STATUS_OK;
        }
    }
}

static Status open_service(Service *service, const sigset_t *signals, bool *stop_out)
{
    service->settings = settings_new();
    service->arena = arena_new();
    log_open(service->card->name, log_level(service->settings));
    name_replica(service);
    service->notify = notify_open(service->settings);
    service->connection = settings_text(service->settings, "PICQ_DATABASE", NULL);
    service->beat_ms = (int)settings_number(service->settings, "PICQ_BEAT_MS", 1000, 50, 60000);
    const char *keys = settings_text(service->settings, "PICQ_KEYS", NULL);
    if (!settings_checked(service->settings))
        return FAULT(STATUS_STOP, "settings are missing or wrong");

    TRY(waker_open(&service->waker));
    TRY(guard_open(&service->guard));
    TRY(key_load(arena_format(service->arena, "%s/%s", keys, service->card->name), &service->key));
    TRY(read_neighbours(service, keys));
    TRY(open_server(service, keys));
    describe_metrics(service);
    TRY(wait_for_tables(service, signals, stop_out));
    if (*stop_out)
        return STATUS_OK;
    if (service->card->open)
        TRY(service->card->open(service, &service->house));
    const WatchSettings watch = {
        .service = service,
        .card = service->card,
        .house = service->house,
        .vitals = &service->vitals,
        .stale_ms = service->beat_ms * STALE_BEATS,
    };
    TRY(watch_open(&watch, &service->watch));
    if (!settings_checked(service->settings))
        return FAULT(STATUS_STOP, "settings are missing or wrong");
    return open_http(service);
}

/* ---- threads ---- */

static Status run_street(Service *service)
{
    const StreetSettings settings = {
        .connection = service->connection,
        .house = service->card->name,
        .replica = service->replica,
        .beat_ms = service->beat_ms,
        .stale_ms = service->beat_ms * STALE_BEATS,
        .server = service->server,
        .waker = service->waker,
        .notify = service->notify,
    };
    return street_run(&settings);
}

static Status run_loop(Service *service)
{
    LoopSettings settings = {
        .card = service->card,
        .house = service->house,
        .connection = service->connection,
        .replica = service->replica,
        .stale_ms = service->beat_ms * STALE_BEATS,
        .beat_ms = service->beat_ms,
        .hearings_count = service->hearings_count,
        .waker = service->waker,
    };
    memcpy(settings.hearings, service->hearings, sizeof settings.hearings);
    return loop_run(&settings, &service->counts);
}

static Status run_watch(Service *service)
{
    return watch_run(service->watch);
}

static Status run_door(Service *service)
{
    return service->card->door(service, service->house);
}

static int work(void *argument)
{
    Worker *worker = argument;
    Status status = worker->run(worker->service);
    if (status != STATUS_OK) {
        log_fault(LOG_ERROR, "THREAD-ENDED", status);
        worker->service->failed = true;
        kill(getpid(), SIGTERM);
    }
    return 0;
}

static Status start(Service *service, const char *name, Status (*run)(Service *service))
{
    Worker *worker = &service->workers[service->workers_count];
    *worker = (Worker){.name = name, .run = run, .service = service};
    if (thrd_create(&worker->thread, work, worker) != thrd_success)
        return FAULT(STATUS_STOP, "no thread for %s", name);
    service->workers_count++;
    return STATUS_OK;
}

static Status start_threads(Service *service)
{
    TRY(start(service, "street", run_street));
    if (service->http)
        TRY(start(service, "watch", run_watch));
    if (service->card->turn)
        TRY(start(service, "turns", run_loop));
    if (service->card->door)
        TRY(start(service, "door", run_door));
    return STATUS_OK;
}

static void stop_threads(Service *service)
{
    service->stopping = true;
    if (service->waker)
        waker_wake(service->waker);
    for (int i = 0; i < service->workers_count; i++)
        thrd_join(service->workers[i].thread, NULL);
}

static void close_service(Service *service)
{
    http_free(service->http);
    watch_free(service->watch);
    if (service->card->close && service->house)
        service->card->close(service->house);
    server_free(service->server);
    guard_free(service->guard);
    key_free(service->key);
    waker_free(service->waker);
    notify_close(service->notify);
    settings_free(service->settings);
    arena_free(service->arena);
    free(service);
}

int service_main(const ServiceCard *card)
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (sodium_init() < 0)
        return EXIT_FAILURE;

    Service *service = calloc(1, sizeof *service);
    if (!service)
        abort();
    service->card = card;

    bool stop = false;
    Status status = open_service(service, &signals, &stop);
    if (status == STATUS_OK && !stop)
        status = start_threads(service);
    if (status != STATUS_OK)
        log_fault(LOG_ERROR, "HOUSE-NOT-OPENED", status);
    if (status == STATUS_OK && !stop) {
        log_event(LOG_INFO, "HOUSE-OPENED", "replica=%s listens=%s", service->replica,
                  service->server ? server_endpoint(service->server) : "-");
        notify_status(service->notify, "open");
        notify_ready(service->notify);
        int signal_number;
        sigwait(&signals, &signal_number);
        log_event(LOG_INFO, "HOUSE-CLOSING", "signal=%d", signal_number);
        notify_stopping(service->notify);
    }

    stop_threads(service);
    bool failed = status != STATUS_OK || service->failed;
    close_service(service);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
