#include "services/intake/desk.h"

#include "intake/migrations.h"
#include "intake/sql.h"
#include "process/child.h"
#include "proto/door.pb-c.h"
#include "service/migrate.h"
#include "service/migrations.h"
#include "service/sql.h"
#include "support/database.h"
#include "support/unit.h"

#include <stdlib.h>
#include <unistd.h>

static const char *const NO_SETTINGS[] = {NULL};
static const char *const ALL[] = {"*"};
static const char *const DELFT[] = {"0503"};

static Sender operators[] = {
    {.key = KEY_A, .owner = "operator-a", .is_operator = true, .municipalities = ALL, .municipality_count = 1},
    {.key = KEY_B, .owner = "operator-b", .is_operator = true, .municipalities = ALL, .municipality_count = 1},
    {.key = KEY_DELFT,
     .owner = "operator-delft",
     .is_operator = true,
     .municipalities = DELFT,
     .municipality_count = 1},
};

static void must(Status status)
{
    if (status != STATUS_OK)
        fail_msg("%s: %s (%s)", status_name(status), fault_words(), fault_place());
}

static Vault *vault_for_tests(void)
{
    char file[] = "/tmp/picq-vault-XXXXXX";
    int descriptor = mkstemp(file);
    assert_true(descriptor >= 0);
    for (int i = 0; i < 64; i++)
        assert_int_equal(write(descriptor, "5", 1), 1);
    close(descriptor);
    Vault *vault;
    must(vault_open(file, &vault));
    unlink(file);
    return vault;
}

static Turn turn_of(Desk *desk)
{
    return (Turn){.arena = desk->arena, .database = desk->database, .house = &desk->house};
}

static Desk *open_desk(char *connection)
{
    Arena *arena = arena_new();
    Desk *desk = ARENA_NEW(arena, Desk);
    desk->arena = arena;
    desk->connection = connection;
    desk->database = test_database_open(connection);
    desk->house.vault = vault_for_tests();
    desk->house.operators = operators;
    desk->house.operator_count = COUNT(operators);
    desk->house.reader = child_new(READER_PROGRAM, NO_SETTINGS);
    return desk;
}

static void prepare(Desk *desk)
{
    must(database_prepare(desk->database, &service_sql));
    must(database_prepare(desk->database, &intake_sql));
    Turn turn = turn_of(desk);
    must(intake_door_turns.open(&turn));
}

static void migrate(const char *connection)
{
    const QueryList *lists[] = {&service_migrations, &intake_migrations};
    Arena *arena = arena_new();
    Database *database = test_database_open(connection);
    must(migrate_all(database, arena, lists, COUNT(lists)));
    database_close(database);
    arena_free(arena);
}

Desk *desk_new(void)
{
    char *connection = test_database_new();
    migrate(connection);
    Desk *desk = open_desk(connection);
    prepare(desk);

    static const char *const BEGIN[] = {
        "{\"id\":\"begin\",\"new_day\":{\"day\":\"2020-01-01\"}}",
        "{\"id\":\"key-one\",\"key_given\":{\"key\":\"" KEY_ONE "\",\"owner\":\"one\",\"providers\":[{\"provider\":"
        "\"90000001\"}]}}",
        "{\"id\":\"key-gateway\",\"key_given\":{\"key\":\"" KEY_GATEWAY "\",\"owner\":\"gateway\",\"providers\":"
        "[{\"provider\":\"90000001\"},{\"provider\":\"90000002\"}]}}",
    };
    desk_say_all(desk, KEY_A, BEGIN, COUNT(BEGIN));
    return desk;
}

Desk *desk_beside(const Desk *desk)
{
    Desk *beside = open_desk(strdup(desk->connection));
    prepare(beside);
    return beside;
}

void desk_free(Desk *desk)
{
    database_close(desk->database);
    for (size_t i = 0; i < desk->house.books.count; i++)
        book_free(desk->house.shelf[i]);
    vault_close(desk->house.vault);
    child_free(desk->house.reader);
    free(desk->connection);
    arena_free(desk->arena);
}

void desk_say_all(Desk *desk, const char *key, const char *const *lines, size_t count)
{
    Turn turn = turn_of(desk);
    Knock *knocks = ARENA_MANY(desk->arena, Knock, count);
    for (size_t i = 0; i < count; i++)
        knocks[i] = (Knock){.key = key, .number = i + 1, .line = {(const uint8_t *)lines[i], strlen(lines[i])}};
    desk->receipts = ARENA_MANY(desk->arena, Bytes, count);
    size_t taken;
    must(intake_door_turns.admit(&turn, knocks, count, desk->receipts, &taken));
    assert_int_equal(taken, count);
}

static void say_knock(Desk *desk, const Knock *knock)
{
    Turn turn = turn_of(desk);
    desk->receipts = ARENA_MANY(desk->arena, Bytes, 1);
    size_t taken;
    must(intake_door_turns.admit(&turn, knock, 1, desk->receipts, &taken));
    assert_int_equal(taken, 1);
}

const char *desk_send(Desk *desk, const char *key, Bytes file)
{
    say_knock(desk, &(const Knock){.key = key, .number = 1, .line = file, .is_national = true});
    return desk_code(desk, 0);
}

static const Door__Receipt *receipt(const Desk *desk, size_t number)
{
    const Door__FromDoor *frame = message_unpack(desk->arena, &door__from_door__descriptor, desk->receipts[number]);
    assert_non_null(frame);
    assert_int_equal(frame->receipt->number, number + 1);
    return frame->receipt;
}

const char *desk_code(const Desk *desk, size_t number)
{
    return receipt(desk, number)->code;
}

const char *desk_message_id(const Desk *desk)
{
    return receipt(desk, 0)->message_id;
}

const char *desk_sentence(const Desk *desk)
{
    return receipt(desk, 0)->sentence;
}

bool desk_heard_before(const Desk *desk, size_t number)
{
    return receipt(desk, number)->heard_before;
}

const char *desk_say(Desk *desk, const char *key, const char *line)
{
    desk_say_all(desk, key, &line, 1);
    return desk_code(desk, 0);
}

const char *desk_read(Desk *desk, const char *key, const char *municipality, const char *provider, int64_t after)
{
    Turn turn = turn_of(desk);
    Reading reading = {.number = 1, .municipality = municipality, .provider = provider, .after = after};
    Bytes bytes = {0};
    const char *address;
    must(intake_door_turns.read(&turn, key, &reading, &bytes, &address));
    const Door__FromDoor *frame = message_unpack(desk->arena, &door__from_door__descriptor, bytes);
    assert_non_null(frame);
    if (*frame->mailbox->refusal)
        return "refusal";
    const char *lines = "";
    for (size_t i = 0; i < frame->mailbox->n_letters; i++) {
        ProtobufCBinaryData line = frame->mailbox->letters[i]->message;
        lines = arena_format(desk->arena, "%s%.*s\n", lines, (int)line.len, (const char *)line.data);
    }
    return lines;
}

int64_t desk_number(const Desk *desk, const char *question)
{
    return test_database_number(desk->database, question);
}

char *desk_text(const Desk *desk, const char *question)
{
    const Query query = {"", question};
    const QueryList list = {&query, 1};
    Rows *rows;
    must(database_prepare(desk->database, &list));
    must(database_ask(desk->database, &query, NULL, &rows));
    return arena_text(desk->arena, rows_count(rows) ? rows_text(rows, 0, 0) : "");
}

const Intake__Fact *desk_fact(const Desk *desk, const char *id)
{
    const Query query = {"", arena_format(desk->arena, "SELECT data FROM outbox WHERE id = '%s'", id)};
    const QueryList list = {&query, 1};
    Rows *rows;
    must(database_prepare(desk->database, &list));
    must(database_ask(desk->database, &query, NULL, &rows));
    assert_int_equal(rows_count(rows), 1);
    const Intake__Fact *fact = message_unpack(desk->arena, &intake__fact__descriptor, rows_bytes(rows, 0, 0));
    assert_non_null(fact);
    return fact;
}
