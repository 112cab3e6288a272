#include "service/migrate.h"

#include "base/digest.h"
#include "process/log.h"
#include "service/sql.h"

#include <string.h>

static const char ONE_AT_A_TIME[] = "SELECT pg_advisory_lock(1885958500)";
static const char OTHERS_MAY[] = "SELECT pg_advisory_unlock(1885958500)";
static const char TABLE[] = "CREATE TABLE IF NOT EXISTS migration ("
                            "    name       text PRIMARY KEY,"
                            "    checksum   text NOT NULL,"
                            "    applied_at timestamptz NOT NULL DEFAULT clock_timestamp())";

static const char *checksum_of(Arena *arena, const Query *migration)
{
    Digest digest = digest_of((Bytes){(const uint8_t *)migration->text, strlen(migration->text)});
    return digest_write(&digest, arena_take(arena, DIGEST_TEXT_SIZE));
}

static const Query *find(const QueryList *const *lists, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < lists[i]->count; j++)
            if (strcmp(lists[i]->queries[j].name, name) == 0)
                return &lists[i]->queries[j];
    return NULL;
}

/* Every migration that ran must be one of ours, as it was. */
static Status check_history(const Rows *rows, Arena *arena, const QueryList *const *lists, size_t count)
{
    for (size_t row = 0; row < rows_count(rows); row++) {
        const char *name = rows_text(rows, row, rows_column(rows, "name"));
        const Query *migration = find(lists, count, name);
        if (!migration)
            return FAULT(STATUS_STOP,
                         "the tables have been through migration %s, which this program does not know: "
                         "start a newer program",
                         name);
        if (strcmp(checksum_of(arena, migration), rows_text(rows, row, rows_column(rows, "checksum"))) != 0)
            return FAULT(STATUS_STOP, "migration %s was changed after it ran: put it back and write a new one", name);
    }
    return STATUS_OK;
}

static bool ran(const Rows *rows, const char *name)
{
    for (size_t row = 0; row < rows_count(rows); row++)
        if (strcmp(rows_text(rows, row, rows_column(rows, "name")), name) == 0)
            return true;
    return false;
}

static Status run_one(Database *database, Arena *arena, const Query *migration)
{
    TRY(database_begin(database));
    TRY(database_run(database, migration->name, migration->text));
    Params *params = params_new(arena);
    params_text(params, migration->name);
    params_text(params, checksum_of(arena, migration));
    TRY(database_ask(database, SERVICE_NOTE_MIGRATION, params, NULL));
    TRY(database_commit(database));
    log_event(LOG_INFO, "MIGRATION-RAN", "name=%s", migration->name);
    return STATUS_OK;
}

static Status run_new_ones(Database *database, Arena *arena, const QueryList *const *lists, size_t count)
{
    TRY(database_run(database, "migration", TABLE));
    const QueryList questions[] = {{SERVICE_LOAD_MIGRATIONS, 1}, {SERVICE_NOTE_MIGRATION, 1}};
    for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++)
        TRY(database_prepare(database, &questions[i]));

    Rows *rows;
    TRY(database_ask(database, SERVICE_LOAD_MIGRATIONS, NULL, &rows));
    TRY(check_history(rows, arena, lists, count));

    const Query **waiting = arena_take_many(arena, 1000, sizeof(Query *));
    size_t waiting_count = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < lists[i]->count && waiting_count < 1000; j++)
            if (!ran(rows, lists[i]->queries[j].name))
                waiting[waiting_count++] = &lists[i]->queries[j];
    for (size_t i = 0; i < waiting_count; i++)
        TRY(run_one(database, arena, waiting[i]));
    return STATUS_OK;
}

Status migrate_all(Database *database, Arena *arena, const QueryList *const *lists, size_t count)
{
    TRY(database_run(database, "migration lock", ONE_AT_A_TIME));
    Status status = run_new_ones(database, arena, lists, count);
    if (status != STATUS_OK) {
        database_rollback(database);
        return status == STATUS_SET_ASIDE ? STATUS_STOP : status;
    }
    return database_run(database, "migration lock", OTHERS_MAY);
}
