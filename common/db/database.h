/*
 * Database: one connection to PostgreSQL, its prepared queries and its transaction.
 *
 * Parameters and results are binary. A fault carries the SQLSTATE, the name of the query and the
 * primary message; never the detail, which quotes the row.
 */
#pragma once

#include "base/arena.h"
#include "base/bytes.h"
#include "base/day.h"
#include "base/status.h"
#include "db/query.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Database Database;
typedef struct Params Params;
typedef struct Column Column;
typedef struct Rows Rows;

typedef struct DatabaseSettings {
    const char *connection;   /* a libpq connection string */
    const char *purpose;      /* seen in pg_stat_activity */
    int statement_timeout_ms; /* 0: none */
} DatabaseSettings;

/* STATUS_RETRY while the server is away, STATUS_STOP when it refuses us. */
Status database_open(DatabaseSettings settings, Database **database_out);
void database_close(Database *database);
void database_closep(Database **database);

/*
 * From now on every question looks its rows up by key, one after another. While a table is new, PostgreSQL holds it
 * for small and plans to scan all of it: a table that grows to 100,000 rows before it is first analyzed then takes
 * milliseconds a row.
 */
Status database_read_by_key(Database *database);

/* Prepares every query of the list; a misspelt column is found here. */
Status database_prepare(Database *database, const QueryList *list);

/* False once the connection is lost: close it and open another. */
bool database_alive(const Database *database);
int database_backend(const Database *database);

Status database_begin(Database *database);
Status database_commit(Database *database);

/* Rows of the transaction are gone after it. A lost connection is no fault here. */
void database_rollback(Database *database);

/* Runs text that is no prepared query: migrations, LISTEN, test fixtures. */
Status database_run(Database *database, const char *name, const char *text);

/*
 * Asks a prepared query. Rows are borrowed: they live until the transaction ends, or outside
 * one until the next question outside one. rows_out may be NULL.
 */
Status database_ask(Database *database, const Query *query, const Params *params, Rows **rows_out);

typedef struct Ask {
    const Query *query;
    const Params *params;
    Rows **rows_out;
} Ask;

/* Several questions in one round trip. */
Status database_ask_all(Database *database, const Ask *asks, size_t count);

/* The socket to wait on for notifications; database_notified takes in what has come, without waiting. */
int database_socket(const Database *database);
Status database_notified(Database *database, bool *notified_out);

/* parameters, in the order $1, $2, …; all borrow what they are given until the question is asked */
Params *params_new(Arena *arena);
void params_int2(Params *params, int16_t value);
void params_int4(Params *params, int32_t value);
void params_int8(Params *params, int64_t value);
void params_bool(Params *params, bool value);
void params_text(Params *params, const char *text); /* NULL is null */
void params_bytes(Params *params, Bytes bytes);
void params_day(Params *params, Day day);
void params_time_us(Params *params, int64_t time_us);

/* array parameters: a column grows one element at a time */
typedef enum ColumnType {
    COLUMN_BOOL,
    COLUMN_INT2,
    COLUMN_INT4,
    COLUMN_INT8,
    COLUMN_TEXT,
    COLUMN_BYTES,
    COLUMN_DAY,
    COLUMN_TIME,
} ColumnType;

Column *params_column(Params *params, ColumnType type);
void column_bool(Column *column, bool value);
void column_int(Column *column, int64_t value); /* of INT2, INT4 or INT8; aborts when it does not fit */
void column_text(Column *column, const char *text);
void column_bytes(Column *column, Bytes bytes);
void column_day(Column *column, Day day);
void column_time_us(Column *column, int64_t time_us);
void column_null(Column *column);

/* rows */
size_t rows_count(const Rows *rows);

/* The number of a column by its AS name; aborts when there is none, since the name is a contract with the query. */
int rows_column(const Rows *rows, const char *name);
bool rows_null(const Rows *rows, size_t row, int column);
bool rows_bool(const Rows *rows, size_t row, int column);
int64_t rows_int(const Rows *rows, size_t row, int column);      /* of any integer type; 0 when null */
const char *rows_text(const Rows *rows, size_t row, int column); /* "" when null */
Bytes rows_bytes(const Rows *rows, size_t row, int column);

/* The elements of a text[]; none when it is null. An element that is null is "". */
const char *const *rows_texts(const Rows *rows, Arena *arena, size_t row, int column, size_t *count_out);
Day rows_day(const Rows *rows, size_t row, int column); /* ±infinity are DAY_FIRST and DAY_LAST */
int64_t rows_time_us(const Rows *rows, size_t row, int column);
