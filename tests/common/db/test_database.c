#include "db/copy.h"
#include "db/database.h"

#include "support/database.h"
#include "support/unit.h"

static const Query QUERIES[] = {
    {"test.echo", "SELECT one.a AS a, one.b AS b, one.c AS c, one.d AS d, one.e AS e, one.f AS f"
                  "  FROM unnest($1::smallint[], $2::bigint[], $3::text[], $4::date[], $5::bytea[], $6::timestamptz[])"
                  "       AS one(a, b, c, d, e, f)"},
    {"test.single", "SELECT $1::smallint AS a, $2::integer AS b, $3::bigint AS c, $4::text AS d, $5::date AS e,"
                    "       $6::bytea AS f, $7::boolean AS g, $8::timestamptz AS h"},
    {"test.divide", "SELECT 1 / $1::integer AS quotient"},
};
static const QueryList LIST = {QUERIES, COUNT(QUERIES)};

typedef struct World {
    Arena *arena;
    char *connection;
    Database *database;
} World;

static int setup(void **state)
{
    static World world;
    world.arena = arena_new();
    world.connection = test_database_new();
    world.database = test_database_open(world.connection);
    assert_int_equal(database_prepare(world.database, &LIST), STATUS_OK);
    *state = &world;
    return 0;
}

static int teardown(void **state)
{
    World *world = *state;
    database_close(world->database);
    test_database_drop(world->connection);
    arena_free(world->arena);
    return 0;
}

static void what_goes_in_as_arrays_comes_out_as_rows(void **state)
{
    World *world = *state;
    Params *params = params_new(world->arena);
    Column *a = params_column(params, COLUMN_INT2);
    Column *b = params_column(params, COLUMN_INT8);
    Column *c = params_column(params, COLUMN_TEXT);
    Column *d = params_column(params, COLUMN_DAY);
    Column *e = params_column(params, COLUMN_BYTES);
    Column *f = params_column(params, COLUMN_TIME);
    enum { ELEMENTS = 1000 };
    for (int i = 0; i < ELEMENTS; i++) {
        column_int(a, i % 64);
        column_int(b, (int64_t)i << 40);
        column_text(c, i % 3 ? arena_format(world->arena, "naïef-%d", i) : NULL);
        column_day(d, day_plus(day_of(2020, 1, 1), i));
        column_bytes(e, (Bytes){(const uint8_t *)"\0\1\2", (size_t)(i % 4)});
        column_time_us(f, 1591574400000000 + i);
    }

    Rows *rows;
    assert_int_equal(database_ask(world->database, &QUERIES[0], params, &rows), STATUS_OK);
    assert_int_equal(rows_count(rows), ELEMENTS);
    int text = rows_column(rows, "c");
    for (size_t i = 0; i < ELEMENTS; i++) {
        assert_int_equal(rows_int(rows, i, rows_column(rows, "a")), i % 64);
        assert_int_equal(rows_int(rows, i, rows_column(rows, "b")), (int64_t)i << 40);
        assert_int_equal(rows_null(rows, i, text), i % 3 == 0);
        if (i % 3)
            assert_string_equal(rows_text(rows, i, text), arena_format(world->arena, "naïef-%zu", i));
        assert_int_equal(rows_day(rows, i, rows_column(rows, "d")).number, day_of(2020, 1, 1).number + (int)i);
        assert_int_equal(rows_bytes(rows, i, rows_column(rows, "e")).size, i % 4);
        assert_int_equal(rows_time_us(rows, i, rows_column(rows, "f")), 1591574400000000 + (int64_t)i);
    }
}

static void an_empty_array_gives_no_rows(void **state)
{
    World *world = *state;
    Params *params = params_new(world->arena);
    static const ColumnType TYPES[] = {COLUMN_INT2, COLUMN_INT8, COLUMN_TEXT, COLUMN_DAY, COLUMN_BYTES, COLUMN_TIME};
    for (size_t i = 0; i < COUNT(TYPES); i++)
        params_column(params, TYPES[i]);
    Rows *rows;
    assert_int_equal(database_ask(world->database, &QUERIES[0], params, &rows), STATUS_OK);
    assert_int_equal(rows_count(rows), 0);
}

static void single_values_come_back(void **state)
{
    World *world = *state;
    Params *params = params_new(world->arena);
    params_int2(params, -5);
    params_int4(params, -70000);
    params_int8(params, INT64_MIN);
    params_text(params, "");
    params_day(params, day_of(1999, 12, 31));
    params_bytes(params, (Bytes){NULL, 0});
    params_bool(params, true);
    params_time_us(params, 0);
    Rows *rows;
    assert_int_equal(database_ask(world->database, &QUERIES[1], params, &rows), STATUS_OK);
    assert_int_equal(rows_int(rows, 0, 0), -5);
    assert_int_equal(rows_int(rows, 0, 1), -70000);
    assert_int_equal(rows_int(rows, 0, 2), INT64_MIN);
    assert_false(rows_null(rows, 0, 3));
    assert_int_equal(rows_day(rows, 0, 4).number, day_of(1999, 12, 31).number);
    assert_false(rows_null(rows, 0, 5));
    assert_true(rows_bool(rows, 0, 6));
    assert_int_equal(rows_time_us(rows, 0, 7), 0);
}

static void lists_of_texts_are_read_back_as_they_were_copied(void **state)
{
    World *world = *state;
    test_database_run(world->database, "CREATE TABLE wish (place integer, texts text[])");
    static const char *const TEXTS[] = {"naïef", "", "a, \"b\" {c}", "line\nline"};
    Copy *copy;
    assert_int_equal(database_begin(world->database), STATUS_OK);
    assert_int_equal(copy_open(world->database, world->arena, "wish", &copy), STATUS_OK);
    for (size_t count = 0; count <= COUNT(TEXTS); count++) {
        copy_row(copy, 2);
        copy_int4(copy, (int32_t)count);
        copy_texts(copy, TEXTS, count);
    }
    assert_int_equal(copy_close(copy), STATUS_OK);
    assert_int_equal(database_commit(world->database), STATUS_OK);

    Query query = {"wishes", "SELECT texts FROM wish ORDER BY place"};
    QueryList list = {&query, 1};
    Rows *rows;
    assert_int_equal(database_prepare(world->database, &list), STATUS_OK);
    assert_int_equal(database_ask(world->database, &query, NULL, &rows), STATUS_OK);
    for (size_t row = 0; row <= COUNT(TEXTS); row++) {
        size_t count;
        const char *const *texts = rows_texts(rows, world->arena, row, 0, &count);
        assert_int_equal(count, row);
        for (size_t i = 0; i < count; i++)
            assert_string_equal(texts[i], TEXTS[i]);
    }
}

static void copied_rows_stand_in_the_table_and_a_long_value_is_whole(void **state)
{
    World *world = *state;
    test_database_run(world->database, "CREATE TABLE line (partition smallint, cents bigint, name text, data bytea,"
                                       " day date, at timestamptz, yes boolean, n integer)");
    size_t size = 300 * 1024;
    uint8_t *data = arena_take(world->arena, size);
    memset(data, 'x', size);

    assert_int_equal(database_begin(world->database), STATUS_OK);
    Copy *copy;
    assert_int_equal(copy_open(world->database, world->arena, "line", &copy), STATUS_OK);
    for (int i = 0; i < 5000; i++) {
        copy_row(copy, 8);
        copy_int2(copy, (int16_t)(i % 64));
        copy_int8(copy, i);
        copy_text(copy, i % 2 ? "odd" : NULL);
        copy_bytes(copy, (Bytes){data, i == 77 ? size : 3});
        copy_day(copy, day_of(2020, 3, 1));
        copy_time_us(copy, 1591574400000000);
        copy_bool(copy, i % 2);
        copy_int4(copy, -i);
    }
    assert_int_equal(copy_close(copy), STATUS_OK);
    assert_int_equal(database_commit(world->database), STATUS_OK);

    assert_int_equal(test_database_number(world->database, "SELECT sum(cents)::bigint FROM line"), 4999 * 2500);
    assert_int_equal(test_database_number(world->database, "SELECT octet_length(data) FROM line WHERE cents = 77"),
                     size);
    assert_int_equal(test_database_number(world->database, "SELECT count(*) FROM line WHERE day = '2020-03-01' AND yes"
                                                           " AND name = 'odd' AND at = '2020-06-08 00:00:00Z'"),
                     2500);
}

static void a_rule_of_a_table_that_is_broken_sets_aside_and_names_no_value(void **state)
{
    World *world = *state;
    test_database_run(world->database, "CREATE TABLE client (reference text PRIMARY KEY)");
    assert_int_equal(database_begin(world->database), STATUS_OK);
    Copy *copy;
    assert_int_equal(copy_open(world->database, world->arena, "client", &copy), STATUS_OK);
    for (int i = 0; i < 2; i++) {
        copy_row(copy, 1);
        copy_text(copy, "secret-value");
    }
    assert_int_equal(copy_close(copy), STATUS_SET_ASIDE);
    assert_non_null(strstr(fault_words(), "23505"));
    assert_null(strstr(fault_words(), "secret-value"));
    database_rollback(world->database);
    assert_int_equal(test_database_number(world->database, "SELECT count(*) FROM client"), 0);
}

static void several_questions_share_a_round_trip_and_the_first_fault_is_told(void **state)
{
    World *world = *state;
    Params *one = params_new(world->arena);
    params_int4(one, 1);
    Params *zero = params_new(world->arena);
    params_int4(zero, 0);

    Rows *first, *second;
    Ask well[] = {{&QUERIES[2], one, &first}, {&QUERIES[2], one, &second}};
    assert_int_equal(database_begin(world->database), STATUS_OK);
    assert_int_equal(database_ask_all(world->database, well, COUNT(well)), STATUS_OK);
    assert_int_equal(rows_int(first, 0, 0) + rows_int(second, 0, 0), 2);

    Ask ill[] = {{&QUERIES[2], one, &first}, {&QUERIES[2], zero, NULL}, {&QUERIES[2], one, &second}};
    assert_int_equal(database_ask_all(world->database, ill, COUNT(ill)), STATUS_SET_ASIDE);
    assert_non_null(strstr(fault_words(), "test.divide"));
    database_rollback(world->database);

    assert_int_equal(database_ask(world->database, &QUERIES[2], one, &first), STATUS_OK);
    assert_true(database_alive(world->database));
}

static void a_lost_connection_asks_for_another_try(void **state)
{
    World *world = *state;
    Database *victim = test_database_open(world->connection);
    assert_int_equal(database_begin(victim), STATUS_OK);
    char text[100];
    snprintf(text, sizeof text, "SELECT pg_terminate_backend(%d)", database_backend(victim));
    test_database_run(world->database, text);
    assert_int_equal(database_run(victim, "select", "SELECT 1"), STATUS_RETRY);
    assert_false(database_alive(victim));
    database_close(victim);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_goes_in_as_arrays_comes_out_as_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(an_empty_array_gives_no_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(single_values_come_back, setup, teardown),
        cmocka_unit_test_setup_teardown(lists_of_texts_are_read_back_as_they_were_copied, setup, teardown),
        cmocka_unit_test_setup_teardown(copied_rows_stand_in_the_table_and_a_long_value_is_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(a_rule_of_a_table_that_is_broken_sets_aside_and_names_no_value, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(several_questions_share_a_round_trip_and_the_first_fault_is_told, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_lost_connection_asks_for_another_try, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
