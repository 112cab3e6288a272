/*
 * Observatory: monitoring's turn on a database of its own, fed with what billing says.
 */
#pragma once

#include "monitoring/house.h"
#include "monitoring/migrations.h"
#include "monitoring/sql.h"
#include "monitoring/turn.h"
#include "service/migrate.h"
#include "service/migrations.h"
#include "service/sql.h"
#include "services/monitoring/billing_says.h"
#include "support/database.h"
#include "support/unit.h"

#include <stdlib.h>

typedef struct Observatory {
    Arena *arena;
    Arena *turn_arena;
    char *connection;
    Database *database;
    MonitoringHouse house;
    Says says;
} Observatory;

static inline void must(Status status)
{
    if (status != STATUS_OK)
        fail_msg("%s: %s (%s)", status_name(status), fault_words(), fault_place());
}

static inline Database *observatory_connect(const Observatory *here)
{
    Database *database = test_database_open(here->connection);
    must(database_prepare(database, &service_sql));
    must(database_prepare(database, &monitoring_sql));
    return database;
}

static inline int observatory_setup(void **state)
{
    Observatory *here = calloc(1, sizeof *here);
    here->arena = arena_new();
    here->turn_arena = arena_new();
    here->connection = test_database_new();
    Database *database = test_database_open(here->connection);
    const QueryList *lists[] = {&service_migrations, &monitoring_migrations};
    must(migrate_all(database, here->arena, lists, COUNT(lists)));
    database_close(database);
    here->database = observatory_connect(here);
    here->house.library = library_new();
    here->says = says_new(here->arena);
    *state = here;
    return 0;
}

static inline int observatory_teardown(void **state)
{
    Observatory *here = *state;
    library_free(here->house.library);
    database_close(here->database);
    test_database_drop(here->connection);
    arena_free(here->turn_arena);
    arena_free(here->arena);
    free(here);
    return 0;
}

/* One turn, committed when it is well. */
static inline Status observatory_take(Observatory *here, const Heard *messages, size_t count, Turn *turn_out)
{
    arena_reset(here->turn_arena);
    Turn turn = {.arena = here->turn_arena, .database = here->database, .house = &here->house, .taken = count};
    must(database_begin(here->database));
    Status status = monitoring_turn(&turn, (Batch){messages, count});
    if (status == STATUS_OK)
        must(database_commit(here->database));
    else
        database_rollback(here->database);
    if (turn_out)
        *turn_out = turn;
    return status;
}

static inline void observatory_hear(Observatory *here, size_t batch)
{
    const Says *says = &here->says;
    for (size_t first = 0; first < says->count; first += batch)
        must(observatory_take(here, says->heard + first, says->count - first < batch ? says->count - first : batch,
                              NULL));
}

static inline int64_t observatory_number(Observatory *here, const char *question)
{
    return test_database_number(here->database, question);
}
