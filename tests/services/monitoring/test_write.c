/* A table as programs and spreadsheets read it. */
#include "monitoring/web/write.h"

#include "monitoring/core/audience.h"

#include "support/unit.h"

#include <string.h>

static const Column COLUMNS[] = {
    {"name", HOLDS_TEXT, "", ""},     {"month", HOLDS_MONTH, "", ""}, {"day", HOLDS_DAY, "", ""},
    {"number", HOLDS_NUMBER, "", ""}, {"count", HOLDS_COUNT, "", ""}, {"cents", HOLDS_CENTS, "", ""},
    {"share", HOLDS_SHARE, "", ""},   {"mark", HOLDS_MARK, "", ""},   {"yes", HOLDS_YES, "", ""},
};
static const TableCard CARD = {
    .name = "kinds", .dutch = "", .english = "", .columns = COLUMNS, .column_count = COUNT(COLUMNS)};

static int setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static Table some_rows(Arena *arena)
{
    Table table = table_new(arena, &CARD);
    Value *row = table_add(&table);
    row[0] = value_text("a \"name\", in two\nlines\\");
    row[1] = value_day(day_of(2020, 3, 1));
    row[2] = value_day(day_of(2020, 3, 9));
    row[3] = value_number(INT64_MIN);
    row[4] = value_number(12);
    row[5] = value_number(-150);
    row[6] = value_number(7213);
    row[7] = value_number(74);
    row[8] = value_number(1);
    row = table_add(&table);
    row[4] = value_number(9);
    row[5] = VALUE_NOT_FOR_YOU;
    row[6] = value_number(-5);
    row[8] = value_number(0);
    return table;
}

static const char *text_of(Arena *arena, Bytes bytes)
{
    return arena_text_sized(arena, (const char *)bytes.data, bytes.size);
}

static void each_kind_is_written_as_what_it_holds(void **state)
{
    Table table = some_rows(*state);
    const Question question = {"0503", "", "", "", 2020, day_of(2020, 12, 31), true};
    assert_string_equal(
        text_of(*state, write_json(*state, &question, &table)),
        "{\"table\":\"kinds\",\"question\":{\"municipality\":\"0503\",\"provider\":null,\"profile\":null,"
        "\"intensity\":null,\"year\":2020,\"known_on\":\"2020-12-31\"},\"exact\":true,\"rows\":[\n"
        "{\"name\":\"a \\\"name\\\", in two\\u000alines\\\\\",\"month\":\"2020-03\",\"day\":\"2020-03-09\","
        "\"number\":-9223372036854775808,\"count\":12,\"cents\":-150,\"share\":0.7213,\"mark\":7.4,\"yes\":true},\n"
        "{\"name\":null,\"month\":null,\"day\":null,\"number\":null,\"count\":9,\"cents\":null,\"share\":-0.0005,"
        "\"mark\":null,\"yes\":false,\"hidden\":[\"cents\"]}]}\n");
    assert_string_equal(
        text_of(*state, write_csv(*state, &table)),
        "name,month,day,number,count,cents,share,mark,yes\r\n"
        "\"a \"\"name\"\", in two\nlines\\\",2020-03,2020-03-09,-9223372036854775808,12,-150,0.7213,7.4,"
        "true\r\n"
        ",,,,9,.,-0.0005,,false\r\n");
}

static void a_wide_audience_sees_no_count_below_ten_and_others_by_fives(void **state)
{
    static const struct {
        int64_t count, seen; /* -1: hidden */
    } CASES[] = {{0, 0}, {1, -1}, {9, -1}, {10, 10}, {12, 10}, {13, 15}, {1187, 1185}};
    Table table = table_new(*state, &CARD);
    for (size_t i = 0; i < COUNT(CASES); i++)
        table_add(&table)[4] = value_number(CASES[i].count);
    for (int twice = 0; twice < 2; twice++) {
        table_widen(&table);
        for (size_t i = 0; i < COUNT(CASES); i++) {
            const Value *seen = &table_row(&table, i)[4];
            assert_int_equal(seen->state == VALUE_HIDDEN ? -1 : seen->number, CASES[i].seen);
        }
    }
    table = some_rows(*state);
    table_widen(&table);
    assert_int_equal(table_row(&table, 0)[5].number, -150); /* what is no count stays as it is */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_kind_is_written_as_what_it_holds, setup, teardown),
        cmocka_unit_test_setup_teardown(a_wide_audience_sees_no_count_below_ten_and_others_by_fives, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
