#include "billing/web/statement.h"

#include "services/billing/web/office.h"

#include <jansson.h>

static int office_open(void **state)
{
    Office *office = office_new();
    *state = office;
    office_play_a_year(office);
    return 0;
}

static int office_close(void **state)
{
    office_free(*state);
    return 0;
}

static json_t *statements(Office *office, const char *provider)
{
    char *json;
    const StatementQuestion question = {"0503", provider, 2020, 0};
    must(database_begin(office->billing->database));
    must(statement_write(office->story->arena, office->billing->database, office->library, &question, &json));
    database_rollback(office->billing->database);
    json_t *answer = json_loads(json, 0, NULL);
    assert_non_null(answer);
    return answer;
}

static int64_t number(const json_t *object, const char *name)
{
    return json_integer_value(json_object_get(object, name));
}

static void close_year(Office *office)
{
    static const char *const PROVIDERS[] = {"90000001", "90000002", "90000003"};
    office_begin(office, "2021-03-31");
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        office_turn_to(office, PROVIDERS[i]);
        office->story->municipality = office->story->provider = "";
        story_close(office->story, 2020);
        office->story->municipality = "0503";
    }
    office_hear(office);
}

/* Of three providers that are corrected in three ways: with lines, by asking, and in one amount. */
static void a_statement_costs_what_the_ledger_has_whichever_way_a_book_corrected(void **state)
{
    Office *office = *state;
    json_t *all = statements(office, "");
    assert_int_equal(json_array_size(all), 3);
    int64_t cost = 0;
    size_t i;
    json_t *one;
    json_array_foreach(all, i, one)
    {
        assert_true(json_is_false(json_object_get(one, "closed")));
        assert_null(json_object_get(one, "closed_day"));
        const json_t *total = json_object_get(one, "total");
        assert_int_equal(number(total, "rejected_lines"), 1);
        assert_true(number(total, "corrected_cents") != 0);
        cost += number(total, "cost_cents");
        assert_int_equal(number(total, "cost_cents"),
                         number(json_object_get(json_array_get(all, 0), "total"), "cost_cents"));
    }
    assert_int_equal(cost, test_database_number(office->billing->database,
                                                "SELECT sum(amount_cents)::bigint FROM posting WHERE account = 'COST'"
                                                " AND booked_year = 2020"));
    json_decref(all);
}

static void a_frozen_statement_stays_and_tells_when_a_figure_was_touched(void **state)
{
    Office *office = *state;
    json_t *before = statements(office, "90000001");
    close_year(office);
    json_t *frozen = statements(office, "90000001");
    const json_t *one = json_array_get(frozen, 0);
    assert_true(json_equal(json_object_get(json_array_get(before, 0), "rows"), json_object_get(one, "rows")));
    assert_string_equal(json_string_value(json_object_get(one, "closed_day")), "2021-03-31");
    assert_string_equal(json_string_value(json_object_get(one, "approved_by")), "control");
    assert_true(json_is_true(json_object_get(one, "digest_agrees")));

    office_run(office, "UPDATE statement_row SET approved_cents = approved_cents + 1 WHERE code = '45A53'");
    json_t *touched = statements(office, "90000001");
    assert_true(json_is_false(json_object_get(json_array_get(touched, 0), "digest_agrees")));
    json_decref(before);
    json_decref(frozen);
    json_decref(touched);
}

/* Provider one of the office: what was declared, rejected, credited and made anew by a book. */
static void the_lines_of_a_year_come_to_its_statement(void **state)
{
    Office *office = *state;
    static const char *const PROVIDERS[] = {"90000001", "90000002", "90000003"};
    for (size_t i = 0; i < COUNT(PROVIDERS); i++) {
        char *json;
        const StatementQuestion question = {"0503", PROVIDERS[i], 2020, 0};
        must(database_begin(office->billing->database));
        must(statement_lines_write(office->story->arena, office->billing->database, &question, &json));
        database_rollback(office->billing->database);
        json_t *lines = json_loads(json, 0, NULL), *all = statements(office, PROVIDERS[i]);
        int64_t sum = 0;
        size_t j;
        json_t *line;
        json_array_foreach(lines, j, line) sum += number(line, "amount_cents") + number(line, "corrected_cents");
        assert_int_equal(json_array_size(lines), 6);
        assert_int_equal(sum, number(json_object_get(json_array_get(all, 0), "total"), "cost_cents"));
        json_decref(lines);
        json_decref(all);
    }
}

static void the_journal_of_all_months_is_the_year(void **state)
{
    Office *office = *state;
    close_year(office);
    size_t postings = 0, after = 0;
    int64_t sum = 0;
    for (int32_t month = 1; month <= 13; month++) {
        char *json;
        const StatementQuestion question = {"0503", "", 2020, month};
        must(database_begin(office->billing->database));
        must(journal_write(office->story->arena, office->billing->database, &question, &json));
        database_rollback(office->billing->database);
        json_t *list = json_loads(json, 0, NULL);
        size_t i;
        json_t *row;
        json_array_foreach(list, i, row) sum += number(row, "amount_cents");
        postings += json_array_size(list);
        after += month == 13 ? json_array_size(list) : 0;
        json_decref(list);
    }
    assert_int_equal(sum, 0);
    assert_true(after > 0);
    assert_int_equal(postings, test_database_number(office->billing->database,
                                                    "SELECT count(*) FROM posting WHERE booked_year = 2020"));
}

static int bare_office_open(void **state)
{
    *state = office_new();
    return 0;
}

static void an_auditor_is_asked_for_above_the_amount_of_the_book(void **state)
{
    static const struct {
        const char *provider;
        int64_t pieces; /* of 25,000 cents; the book says 50,000 */
        bool auditor;
    } CASES[] = {{"90000001", 3, true}, {"90000002", 2, false}, {"90000003", 1, false}};
    static const char FLOOR[] = "  number_floor: 0\n";
    Office *office = *state;
    const char *place = strstr(OFFICE_BOOK, FLOOR) + sizeof FLOOR - 1;
    office_publish(office, 1,
                   arena_format(office->story->arena, "%.*s  auditor_above_cents: 50000\n%s",
                                (int)(place - OFFICE_BOOK), OFFICE_BOOK, place));
    for (size_t i = 0; i < COUNT(CASES); i++) {
        office_turn_to(office, CASES[i].provider);
        office_grant(office, "A1", "45A53", UNIT_PIECE);
        const Asked asked = office_pieces("R-1", "A1", CASES[i].pieces);
        office_declare(office, "D-1", &asked);
    }
    office_hear(office);
    for (size_t i = 0; i < COUNT(CASES); i++) {
        json_t *list = statements(office, CASES[i].provider);
        const json_t *one = json_array_get(list, 0);
        assert_int_equal(number(one, "auditor_above_cents"), 50000);
        assert_int_equal(json_is_true(json_object_get(one, "auditor")), CASES[i].auditor);
        json_decref(list);
    }
}

static void a_close_tells_each_partition_and_what_is_expected(void **state)
{
    Office *office = *state;
    close_year(office);
    char *json;
    const StatementQuestion question = {"", "", 2020, 0};
    must(database_begin(office->billing->database));
    must(close_write(office->story->arena, office->billing->database, &question, &json));
    database_rollback(office->billing->database);
    json_t *answer = json_loads(json, 0, NULL);
    assert_int_equal(json_array_size(json_object_get(answer, "partitions")), 64);
    assert_int_equal(number(answer, "closed"),
                     test_database_number(office->billing->database, "SELECT count(*) FROM year_decided WHERE closed"));
    int64_t expected = 0;
    size_t i;
    json_t *row;
    json_array_foreach(json_object_get(answer, "open"), i, row) expected += number(row, "expected_cents");
    assert_int_equal(expected,
                     test_database_number(office->billing->database, "SELECT -sum(amount_cents)::bigint FROM posting"
                                                                     " WHERE account = 'EXPECTED_CORRECTION'"));
    json_decref(answer);
}

#define office_test(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        office_test(a_statement_costs_what_the_ledger_has_whichever_way_a_book_corrected),
        office_test(a_frozen_statement_stays_and_tells_when_a_figure_was_touched),
        office_test(the_lines_of_a_year_come_to_its_statement),
        office_test(the_journal_of_all_months_is_the_year),
        cmocka_unit_test_setup_teardown(an_auditor_is_asked_for_above_the_amount_of_the_book, bare_office_open,
                                        office_close),
        office_test(a_close_tells_each_partition_and_what_is_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
