#include "support/turns.h"

#include "service/migrate.h"
#include "service/migrations.h"
#include "service/sql.h"
#include "support/database.h"
#include "support/unit.h"

#include <stdlib.h>

static void must(Status status)
{
    if (status != STATUS_OK)
        fail_msg("%s: %s (%s)", status_name(status), fault_words(), fault_place());
}

static void connect(TestTurns *turns)
{
    turns->database = test_database_open(turns->connection);
    must(database_read_by_key(turns->database)); /* as the loop does */
    must(database_prepare(turns->database, &service_sql));
    must(database_prepare(turns->database, turns->queries));
}

TestTurns *test_turns_new(const char *name, const QueryList *queries, const QueryList *migrations, TurnFunction *turn,
                          void *house)
{
    TestTurns *turns = calloc(1, sizeof *turns);
    *turns = (TestTurns){
        .arena = arena_new(),
        .connection = test_database_new(),
        .queries = queries,
        .name = name,
        .turn = turn,
        .house = house,
    };
    Database *database = test_database_open(turns->connection);
    const QueryList *lists[] = {&service_migrations, migrations};
    must(migrate_all(database, turns->arena, lists, 2));
    database_close(database);
    connect(turns);
    return turns;
}

TestTurns *test_turns_peer(const TestTurns *turns, void *house)
{
    TestTurns *peer = calloc(1, sizeof *peer);
    *peer = *turns;
    peer->arena = arena_new();
    peer->house = house;
    peer->is_peer = true;
    connect(peer);
    return peer;
}

void test_turns_free(TestTurns *turns)
{
    database_close(turns->database);
    if (!turns->is_peer)
        test_database_drop(turns->connection);
    arena_free(turns->arena);
    free(turns);
}

static Status take(TestTurns *turns, Turn *turn, Batch batch)
{
    TRY(database_begin(turns->database));
    turn_begin(turn, turns->name, turns->said);
    TRY(turns->turn(turn, batch));

    size_t count;
    Said *said = turn_said(turn, &count);
    TRY(outbox_reserve(turns->database, turn->arena, said, count));
    TRY(outbox_write(turns->database, turn->arena, said, count));
    if (turns->rolls_back)
        return FAULT(STATUS_RETRY, "the world is away");
    TRY(database_commit(turns->database));
    if (turns->committed)
        turns->committed(turns->house);
    bool more = turn->more.size > 0;
    turns->said = more ? turn_said_after(turn, &batch.messages[turn->taken]) : 0;
    turns->cursor = (Bytes){arena_copy(turns->arena, turn->more.data, turn->more.size), turn->more.size};
    return STATUS_OK;
}

Status test_turns_try(TestTurns *turns, const Heard *messages, size_t count, size_t *taken_out)
{
    Arena *arena = arena_new();
    Turn turn = {
        .arena = arena, .database = turns->database, .house = turns->house, .taken = count, .cursor = turns->cursor};
    Status status = take(turns, &turn, (Batch){messages, count});
    if (status != STATUS_OK)
        database_rollback(turns->database);
    if (taken_out)
        *taken_out = turn.taken;
    arena_free(arena);
    return status;
}

void test_turns_hear(TestTurns *turns, const Heard *messages, size_t count, size_t batch_max)
{
    while (count > 0) {
        bool cut = turns->cursor.size > 0;
        size_t batch = cut ? 1 : count < batch_max ? count : batch_max;
        size_t taken;
        must(test_turns_try(turns, messages, batch, &taken));
        assert_true(taken > 0 || turns->cursor.size > 0);
        messages += taken;
        count -= taken;
    }
}

Bytes test_turns_said(TestTurns *turns, const char *id)
{
    char *text = arena_format(turns->arena, "SELECT data FROM outbox WHERE id = '%s'", id);
    Query query = {"", text};
    must(database_prepare(turns->database, &(QueryList){&query, 1}));
    Rows *rows;
    must(database_ask(turns->database, &query, NULL, &rows));
    if (rows_count(rows) != 1)
        fail_msg("%zu messages said as %s", rows_count(rows), id);
    Bytes data = rows_bytes(rows, 0, 0);
    return (Bytes){arena_copy(turns->arena, data.data, data.size), data.size};
}
