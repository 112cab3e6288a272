#include "service/watch.h"

#include "bus/wait.h"
#include "http/json.h"
#include "http/readers.h"
#include "process/clock.h"
#include "process/log.h"
#include "process/moment.h"
#include "service/sql.h"

#include <string.h>
#include <threads.h>

enum {
    LOOK_MS = 15000,
    SECOND_US = 1000000,
    ASIDE_MAX = 1000, /* in one answer */
    SAID_MAX = 100,
    TURN_MOST = 5000, /* messages, as PICQ_BATCH allows */
};

enum { STARTED, BACKUP, BOOK, CONNECTIONS, CONNECTIONS_ALL, CONNECTIONS_MAX, BYTES, NUMBERS };

struct Watch {
    WatchSettings settings;
    Arena *arena; /* of the readers, for ever */
    Readers readers;
    mtx_t one_at_a_time;
    Database *database; /* opened when it is first needed, and again when it was lost */
    Metric numbers[NUMBERS];
    Metric build[1];
};

/* What was asked of a page; texts are "" when they were not given. */
typedef struct Asked {
    const char *municipality;
    const char *id;
    const char *source;
    int16_t partition;
    int64_t position;
    bool settled;
    int64_t after[PARTITIONS]; /* -1 where nothing is asked */
} Asked;

/* Fills the object of the answer. */
typedef Status Write(Watch *watch, Arena *arena, const Asked *asked, json_t *answer);

typedef struct Page {
    const char *path;
    const char *event;
    Write *write;
} Page;

/* ---- numbers ---- */

static void describe_numbers(Watch *watch)
{
    static const struct {
        const char *name, *help;
    } WORDS[NUMBERS] = {
        [STARTED] = {"picq_started_timestamp_seconds", "When this replica started."},
        [BACKUP] = {"picq_backup_timestamp_seconds", "When the newest backup was done; 0 when it is not known."},
        [BOOK] = {"picq_book_number", "Number of the newest book that this house has heard."},
        [CONNECTIONS] = {"picq_database_connections", "Connections to the database of this house."},
        [CONNECTIONS_ALL] = {"picq_database_server_connections", "Connections to the server where it stands."},
        [CONNECTIONS_MAX] = {"picq_database_server_connections_max", "How many that server takes."},
        [BYTES] = {"picq_database_bytes", "Size of the database of this house."},
    };
    for (int i = 0; i < NUMBERS; i++) {
        watch->numbers[i].kind = METRIC_GAUGE;
        watch->numbers[i].name = WORDS[i].name;
        watch->numbers[i].help = WORDS[i].help;
    }
    metric_set(&watch->numbers[STARTED], clock_now_us() / SECOND_US);
    watch->build[0].kind = METRIC_GAUGE;
    watch->build[0].name = "picq_build_info";
    watch->build[0].labels = "version=\"" PICQ_VERSION "\"";
    watch->build[0].help = "The program that runs; always 1.";
    metric_set(&watch->build[0], 1);
    service_add_metrics(watch->settings.service, (MetricTable){watch->numbers, NUMBERS});
    service_add_metrics(watch->settings.service, (MetricTable){watch->build, 1});
}

static Status look(Watch *watch, Arena *arena)
{
    static const struct {
        int number;
        const char *column;
    } COLUMNS[] = {
        {BOOK, "book_number"},
        {CONNECTIONS, "connections"},
        {CONNECTIONS_ALL, "connections_all"},
        {CONNECTIONS_MAX, "connections_max"},
        {BACKUP, "backup_seconds"},
        {BYTES, "bytes"},
    };
    Rows *rows;
    TRY(database_ask(watch->database, SERVICE_WATCH_HOUSE, NULL, &rows));
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++)
        metric_set(&watch->numbers[COLUMNS[i].number], rows_int(rows, 0, rows_column(rows, COLUMNS[i].column)));
    return watch->settings.card->look ? watch->settings.card->look(watch->settings.house, watch->database, arena)
                                      : STATUS_OK;
}

/* ---- writing ---- */

static void put_moment(json_t *object, const char *name, const Rows *rows, size_t row, const char *column)
{
    char text[MOMENT_TEXT_SIZE];
    if (!rows_null(rows, row, rows_column(rows, column)))
        json_put_text(object, name, moment_write(rows_time_us(rows, row, rows_column(rows, column)), text));
}

static void put(json_t *object, const Rows *rows, size_t row, const char *column)
{
    json_put_text(object, column, rows_text(rows, row, rows_column(rows, column)));
}

static void put_number(json_t *object, const Rows *rows, size_t row, const char *column)
{
    json_put_int(object, column, rows_int(rows, row, rows_column(rows, column)));
}

static Status write_replicas(Watch *watch, Arena *arena, json_t *answer)
{
    (void)arena;
    Rows *rows;
    TRY(database_ask(watch->database, SERVICE_WATCH_REPLICAS, NULL, &rows));
    json_t *list = json_array();
    for (size_t row = 0; row < rows_count(rows); row++) {
        json_t *replica = json_object();
        put(replica, rows, row, "name");
        put(replica, rows, row, "version");
        put_moment(replica, "since", rows, row, "since");
        put_moment(replica, "beat_at", rows, row, "beat_at");
        int64_t silent_us =
            rows_time_us(rows, row, rows_column(rows, "now")) - rows_time_us(rows, row, rows_column(rows, "beat_at"));
        json_object_set_new(replica, "lives", json_boolean(silent_us < (int64_t)watch->settings.stale_ms * 1000));
        put_number(replica, rows, row, "partitions");
        json_array_append_new(list, replica);
    }
    json_object_set_new(answer, "replicas", list);
    return STATUS_OK;
}

static Status write_heads(Watch *watch, json_t *answer)
{
    Rows *rows;
    TRY(database_ask(watch->database, SERVICE_WATCH_HEADS, NULL, &rows));
    json_t *said = json_array();
    for (size_t row = 0; row < rows_count(rows); row++)
        json_array_append_new(said, json_integer(rows_int(rows, row, rows_column(rows, "position"))));
    json_object_set_new(answer, "said", said);
    return STATUS_OK;
}

static void put_stopped(json_t *stopped, const Rows *rows, size_t row)
{
    const char *state = rows_text(rows, row, rows_column(rows, "state"));
    for (InboxState known = INBOX_BEHIND; known <= INBOX_WAITING; known++)
        if (strcmp(inbox_state_name(known), state) == 0) {
            json_t *one = json_object();
            put_number(one, rows, row, "partition");
            json_put_text(one, "state", state);
            json_put_text(one, "sentence", inbox_state_words(known));
            json_array_append_new(stopped, one);
        }
}

static Status write_offsets(Watch *watch, json_t *answer)
{
    Rows *rows;
    TRY(database_ask(watch->database, SERVICE_WATCH_OFFSETS, NULL, &rows));
    json_t *heard = json_array(), *neighbour = NULL;
    for (size_t row = 0; row < rows_count(rows); row++) {
        const char *source = rows_text(rows, row, rows_column(rows, "source"));
        if (!neighbour || strcmp(json_string_value(json_object_get(neighbour, "source")), source) != 0) {
            neighbour = json_pack("{s:s, s:[], s:[]}", "source", source, "positions", "stopped");
            json_array_append_new(heard, neighbour);
        }
        json_array_append_new(json_object_get(neighbour, "positions"),
                              json_integer(rows_int(rows, row, rows_column(rows, "position"))));
        put_stopped(json_object_get(neighbour, "stopped"), rows, row);
    }
    json_object_set_new(answer, "heard", heard);
    return STATUS_OK;
}

static void write_numbers(const Watch *watch, json_t *answer)
{
    const Vitals *vitals = watch->settings.vitals;
    json_t *numbers = json_object();
    vitals->measure(vitals->owner);
    for (size_t i = 0; i < vitals->table_count; i++)
        for (size_t j = 0; j < vitals->tables[i].count; j++) {
            const Metric *metric = &vitals->tables[i].metrics[j];
            if (!metric->labels)
                json_put_int(numbers, metric->name, metric_value(metric));
        }
    json_object_set_new(answer, "numbers", numbers);
}

static Status write_status(Watch *watch, Arena *arena, const Asked *asked, json_t *answer)
{
    (void)asked;
    const Vitals *vitals = watch->settings.vitals;
    const char *why_not = vitals->unready(vitals->owner, arena);
    char now[MOMENT_TEXT_SIZE];
    json_put_text(answer, "replica", service_replica(watch->settings.service));
    json_put_text(answer, "version", PICQ_VERSION);
    json_put_text(answer, "now", moment_write(clock_now_us(), now));
    json_object_set_new(answer, "ready", json_boolean(!why_not));
    json_put_text(answer, "why_not", why_not);
    TRY(look(watch, arena));
    TRY(write_replicas(watch, arena, answer));
    TRY(write_heads(watch, answer));
    TRY(write_offsets(watch, answer));
    write_numbers(watch, answer);
    return STATUS_OK;
}

static Status write_waiting(Watch *watch, Arena *arena, const Asked *asked, json_t *answer)
{
    Params *params = params_new(arena);
    Column *partitions = params_column(params, COLUMN_INT2);
    Column *after = params_column(params, COLUMN_INT8);
    for (int partition = 0; partition < PARTITIONS; partition++)
        if (asked->after[partition] >= 0) {
            column_int(partitions, partition);
            column_int(after, asked->after[partition]);
        }
    Rows *rows;
    TRY(database_ask(watch->database, SERVICE_WATCH_WAITING, params, &rows));
    put_number(answer, rows, 0, "waiting");
    put_moment(answer, "oldest_at", rows, 0, "oldest_at");
    put_moment(answer, "now", rows, 0, "now");
    return STATUS_OK;
}

static json_t *aside_as_json(const Rows *rows, size_t row)
{
    json_t *aside = json_object();
    put(aside, rows, row, "id");
    put_number(aside, rows, row, "partition");
    put(aside, rows, row, "source");
    put_number(aside, rows, row, "position");
    put(aside, rows, row, "type");
    put(aside, rows, row, "subject");
    put_moment(aside, "admitted_at", rows, row, "time");
    json_put_day(aside, "known_day", rows_day(rows, row, rows_column(rows, "known_day")));
    put_number(aside, rows, row, "bytes");
    put(aside, rows, row, "reason");
    put(aside, rows, row, "state");
    put(aside, rows, row, "decided_id");
    if (!rows_null(rows, row, rows_column(rows, "decided_day")))
        json_put_day(aside, "decided_day", rows_day(rows, row, rows_column(rows, "decided_day")));
    put(aside, rows, row, "decided_reason");
    return aside;
}

static Status write_aside(Watch *watch, Arena *arena, const Asked *asked, json_t *answer)
{
    Params *params = params_new(arena);
    params_text(params, asked->municipality);
    params_text(params, asked->id);
    params_bool(params, asked->settled);
    params_int4(params, ASIDE_MAX + 1);
    Rows *rows;
    TRY(database_ask(watch->database, SERVICE_LIST_ASIDE, params, &rows));
    json_t *list = json_array();
    for (size_t row = 0; row < rows_count(rows) && row < ASIDE_MAX; row++)
        json_array_append_new(list, aside_as_json(rows, row));
    json_object_set_new(answer, "set_aside", list);
    json_object_set_new(answer, "more", json_boolean(rows_count(rows) > ASIDE_MAX));
    return STATUS_OK;
}

static void put_said(json_t *answer, const Rows *rows)
{
    json_t *list = json_array();
    for (size_t row = 0; row < rows_count(rows) && row < SAID_MAX; row++) {
        json_t *said = json_object();
        put(said, rows, row, "id");
        put_number(said, rows, row, "partition");
        put_number(said, rows, row, "position");
        put(said, rows, row, "type");
        put(said, rows, row, "subject");
        put_moment(said, "admitted_at", rows, row, "time");
        json_put_day(said, "known_day", rows_day(rows, row, rows_column(rows, "known_day")));
        json_array_append_new(list, said);
    }
    json_object_set_new(answer, "said", list);
    json_object_set_new(answer, "more", json_boolean(rows_count(rows) > SAID_MAX));
}

static Status write_said_under(Watch *watch, Arena *arena, const char *id, json_t *answer)
{
    Params *params = params_new(arena);
    params_text(params, id);
    Rows *rows;
    TRY(database_ask(watch->database, SERVICE_TRACE_ID, params, &rows));
    put_said(answer, rows);
    return STATUS_OK;
}

static Status write_said_after(Watch *watch, Arena *arena, const Asked *asked, const Rows *turn, json_t *answer)
{
    Params *params = params_new(arena);
    params_int2(params, asked->partition);
    params_int8(params, rows_int(turn, 0, rows_column(turn, "said_first")));
    params_int8(params, rows_int(turn, 0, rows_column(turn, "said_last")));
    params_text(params, arena_format(arena, "%s/%s.", asked->id, watch->settings.card->name));
    params_int4(params, SAID_MAX + 1);
    Rows *rows;
    TRY(database_ask(watch->database, SERVICE_TRACE_SAID, params, &rows));
    put_said(answer, rows);
    return STATUS_OK;
}

static Params *place_params(Arena *arena, const Asked *asked)
{
    Params *params = params_new(arena);
    params_text(params, asked->source);
    params_int2(params, asked->partition);
    params_int8(params, asked->position);
    return params;
}

/* Whether it was heard, and when; a message taken before this was noted was heard at no known time. */
static Status write_place(Watch *watch, Arena *arena, const Asked *asked, json_t *answer)
{
    Params *params = place_params(arena, asked);
    params_int8(params, TURN_MOST);
    Rows *inbox, *turn;
    const Ask asks[] = {{SERVICE_TRACE_INBOX, place_params(arena, asked), &inbox},
                        {SERVICE_TRACE_PLACE, params, &turn}};
    TRY(database_ask_all(watch->database, asks, sizeof asks / sizeof *asks));
    bool hears = rows_count(inbox) > 0;
    bool heard = hears && rows_int(inbox, 0, rows_column(inbox, "position")) >= asked->position;
    json_object_set_new(answer, "hears", json_boolean(hears));
    json_object_set_new(answer, "heard", json_boolean(heard));
    put_moment(answer, "begun_at", turn, 0, "begun_at");
    if (heard)
        put_moment(answer, "taken_at", turn, 0, "taken_at");
    put_number(answer, turn, 0, "turns");
    if (hears) {
        put(answer, inbox, 0, "state");
        put(answer, inbox, 0, "aside_state");
        put(answer, inbox, 0, "reason");
        put(answer, inbox, 0, "decided_id");
        put(answer, inbox, 0, "decided_reason");
    }
    return write_said_after(watch, arena, asked, turn, answer);
}

static Status write_trace(Watch *watch, Arena *arena, const Asked *asked, json_t *answer)
{
    return *asked->source ? write_place(watch, arena, asked, answer)
                          : write_said_under(watch, arena, asked->id, answer);
}

/* ---- asking ---- */

static const Page PAGES[] = {
    {"/status", "STATUS-READ", write_status},
    {"/waiting", "WAITING-READ", write_waiting},
    {"/set-aside", "SET-ASIDE-READ", write_aside},
    {"/trace", "TRACE-READ", write_trace},
};

static const char *argument(const HttpRequest *request, const char *name)
{
    const char *value = http_argument(request, name);
    return value ? value : "";
}

static bool read_number(const char *text, int64_t most, int64_t *number_out)
{
    char *end;
    if (!*text || strspn(text, "0123456789") != strlen(text) || strlen(text) > sizeof "1000000000000000000" - 2)
        return false;
    *number_out = strtoll(text, &end, 10);
    return *number_out <= most;
}

/* "0:17,5:3" */
static bool read_places(Arena *arena, const char *text, int64_t after[PARTITIONS])
{
    for (int partition = 0; partition < PARTITIONS; partition++)
        after[partition] = -1;
    char *rest = arena_text(arena, text);
    for (char *word; (word = strsep(&rest, ",")) && *word;) {
        char *position = word;
        const char *name = strsep(&position, ":");
        int64_t partition, place;
        if (!position || !read_number(name, PARTITIONS - 1, &partition) || !read_number(position, INT64_MAX, &place))
            return false;
        after[partition] = place;
    }
    return true;
}

/* What is wrong with the question; NULL when nothing is. */
static const char *read_question(const HttpRequest *request, const Page *page, Asked *asked)
{
    *asked = (Asked){
        .municipality = argument(request, "municipality"),
        .id = argument(request, "id"),
        .source = argument(request, "source"),
        .settled = strcmp(argument(request, "settled"), "true") == 0,
    };
    int64_t partition = 0;
    if (*asked->municipality && (strspn(asked->municipality, "0123456789") != 4 || asked->municipality[4] != '\0'))
        return "municipality is a code of four digits\n";
    if (!read_places(request->arena, argument(request, "after"), asked->after))
        return "after is a place in each partition, such as 0:17,5:3\n";
    if (page->write == write_trace && !*asked->id)
        return "id is that of a message, such as gateway:m-1\n";
    if (*asked->source && (!read_number(argument(request, "partition"), PARTITIONS - 1, &partition) ||
                           !read_number(argument(request, "position"), INT64_MAX, &asked->position)))
        return "partition is from 0 to 63, and position a number\n";
    asked->partition = (int16_t)partition;
    return NULL;
}

static Status answer_once(Watch *watch, Arena *arena, const Page *page, const Asked *asked, json_t *answer)
{
    if (!watch->database) {
        TRY(service_database(watch->settings.service, "watch", &watch->database));
        TRY(database_read_by_key(watch->database));
    }
    TRY(database_begin(watch->database));
    Status status = page ? page->write(watch, arena, asked, answer) : look(watch, arena);
    database_rollback(watch->database);
    return status;
}

/* Without a page only the numbers. A connection that was lost while nobody asked is no reason to send the reader away. */
static Status answer_again_if_lost(Watch *watch, Arena *arena, const Page *page, const Asked *asked, json_t *answer)
{
    mtx_lock(&watch->one_at_a_time);
    Status status = answer_once(watch, arena, page, asked, answer);
    if (status != STATUS_OK && watch->database && !database_alive(watch->database)) {
        database_closep(&watch->database);
        json_object_clear(answer);
        status = answer_once(watch, arena, page, asked, answer);
    }
    mtx_unlock(&watch->one_at_a_time);
    return status;
}

/* What a route hands to its handler. */
typedef struct Shown {
    Watch *watch;
    const Page *page;
} Shown;

static void show(void *owner, const HttpRequest *request, HttpReply *reply)
{
    const Page *page = ((Shown *)owner)->page;
    Watch *watch = ((Shown *)owner)->watch;
    Asked asked;
    const char *fault = read_question(request, page, &asked);
    if (fault) {
        http_say(reply, 400, fault);
        return;
    }
    if (!readers_see(&watch->readers, request->caller, asked.municipality)) {
        http_say(reply, 403,
                 *asked.municipality ? "this token may not read of this municipality\n"
                                     : "this token may not read of the whole region\n");
        return;
    }
    json_t *answer = json_object();
    Status status = answer_again_if_lost(watch, request->arena, page, &asked, answer);
    json_put_text(answer, "house", watch->settings.card->name);
    char *json = json_finish(request->arena, answer);
    if (status != STATUS_OK) {
        log_fault(LOG_WARN, "WATCH-FAILED", status);
        http_say(reply, 503, "this cannot be read now: the database is away\n");
        return;
    }
    log_event(LOG_DEBUG, page->event, "reader=%s", request->caller);
    reply->type = "application/json";
    reply->body = (Bytes){(const uint8_t *)json, strlen(json)};
}

static void add_pages(Watch *watch)
{
    /* A route without tokens would be open to all. */
    for (size_t i = 0; watch->readers.count > 0 && i < sizeof PAGES / sizeof *PAGES; i++) {
        Shown *shown = ARENA_NEW(watch->arena, Shown);
        *shown = (Shown){watch, &PAGES[i]};
        service_add_route(watch->settings.service, (HttpRoute){.path = PAGES[i].path,
                                                               .handle = show,
                                                               .owner = shown,
                                                               .tokens = watch->readers.tokens,
                                                               .token_count = watch->readers.count});
    }
}

/* ---- life ---- */

Status watch_open(const WatchSettings *settings, Watch **watch_out)
{
    Watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        abort();
    *watch_out = watch;
    watch->settings = *settings;
    watch->arena = arena_new();
    mtx_init(&watch->one_at_a_time, mtx_plain);
    Settings *from = service_settings(settings->service);
    const char *path = settings_text(from, "PICQ_READERS", "");
    if (*path)
        TRY(readers_load(watch->arena, path, &watch->readers));
    describe_numbers(watch);
    add_pages(watch);
    return STATUS_OK;
}

void watch_free(Watch *watch)
{
    if (!watch)
        return;
    database_close(watch->database);
    mtx_destroy(&watch->one_at_a_time);
    arena_free(watch->arena);
    free(watch);
}

Status watch_run(Watch *watch)
{
    Arena *arena = arena_new();
    Awaited awaited[] = {await_waker(service_waker(watch->settings.service))};
    Status status = STATUS_OK;
    while (status == STATUS_OK && !awaited[0].readable) {
        arena_reset(arena);
        Status looked = answer_again_if_lost(watch, arena, NULL, NULL, NULL);
        if (looked != STATUS_OK)
            log_fault(LOG_DEBUG, "NUMBERS-AWAITED", looked);
        status = wait_for_any(awaited, 1, LOOK_MS);
    }
    arena_free(arena);
    return status;
}
