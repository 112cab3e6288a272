#include "service/loop.h"

#include "db/copy.h"
#include "service/aside.h"
#include "support/database.h"
#include "support/street.h"
#include "support/unit.h"

#include "proto/street.pb-c.h"

#include <stdlib.h>

/*
 * A house that keeps one row for each message and says one after it. Words of a text make it
 * stumble: "poison" breaks a rule of its table, "long N" takes N turns, "newer" is not understood.
 */

static const char *text_of(Arena *arena, const Heard *heard)
{
    return arena_text_sized(arena, (const char *)heard->data.data, heard->data.size);
}

static Status keep_effect(Turn *turn, Batch batch, size_t count)
{
    Copy *copy;
    TRY(copy_open(turn->database, turn->arena, "effect(partition, position, id, text, mended)", &copy));
    for (size_t i = 0; i < count; i++) {
        const Heard *heard = &batch.messages[i];
        copy_row(copy, 5);
        copy_int2(copy, heard->partition);
        copy_int8(copy, heard->position);
        copy_text(copy, heard->id);
        copy_text(copy, text_of(turn->arena, heard));
        copy_bool(copy, turn->house != NULL);
    }
    return copy_close(copy);
}

/* One step of long work; the cursor is the number of steps that are done. */
static Status take_step(Turn *turn, const Heard *heard, int steps)
{
    int done = turn->cursor.size > 0 ? turn->cursor.data[0] : 0;
    turn_say_bytes(turn, heard, "test.Step", heard->data);
    turn_say_bytes(turn, heard, "test.Step", heard->data);
    if (done + 1 < steps) {
        uint8_t *cursor = arena_take(turn->arena, 1);
        cursor[0] = (uint8_t)(done + 1);
        turn->more = (Bytes){cursor, 1};
    }
    return STATUS_OK;
}

static Status turn_of_test(Turn *turn, Batch batch)
{
    size_t count = 0;
    for (; count < batch.count; count++) {
        const Heard *heard = &batch.messages[count];
        const char *text = text_of(turn->arena, heard);
        int steps;
        bool is_long =
            sscanf(text, "long %d", &steps) == 1 || (turn->house && sscanf(text, "poison long %d", &steps) == 1);
        if (is_long && count == 0) {
            TRY(take_step(turn, heard, steps));
            if (turn->more.size > 0) {
                turn->taken = 0;
                return STATUS_OK;
            }
            count = 1;
            break;
        }
        if (strncmp(text, "long", 4) == 0)
            break;
        if (strncmp(text, "newer", 5) == 0) {
            turn->waits = true;
            break;
        }
        turn_say_bytes(turn, heard, "test.Text", heard->data);
    }
    turn->taken = count;
    return keep_effect(turn, batch, count);
}

static const ServiceCard CARD = {.name = "house", .sources = {"neighbour"}, .turn = turn_of_test};

static const char TABLE[] =
    "CREATE TABLE effect (partition smallint, position bigint, id text, text text, mended boolean,"
    " PRIMARY KEY (partition, position), CHECK (mended OR text NOT LIKE 'poison%'))";

static int setup(void **state)
{
    TestStreet *street = test_street_new();
    test_database_run(street->house_database, TABLE);
    *state = street;
    return 0;
}

static int teardown(void **state)
{
    test_street_free(*state);
    return 0;
}

/* Every position from 1 on, in each partition, in what was kept and in what was said. */
static void assert_dense(TestStreet *street)
{
    assert_int_equal(test_database_number(street->house_database,
                                          "SELECT count(*) FROM (SELECT partition FROM effect GROUP BY partition"
                                          " HAVING max(position) <> count(*)) AS gap"),
                     0);
    assert_int_equal(test_database_number(street->house_database,
                                          "SELECT count(*) FROM (SELECT partition FROM outbox GROUP BY partition"
                                          " HAVING max(position) <> count(*)) AS gap"),
                     0);
}

/* Every message that was taken stands in one turn, and what was said after it in the same. */
static void assert_noted(TestStreet *street)
{
    assert_int_equal(test_database_number(street->house_database,
                                          "SELECT count(*) FROM effect WHERE 1 <> (SELECT count(*) FROM turn_taken"
                                          " WHERE turn_taken.partition = effect.partition AND source = 'neighbour'"
                                          "   AND effect.position BETWEEN first_position AND last_position)"),
                     0);
    assert_int_equal(
        test_database_number(street->house_database,
                             "SELECT count(*) FROM outbox JOIN effect ON outbox.partition = effect.partition"
                             "   AND outbox.id = effect.id || '/house.1'"
                             " WHERE NOT EXISTS (SELECT 1 FROM turn_taken WHERE turn_taken.partition = effect.partition"
                             "   AND effect.position BETWEEN first_position AND last_position"
                             "   AND outbox.position BETWEEN said_first AND said_last)"),
        0);
}

static void what_a_neighbour_says_is_heard_once_and_in_order(void **state)
{
    TestStreet *street = *state;
    test_street_say_many(street, 5000, "before");
    test_street_start(street, 0, &CARD, 2000);
    test_street_await(street, "SELECT count(*) FROM effect", 5000);
    test_street_say_many(street, 777, "after");
    test_street_await(street, "SELECT count(*) FROM effect", 5777);
    assert_dense(street);
    assert_noted(street);
    assert_int_equal(test_database_number(street->house_database, "SELECT count(*) FROM outbox"), 5777);
    assert_int_equal(test_database_number(street->house_database,
                                          "SELECT count(*) FROM outbox JOIN effect USING (partition, position)"
                                          " WHERE outbox.id = effect.id || '/house.1'"
                                          "   AND outbox.known_day = '2020-06-08'"),
                     5777);
    assert_int_equal(test_database_number(street->house_database, "SELECT count(*) FROM inbox WHERE head <> position"),
                     0);
}

static void a_message_that_cannot_be_handled_is_put_aside_alone(void **state)
{
    TestStreet *street = *state;
    test_street_say_many(street, 300, "well");
    test_street_say(street, 5, "poison");
    test_street_say(street, 5, "behind it");
    test_street_say(street, 6, "poison too");
    test_street_say_many(street, 300, "well");
    test_street_start(street, 0, &CARD, 2000);
    test_street_await(street, "SELECT count(*) FROM effect", 601);
    test_street_await(street, "SELECT count(*) FROM set_aside WHERE state = 'ASIDE' AND reason LIKE '%23514%'", 2);
    assert_int_equal(
        test_database_number(street->house_database, "SELECT count(*) FROM outbox WHERE type = 'street.SetAside'"), 2);
    assert_int_equal(test_database_number(street->house_database, "SELECT count(*) FROM outbox"), 603);
    assert_int_equal(street->replicas[0].counts.aside, 2);
}

/* A person's word on a message put aside, as the neighbour passes it on. */
static void say_decision(TestStreet *street, const char *type, const char *house, const char *id)
{
    Street__Retried word = STREET__RETRIED__INIT;
    word.house = arena_text(street->arena, house);
    word.id = arena_text(street->arena, id);
    word.reason = arena_text(street->arena, "looked at");
    Said said = {
        .partition = 5,
        .id = arena_format(street->arena, "decision-on-%s-%s-%s", type, house, id),
        .type = type,
        .subject = "0503/90000001",
        .known = day_of(2020, 6, 9),
        .data = message_pack(street->arena, &word.base),
    };
    assert_int_equal(database_begin(street->neighbour_database), STATUS_OK);
    assert_int_equal(outbox_reserve(street->neighbour_database, street->arena, &said, 1), STATUS_OK);
    assert_int_equal(outbox_write(street->neighbour_database, street->arena, &said, 1), STATUS_OK);
    assert_int_equal(database_commit(street->neighbour_database), STATUS_OK);
}

static void what_was_put_aside_is_retried_or_dropped_when_a_person_says_so(void **state)
{
    TestStreet *street = *state;
    test_street_say(street, 5, "poison one");
    test_street_say(street, 5, "poison two");
    test_street_start(street, 0, &CARD, 10);
    test_street_await(street, "SELECT count(*) FROM set_aside", 2);

    Rows *rows;
    Query ids = {"test.ids", "SELECT id AS id FROM set_aside ORDER BY position"};
    assert_int_equal(database_prepare(street->house_database, &(QueryList){&ids, 1}), STATUS_OK);
    assert_int_equal(database_ask(street->house_database, &ids, NULL, &rows), STATUS_OK);
    const char *one = arena_text(street->arena, rows_text(rows, 0, 0));
    const char *two = arena_text(street->arena, rows_text(rows, 1, 0));

    test_street_stop(street, 0);
    test_street_start(street, 0, &CARD, 10);
    street->replicas[0].loop.house = street; /* mended */
    say_decision(street, ASIDE_RETRIED, "elsewhere", one);
    say_decision(street, ASIDE_RETRIED, "house", one);
    say_decision(street, ASIDE_DROPPED, "house", two);
    test_street_await(street, "SELECT count(*) FROM set_aside WHERE state <> 'ASIDE'", 2);
    assert_int_equal(
        test_database_number(street->house_database, "SELECT count(*) FROM effect WHERE text = 'poison one'"), 1);
    assert_int_equal(test_database_number(street->house_database, "SELECT count(*) FROM effect"), 1);
    assert_int_equal(
        test_database_number(street->house_database, "SELECT count(*) FROM outbox WHERE type = 'street.Retried'"), 1);
    assert_int_equal(
        test_database_number(street->house_database,
                             "SELECT count(*) FROM outbox WHERE type = 'test.Text' AND known_day = '2020-06-09'"),
        1);
    assert_int_equal(test_database_number(street->house_database,
                                          "SELECT count(*) FROM set_aside WHERE decided_reason = 'looked at'"
                                          " AND decided_day = '2020-06-09' AND decided_id = 'decision-on-street.' ||"
                                          " initcap(state) || '-house-' || id"),
                     2);
}

/* Long work that was put aside is cut when it is retried, like any other. */
static void long_work_that_is_retried_is_done_to_its_end(void **state)
{
    TestStreet *street = *state;
    test_street_say(street, 5, "poison long 4");
    test_street_start(street, 0, &CARD, 10);
    test_street_await(street, "SELECT count(*) FROM set_aside", 1);
    Rows *rows;
    Query ids = {"test.ids", "SELECT id AS id FROM set_aside"};
    assert_int_equal(database_prepare(street->house_database, &(QueryList){&ids, 1}), STATUS_OK);
    assert_int_equal(database_ask(street->house_database, &ids, NULL, &rows), STATUS_OK);
    const char *id = arena_text(street->arena, rows_text(rows, 0, 0));

    test_street_stop(street, 0);
    test_street_start(street, 0, &CARD, 10);
    street->replicas[0].loop.house = street; /* mended */
    say_decision(street, ASIDE_RETRIED, "house", id);
    test_street_say(street, 5, "after");
    test_street_await(street, "SELECT count(*) FROM effect WHERE text = 'after'", 1);
    assert_int_equal(
        test_database_number(street->house_database, "SELECT count(DISTINCT id) FROM outbox WHERE type = 'test.Step'"),
        8);
    assert_int_equal(
        test_database_number(street->house_database, "SELECT count(*) FROM set_aside WHERE state = 'RETRIED'"), 1);
}

static void long_work_is_cut_and_its_ids_count_on(void **state)
{
    TestStreet *street = *state;
    test_street_say(street, 9, "first");
    test_street_say(street, 9, "long 5");
    test_street_say(street, 9, "last");
    test_street_say(street, 10, "beside");
    test_street_start(street, 0, &CARD, 100);
    test_street_await(street, "SELECT count(*) FROM effect", 4);
    assert_int_equal(street->replicas[0].counts.cuts, 4);
    assert_int_equal(
        test_database_number(street->house_database, "SELECT count(DISTINCT id) FROM outbox WHERE type = 'test.Step'"),
        10);
    assert_int_equal(
        test_database_number(street->house_database,
                             "SELECT count(*) FROM outbox WHERE type = 'test.Step' AND id LIKE '%/house.10'"),
        1);
    /* each cut is noted, with what it said of the message that it began */
    assert_int_equal(test_database_number(street->house_database, "SELECT count(*) FROM turn_taken WHERE partition = 9"
                                                                  " AND 2 BETWEEN first_position AND last_position"),
                     5);
    assert_int_equal(test_database_number(street->house_database,
                                          "SELECT count(*) FROM outbox JOIN turn_taken USING (partition)"
                                          " WHERE type = 'test.Step' AND 2 BETWEEN first_position AND last_position"
                                          "   AND outbox.position BETWEEN said_first AND said_last"),
                     10);
    assert_dense(street);
}

static void a_meaning_that_is_not_known_waits_for_the_upgrade_and_others_go_on(void **state)
{
    TestStreet *street = *state;
    test_street_say(street, 3, "known");
    test_street_say(street, 3, "newer");
    test_street_say(street, 3, "behind it");
    test_street_say_many(street, 64, "others");
    test_street_start(street, 0, &CARD, 100);
    test_street_await(street, "SELECT count(*) FROM effect", 64); /* all but the one behind it in its partition */
    test_street_await(street, "SELECT count(*) FROM inbox WHERE state = 'WAITING' AND partition = 3 AND position = 1",
                      1);
    assert_int_equal(test_database_number(street->house_database, "SELECT count(*) FROM set_aside"), 0);
}

/* A count of the loop, once it is so. */
static void await_count(const _Atomic int64_t *count, int64_t expected)
{
    for (int tries = 0; tries < 400 && *count != expected; tries++)
        nanosleep(&(struct timespec){.tv_nsec = 25000000}, NULL);
    assert_int_equal(*count, expected);
}

static void what_waits_is_counted_with_its_age_and_what_lies_aside_too(void **state)
{
    static const int64_t SAID_US = 1591574400000000;
    TestStreet *street = *state;
    const LoopCounts *counts = &street->replicas[0].counts;
    test_street_say(street, 3, "newer");
    test_street_say(street, 3, "behind it");
    test_street_say(street, 5, "poison");
    test_street_start(street, 0, &CARD, 100);
    await_count(&counts->waiting, 2);
    await_count(&counts->oldest_us, SAID_US);
    await_count(&counts->aside_now, 1);
    await_count(&counts->replicas, 1);

    /* a person drops what lies aside, and it is counted no more */
    test_database_run(street->house_database, "UPDATE set_aside SET state = 'DROPPED'");
    await_count(&counts->aside_now, 0);
    await_count(&counts->stopped, 1);
}

static void nothing_waits_when_all_is_heard(void **state)
{
    TestStreet *street = *state;
    test_street_say_many(street, 640, "well");
    test_street_start(street, 0, &CARD, 100);
    test_street_await(street, "SELECT count(*) FROM effect", 640);
    await_count(&street->replicas[0].counts.waiting, 0);
    await_count(&street->replicas[0].counts.oldest_us, 0);
}

static void another_history_stops_its_partition_and_no_other(void **state)
{
    TestStreet *street = *state;
    test_street_say_many(street, 128, "before");
    test_street_start(street, 0, &CARD, 100);
    test_street_await(street, "SELECT count(*) FROM effect", 128);
    test_database_run(street->neighbour_database,
                      "UPDATE outbox SET id = 'rewritten' WHERE partition = 7 AND position = 2");
    test_street_say_many(street, 64, "after");
    test_street_await(street, "SELECT count(*) FROM effect", 128 + 63);
    test_street_await(street, "SELECT count(*) FROM inbox WHERE state = 'DIVERGED' AND partition = 7 AND position = 2",
                      1);
}

static void a_restored_neighbour_is_waited_for(void **state)
{
    TestStreet *street = *state;
    test_street_say_many(street, 128, "before");
    test_street_start(street, 0, &CARD, 100);
    test_street_await(street, "SELECT count(*) FROM effect", 128);
    test_database_run(street->neighbour_database,
                      "CREATE TABLE lost AS SELECT * FROM outbox WHERE partition = 7 AND position = 2");
    test_database_run(street->neighbour_database, "DELETE FROM outbox WHERE partition = 7 AND position = 2");
    test_database_run(street->neighbour_database, "UPDATE outbox_head SET position = 1 WHERE partition = 7");
    test_street_await(street, "SELECT count(*) FROM inbox WHERE state = 'BEHIND' AND partition = 7", 1);
    test_database_run(street->neighbour_database, "INSERT INTO outbox SELECT * FROM lost");
    test_database_run(street->neighbour_database, "UPDATE outbox_head SET position = 2 WHERE partition = 7");
    test_street_await(street, "SELECT count(*) FROM inbox WHERE state = 'HEARING' AND partition = 7", 1);
    test_street_say(street, 7, "after");
    test_street_await(street, "SELECT count(*) FROM effect", 129);
}

static void connections_that_are_cut_lose_nothing_and_repeat_nothing(void **state)
{
    TestStreet *street = *state;
    test_street_start(street, 0, &CARD, 50);
    for (int cut = 0; cut < 5; cut++) {
        test_street_say_many(street, 1000, "on");
        test_database_run(street->house_database, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                                  " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        test_database_run(street->neighbour_database,
                          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                          " WHERE datname = current_database() AND pid <> pg_backend_pid()");
    }
    test_street_await(street, "SELECT count(*) FROM effect", 5000);
    assert_dense(street);
    assert_int_equal(test_database_number(street->house_database, "SELECT count(*) FROM outbox"), 5000);
}

static void replicas_share_the_partitions_evenly(void **state)
{
    TestStreet *street = *state;
    static const char CLAIMED[] =
        "SELECT max(n) * 1000 + min(n) * 10 + count(*) FROM (SELECT count(*) AS n FROM pg_locks"
        " WHERE locktype = 'advisory' AND classid = 1885958499 AND granted"
        "   AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " GROUP BY pid) AS claims";
    test_street_start(street, 0, &CARD, 50);
    test_street_await(street, CLAIMED, 64 * 1000 + 64 * 10 + 1);
    test_street_start(street, 1, &CARD, 50);
    test_street_await(street, CLAIMED, 32 * 1000 + 32 * 10 + 2);
    test_street_start(street, 2, &CARD, 50);
    test_street_await(street, CLAIMED, 22 * 1000 + 21 * 10 + 3);
    test_street_say_many(street, 3000, "shared");
    test_street_await(street, "SELECT count(*) FROM effect", 3000);
    test_street_stop(street, 1);
    test_street_await(street, CLAIMED, 32 * 1000 + 32 * 10 + 2);
    test_street_say_many(street, 640, "shared");
    test_street_await(street, "SELECT count(*) FROM effect", 3640);
    assert_dense(street);
}

/* A digest of all that is kept and said. */
static int64_t digest_of_tables(TestStreet *street)
{
    return test_database_number(
        street->house_database,
        "SELECT ('x' || left(md5((SELECT string_agg(effect::text, ';' ORDER BY partition, position)"
        " FROM effect) || (SELECT string_agg(outbox::text, ';' ORDER BY partition, position)"
        " FROM outbox)), 15))::bit(60)::bigint");
}

static void batches_of_any_size_and_replicas_of_any_number_give_equal_tables(void **state)
{
    TestStreet *street = *state;
    test_street_say_many(street, 600, "well");
    test_street_say(street, 5, "poison");
    test_street_say(street, 9, "long 3");
    test_street_say_many(street, 100, "well");

    static const struct {
        int batch, replicas;
    } RUNS[] = {{500, 1}, {1, 1}, {7, 1}, {500, 3}, {7, 3}};
    int64_t expected = 0;
    for (size_t run = 0; run < COUNT(RUNS); run++) {
        for (int i = 0; i < RUNS[run].replicas; i++)
            test_street_start(street, i, &CARD, RUNS[run].batch);
        test_street_await(street, "SELECT count(*) FROM effect", 701);
        test_street_await(street, "SELECT count(*) FROM set_aside", 1);
        for (int i = 0; i < RUNS[run].replicas; i++)
            test_street_stop(street, i);
        int64_t digest = digest_of_tables(street);
        if (run == 0)
            expected = digest;
        assert_int_equal(digest, expected);
        test_database_run(street->house_database, "TRUNCATE effect, outbox, inbox, set_aside;"
                                                  "UPDATE outbox_head SET position = 0, id = ''");
    }
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, setup, teardown)
    const struct CMUnitTest tests[] = {
        STORY(what_a_neighbour_says_is_heard_once_and_in_order),
        STORY(a_message_that_cannot_be_handled_is_put_aside_alone),
        STORY(what_was_put_aside_is_retried_or_dropped_when_a_person_says_so),
        STORY(long_work_that_is_retried_is_done_to_its_end),
        STORY(long_work_is_cut_and_its_ids_count_on),
        STORY(a_meaning_that_is_not_known_waits_for_the_upgrade_and_others_go_on),
        STORY(what_waits_is_counted_with_its_age_and_what_lies_aside_too),
        STORY(nothing_waits_when_all_is_heard),
        STORY(another_history_stops_its_partition_and_no_other),
        STORY(a_restored_neighbour_is_waited_for),
        STORY(connections_that_are_cut_lose_nothing_and_repeat_nothing),
        STORY(replicas_share_the_partitions_evenly),
        STORY(batches_of_any_size_and_replicas_of_any_number_give_equal_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
