/* The stand-in of common/db: one connection to a store. Every call is a step of the world. */
#include "db/database.h"

#include "db/copy.h"
#include "simulator/house.h"
#include "simulator/world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_FIRST = 10000, COPY_COLUMNS_MAX = 9 };

struct Database {
    Session *session;
    Arena *arena; /* of the rows of the transaction */
    bool in_transaction;
};

static Status lost(const char *doing)
{
    return FAULT(STATUS_RETRY, "%s: the connection is gone", doing);
}

/* Every question comes by here: another may go first, and the world may be away. */
static Status reach(Database *database, const char *doing)
{
    if (!world_step(doing))
        return world_no_more();
    if (database->session->dead)
        return lost(doing);
    if (world_chance(700)) {
        world.report->faults[SIMULATOR_REFUSED]++;
        database->session->failed = database->in_transaction;
        return FAULT(STATUS_RETRY, "%s: no space left on device", doing);
    }
    return STATUS_OK;
}

Status database_open(DatabaseSettings settings, Database **database_out)
{
    if (!world_step("connect"))
        return world_no_more();
    Session *session = session_open(&world.stores[house_number(settings.connection)]);
    if (!session)
        return lost("connect");
    Database *database = calloc(1, sizeof *database);
    if (!database)
        abort();
    database->session = session;
    database->arena = arena_new();
    *database_out = database;
    return STATUS_OK;
}

/* The server learns of a killed process later than its peers do. */
void database_close(Database *database)
{
    if (!database)
        return;
    if (world_gone() && !world.over) {
        database->session->orphan = true;
        database->session->ends_at_ms = world.now_ms + world_dice(400);
    } else {
        session_close(database->session);
    }
    arena_free(database->arena);
    free(database);
}

void database_closep(Database **database)
{
    database_close(*database);
    *database = NULL;
}

Status database_prepare(Database *database, const QueryList *list)
{
    (void)list;
    return reach(database, "prepare");
}

Status database_read_by_key(Database *database)
{
    return reach(database, "settings of the session");
}

Status database_run(Database *database, const char *name, const char *text)
{
    TRY(reach(database, name));
    if (strncmp(text, "LISTEN", 6) == 0)
        database->session->listens = true;
    return STATUS_OK;
}

Status database_begin(Database *database)
{
    arena_reset(database->arena);
    TRY(reach(database, "begin"));
    session_begin(database->session);
    database->in_transaction = true;
    return STATUS_OK;
}

/* A connection may be cut, or its process killed, on either side of the commit; then nobody knows whether it came. */
Status database_commit(Database *database)
{
    arena_reset(database->arena);
    database->in_transaction = false;
    TRY(reach(database, "commit"));
    if (database->session->failed)
        return FAULT(STATUS_RETRY, "commit: the transaction had failed before");
    session_commit(database->session);
    if (!world_step("committed"))
        return world_no_more();
    return database->session->dead ? lost("commit") : STATUS_OK;
}

void database_rollback(Database *database)
{
    arena_reset(database->arena);
    database->in_transaction = false;
    if (world_step("rollback") && !database->session->dead)
        session_rollback(database->session);
}

Status database_ask(Database *database, const Query *query, const Params *params, Rows **rows_out)
{
    if (!database->in_transaction)
        arena_reset(database->arena);
    TRY(reach(database, query->name));
    if (database->session->failed)
        return FAULT(STATUS_STOP, "%s: the transaction has failed", query->name);
    return session_ask(database->session, database->arena, query, params, rows_out);
}

Status database_ask_all(Database *database, const Ask *asks, size_t count)
{
    if (!database->in_transaction)
        arena_reset(database->arena);
    for (size_t i = 0; i < count; i++) {
        TRY(reach(database, asks[i].query->name));
        TRY(session_ask(database->session, database->arena, asks[i].query, asks[i].params, asks[i].rows_out));
    }
    return STATUS_OK;
}

int database_socket(const Database *database)
{
    return FILE_FIRST + database->session->store->house * SESSIONS_MAX + database->session->number;
}

bool session_readable(int file)
{
    int number = file - FILE_FIRST;
    const Session *session = &world.stores[number / SESSIONS_MAX].sessions[number % SESSIONS_MAX];
    return session->notified || session->dead;
}

Status database_notified(Database *database, bool *notified_out)
{
    TRY(reach(database, "listen"));
    *notified_out = database->session->notified;
    database->session->notified = false;
    return STATUS_OK;
}

/* ---- rows ---- */

size_t rows_count(const Rows *rows)
{
    return rows->count;
}

int rows_column(const Rows *rows, const char *name)
{
    for (int column = 0; column < rows->columns; column++)
        if (strcmp(rows->names[column], name) == 0)
            return column;
    fprintf(stderr, "the simulation gives no column \"%s\"\n", name);
    abort();
}

static const Cell *cell(const Rows *rows, size_t row, int column)
{
    return &rows->cells[row * (size_t)rows->columns + (size_t)column];
}

int64_t rows_int(const Rows *rows, size_t row, int column)
{
    return cell(rows, row, column)->number;
}

const char *rows_text(const Rows *rows, size_t row, int column)
{
    return cell(rows, row, column)->text;
}

Bytes rows_bytes(const Rows *rows, size_t row, int column)
{
    return cell(rows, row, column)->bytes;
}

Day rows_day(const Rows *rows, size_t row, int column)
{
    return (Day){(int32_t)cell(rows, row, column)->number};
}

int64_t rows_time_us(const Rows *rows, size_t row, int column)
{
    return cell(rows, row, column)->number;
}

/* ---- copy ---- */

typedef struct CopyRow CopyRow;
struct CopyRow {
    Cell cells[COPY_COLUMNS_MAX];
    CopyRow *next;
};

struct Copy {
    Database *database;
    Arena *arena;
    const char *table;
    CopyRow *first;
    CopyRow *last;
    int column;
};

Status copy_open(Database *database, Arena *arena, const char *table_and_columns, Copy **copy_out)
{
    TRY(reach(database, "copy"));
    Copy *copy = ARENA_NEW(arena, Copy);
    *copy = (Copy){.database = database, .arena = arena, .table = table_and_columns};
    *copy_out = copy;
    return STATUS_OK;
}

Status copy_close(Copy *copy)
{
    TRY(reach(copy->database, copy->table));
    for (const CopyRow *row = copy->first; row; row = row->next)
        TRY(session_copy(copy->database->session, copy->table, row->cells));
    return STATUS_OK;
}

void copy_row(Copy *copy, int16_t columns)
{
    if (columns > COPY_COLUMNS_MAX)
        abort();
    CopyRow *row = ARENA_NEW(copy->arena, CopyRow);
    if (copy->last)
        copy->last->next = row;
    else
        copy->first = row;
    copy->last = row;
    copy->column = 0;
}

static Cell *next_cell(Copy *copy)
{
    return &copy->last->cells[copy->column++];
}

void copy_int2(Copy *copy, int16_t value)
{
    next_cell(copy)->number = value;
}

void copy_int8(Copy *copy, int64_t value)
{
    next_cell(copy)->number = value;
}

void copy_text(Copy *copy, const char *text)
{
    next_cell(copy)->text = text;
}

void copy_bytes(Copy *copy, Bytes bytes)
{
    next_cell(copy)->bytes = bytes;
}

void copy_day(Copy *copy, Day day)
{
    next_cell(copy)->number = day.number;
}

void copy_time_us(Copy *copy, int64_t time_us)
{
    next_cell(copy)->number = time_us;
}
