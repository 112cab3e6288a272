#include "db/database.h"

#include "db/connection.h"
#include "db/params.h"
#include "db/sqlstate.h"
#include "db/wire.h"

#include <stdio.h>
#include <stdlib.h>

struct Rows {
    PGresult *result;
    Rows *next;
};

static void rows_forget(Database *database)
{
    for (Rows *rows = database->rows; rows; rows = rows->next)
        PQclear(rows->result);
    database->rows = NULL;
    arena_reset(database->arena);
}

/* Keeps a result until the transaction ends. */
static Rows *rows_keep(Database *database, PGresult *result)
{
    Rows *rows = ARENA_NEW(database->arena, Rows);
    rows->result = result;
    rows->next = database->rows;
    database->rows = rows;
    return rows;
}

/* The first line of what the connection says; libpq puts the detail on later lines. */
static Status connection_fault(Database *database, const char *doing)
{
    char words[256];
    snprintf(words, sizeof words, "%s", PQerrorMessage(database->connection));
    words[strcspn(words, "\n")] = '\0';
    return FAULT(STATUS_RETRY, "%s: %s", doing, words);
}

Status database_fault(Database *database, const PGresult *result, const char *doing)
{
    const char *sqlstate = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    if (!sqlstate)
        return connection_fault(database, doing);

    /* Class 22 quotes the value that it refuses. */
    const char *words = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (strncmp(sqlstate, "22", 2) == 0)
        words = "a value does not fit";
    const char *table = PQresultErrorField(result, PG_DIAG_TABLE_NAME);
    return FAULT(sqlstate_status(sqlstate), "%s: %s (SQLSTATE %s%s%s)", doing, words ? words : "", sqlstate,
                 table ? ", table " : "", table ? table : "");
}

Status database_open(DatabaseSettings settings, Database **database_out)
{
    const char *keywords[] = {
        "dbname", "application_name", "connect_timeout", "keepalives_idle", "tcp_user_timeout", "client_encoding",
        NULL};
    const char *values[] = {settings.connection, settings.purpose, "5", "5", "10000", "UTF8", NULL};
    PGconn *connection = PQconnectdbParams(keywords, values, 1);
    if (!connection)
        abort();

    Database *database = calloc(1, sizeof *database);
    if (!database)
        abort();
    database->connection = connection;
    database->arena = arena_new();

    Status status = STATUS_OK;
    if (PQstatus(connection) != CONNECTION_OK)
        status = connection_fault(database, "connect");
    if (status == STATUS_OK) {
        char text[200];
        snprintf(text, sizeof text,
                 "SET statement_timeout = %d; SET client_min_messages = warning; SET timezone = 'UTC';"
                 "SET jit = off; SET plan_cache_mode = force_generic_plan",
                 settings.statement_timeout_ms);
        status = database_run(database, "settings of the session", text);
    }
    if (status != STATUS_OK) {
        database_close(database);
        return status;
    }

    *database_out = database;
    return STATUS_OK;
}

void database_close(Database *database)
{
    if (!database)
        return;
    rows_forget(database);
    PQfinish(database->connection);
    arena_free(database->arena);
    free(database);
}

void database_closep(Database **database)
{
    database_close(*database);
    *database = NULL;
}

static Status prepare_one(Database *database, const Query *query)
{
    PGresult *result = PQprepare(database->connection, query->name, query->text, 0, NULL);
    Status status = STATUS_OK;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        status = database_fault(database, result, query->name);
    PQclear(result);
    return status;
}

Status database_prepare(Database *database, const QueryList *list)
{
    for (size_t i = 0; i < list->count; i++)
        TRY(prepare_one(database, &list->queries[i]));
    return STATUS_OK;
}

Status database_read_by_key(Database *database)
{
    return database_run(database, "settings of the session",
                        "SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off");
}

bool database_alive(const Database *database)
{
    return PQstatus(database->connection) == CONNECTION_OK;
}

int database_backend(const Database *database)
{
    return PQbackendPID(database->connection);
}

Status database_run(Database *database, const char *name, const char *text)
{
    PGresult *result = PQexec(database->connection, text);
    ExecStatusType outcome = PQresultStatus(result);
    Status status = STATUS_OK;
    if (outcome != PGRES_COMMAND_OK && outcome != PGRES_TUPLES_OK && outcome != PGRES_EMPTY_QUERY)
        status = database_fault(database, result, name);
    PQclear(result);
    return status;
}

Status database_begin(Database *database)
{
    rows_forget(database);
    TRY(database_run(database, "begin", "BEGIN"));
    database->in_transaction = true;
    return STATUS_OK;
}

Status database_commit(Database *database)
{
    rows_forget(database);
    database->in_transaction = false;
    PGresult *result = PQexec(database->connection, "COMMIT");
    Status status = STATUS_OK;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        status = database_fault(database, result, "commit");
    else if (strcmp(PQcmdStatus(result), "COMMIT") != 0)
        status = FAULT(STATUS_RETRY, "commit: the transaction had failed before");
    PQclear(result);
    return status;
}

void database_rollback(Database *database)
{
    rows_forget(database);
    database->in_transaction = false;
    if (PQpipelineStatus(database->connection) != PQ_PIPELINE_OFF || !database_alive(database))
        return;
    PQclear(PQexec(database->connection, "ROLLBACK"));
}

static Status take_rows(Database *database, PGresult *result, const Query *query, Rows **rows_out)
{
    ExecStatusType outcome = PQresultStatus(result);
    if (outcome != PGRES_TUPLES_OK && outcome != PGRES_COMMAND_OK) {
        Status status = database_fault(database, result, query->name);
        PQclear(result);
        return status;
    }
    Rows *rows = rows_keep(database, result);
    if (rows_out)
        *rows_out = rows;
    return STATUS_OK;
}

Status database_ask(Database *database, const Query *query, const Params *params, Rows **rows_out)
{
    if (!database->in_transaction)
        rows_forget(database);

    PGresult *result = params ? PQexecPrepared(database->connection, query->name, params->count, params->values,
                                               params->sizes, params->formats, 1)
                              : PQexecPrepared(database->connection, query->name, 0, NULL, NULL, NULL, 1);
    return take_rows(database, result, query, rows_out);
}

static Status send_all(Database *database, const Ask *asks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const Params *params = asks[i].params;
        int sent = params ? PQsendQueryPrepared(database->connection, asks[i].query->name, params->count,
                                                params->values, params->sizes, params->formats, 1)
                          : PQsendQueryPrepared(database->connection, asks[i].query->name, 0, NULL, NULL, NULL, 1);
        if (!sent)
            return connection_fault(database, asks[i].query->name);
    }
    if (!PQpipelineSync(database->connection))
        return connection_fault(database, "end of a pipeline");
    return STATUS_OK;
}

/* Takes every answer off the connection, so that it is usable again; remembers the first fault. */
static Status receive_all(Database *database, const Ask *asks, size_t count)
{
    Status first = STATUS_OK;
    for (size_t i = 0; i < count; i++) {
        PGresult *result = PQgetResult(database->connection);
        if (!result)
            return connection_fault(database, asks[i].query->name);
        if (first == STATUS_OK)
            first = take_rows(database, result, asks[i].query, asks[i].rows_out);
        else
            PQclear(result);
        PQclear(PQgetResult(database->connection)); /* the NULL between two answers */
    }
    PQclear(PQgetResult(database->connection)); /* the sync */
    return first;
}

Status database_ask_all(Database *database, const Ask *asks, size_t count)
{
    if (!database->in_transaction)
        rows_forget(database);
    if (!PQenterPipelineMode(database->connection))
        return connection_fault(database, "begin of a pipeline");

    TRY(send_all(database, asks, count));
    Status status = receive_all(database, asks, count);
    if (!PQexitPipelineMode(database->connection) && status == STATUS_OK)
        return connection_fault(database, "end of a pipeline");
    return status;
}

int database_socket(const Database *database)
{
    return PQsocket(database->connection);
}

Status database_notified(Database *database, bool *notified_out)
{
    if (!PQconsumeInput(database->connection))
        return connection_fault(database, "listen");

    bool notified = false;
    for (PGnotify *notice; (notice = PQnotifies(database->connection)); PQfreemem(notice))
        notified = true;
    *notified_out = notified;
    return STATUS_OK;
}

size_t rows_count(const Rows *rows)
{
    return (size_t)PQntuples(rows->result);
}

int rows_column(const Rows *rows, const char *name)
{
    int column = PQfnumber(rows->result, name);
    if (column < 0) {
        fprintf(stderr, "a query has no column \"%s\"\n", name);
        abort();
    }
    return column;
}

bool rows_null(const Rows *rows, size_t row, int column)
{
    return PQgetisnull(rows->result, (int)row, column);
}

static const char *value_of(const Rows *rows, size_t row, int column)
{
    return PQgetvalue(rows->result, (int)row, column);
}

bool rows_bool(const Rows *rows, size_t row, int column)
{
    return !rows_null(rows, row, column) && value_of(rows, row, column)[0];
}

int64_t rows_int(const Rows *rows, size_t row, int column)
{
    const char *value = value_of(rows, row, column);
    switch (PQgetlength(rows->result, (int)row, column)) {
    case 2:
        return (int16_t)wire_get16(value);
    case 4:
        return (int32_t)wire_get32(value);
    case 8:
        return (int64_t)wire_get64(value);
    default:
        return 0;
    }
}

const char *rows_text(const Rows *rows, size_t row, int column)
{
    return value_of(rows, row, column);
}

Bytes rows_bytes(const Rows *rows, size_t row, int column)
{
    return (Bytes){(const uint8_t *)value_of(rows, row, column), (size_t)PQgetlength(rows->result, (int)row, column)};
}

const char *const *rows_texts(const Rows *rows, Arena *arena, size_t row, int column, size_t *count_out)
{
    *count_out = 0;
    const char *at = value_of(rows, row, column);
    if (PQgetlength(rows->result, (int)row, column) < WIRE_ARRAY_HEADER_SIZE)
        return NULL;

    size_t count = wire_get32(at + 12);
    const char **texts = ARENA_MANY(arena, const char *, count);
    at += WIRE_ARRAY_HEADER_SIZE;
    for (size_t i = 0; i < count; i++) {
        int32_t size = (int32_t)wire_get32(at);
        at += 4;
        texts[i] = size < 0 ? "" : arena_text_sized(arena, at, (size_t)size);
        at += size < 0 ? 0 : size;
    }
    *count_out = count;
    return texts;
}

Day rows_day(const Rows *rows, size_t row, int column)
{
    if (rows_null(rows, row, column))
        return (Day){0};
    int32_t days = (int32_t)wire_get32(value_of(rows, row, column));
    if (days == INT32_MAX)
        return DAY_LAST;
    if (days == INT32_MIN)
        return DAY_FIRST;
    return (Day){days + WIRE_EPOCH_DAYS};
}

int64_t rows_time_us(const Rows *rows, size_t row, int column)
{
    return rows_null(rows, row, column) ? 0 : rows_int(rows, row, column) + WIRE_EPOCH_US;
}
