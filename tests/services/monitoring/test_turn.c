#include "monitoring/turn.h"

#include "monitoring/core/report.h"
#include "monitoring/web/load.h"

#include "services/monitoring/observatory.h"

static const SaidLine MARCH[] = {
    {"client-1", "SPECIALIST", "", 1, "2020-03-01", 10000, NULL, false},
    {"client-1", "SPECIALIST", "", 1, "2020-03-01", 2500, NULL, false},
    {"client-2", "SPECIALIST", "PROFIEL1", 2, "2020-03-01", 700000, NULL, false},
    {"client-3", "HIGHLY_SPECIALIST", "PROFIEL2", 1, "2020-03-01", 90000, NULL, false},
    {"client-4", "SPECIALIST", "", 1, "2020-03-01", 1, "9321", false},
};
static const SaidLine APRIL[] = {
    {"client-1", "SPECIALIST", "", 1, "2020-03-01", 2500, NULL, true},
    {"client-1", "SPECIALIST", "", 1, "2020-04-01", 4000, NULL, false},
};

static void what_was_approved_in_march_is_told_as_known_on_either_day(void **state)
{
    Observatory *here = *state;
    says_answer(&here->says, 3, "2020-04-05", "0503", MARCH, COUNT(MARCH));
    says_answer(&here->says, 3, "2020-05-05", "0503", APRIL, COUNT(APRIL));
    observatory_hear(here, 10);
#define MARCH_AS_KNOWN_ON(day)                                                                        \
    observatory_number(                                                                               \
        here, "SELECT sum(debet_cents - credit_cents)::bigint FROM spent WHERE municipality = '0503'" \
              " AND month = '2020-03-01' AND segment = 'SPECIALIST' AND funding = 1 AND known_day <= '" day "'")
    assert_int_equal(MARCH_AS_KNOWN_ON("2020-04-05"), 12500);
    assert_int_equal(MARCH_AS_KNOWN_ON("2020-05-05"), 10000);
    assert_int_equal(observatory_number(here, "SELECT count(*) FROM spent"), 5);
    assert_int_equal(observatory_number(here, "SELECT count(*) FROM cared"), 5);
    assert_int_equal(observatory_number(here, "SELECT lines FROM rejected WHERE code = '9321'"), 1);
    assert_int_equal(observatory_number(here, "SELECT sum(cents)::bigint FROM approved WHERE month = '2020-03-01'"
                                              " AND known_month <= '2020-04-01'"),
                     802500);
    assert_int_equal(observatory_number(here, "SELECT sum(cents)::bigint FROM approved WHERE month = '2020-03-01'"),
                     800000);
}

static void the_money_approved_is_the_cost_of_the_ledger(void **state)
{
    Observatory *here = *state;
    says_answer(&here->says, 3, "2020-04-05", "0503", MARCH, COUNT(MARCH));
    says_answer(&here->says, 4, "2020-05-05", "0518", APRIL, COUNT(APRIL));
    observatory_hear(here, 1);
    assert_int_equal(observatory_number(here, "SELECT sum(debet_cents - credit_cents)::bigint FROM spent"), 804000);
    assert_int_equal(observatory_number(here, "SELECT sum(cents)::bigint FROM posted WHERE account = 'COST'"), 804000);
    assert_int_equal(observatory_number(here, "SELECT sum(approved_cents)::bigint FROM answered"), 804000);
    assert_int_equal(observatory_number(here, "SELECT sum(cents)::bigint FROM posted"), 0);
}

static const SaidAllocation PAID_PXQ = {"640001", "client-1", "SPECIALIST", "", 1, "2020-01-01", "2020-12-31"};
static const SaidAllocation ENDED_PXQ = {"640001", "client-1", "SPECIALIST", "", 1, "2020-01-01", "2020-06-30"};
static const SaidAllocation PAID_PIC = {"640065", "client-1", "SPECIALIST", "PROFIEL1", 2, "2020-07-01", "2021-06-30"};

static void an_allocation_is_kept_as_it_was_known_on_each_day(void **state)
{
    Observatory *here = *state;
    says_granted(&here->says, 3, "2020-01-02", "0503", &PAID_PXQ);
    says_converted(&here->says, 3, "2020-06-08", "0503", &ENDED_PXQ, &PAID_PIC);
    says_refused(&here->says, 3, "2020-06-08", "0503", "NO_CONTRACT");
    observatory_hear(here, 2);
    assert_int_equal(observatory_number(here, "SELECT count(*) FROM running"), 3);
    assert_int_equal(
        observatory_number(here, "SELECT count(*) FROM running WHERE number = '640001' AND last_day = '2020-12-31'"
                                 " AND known_day = '2020-01-02'"),
        1);
    assert_int_equal(
        observatory_number(here, "SELECT count(*) FROM running WHERE number = '640001' AND last_day = '2020-06-30'"
                                 " AND known_day = '2020-06-08'"),
        1);
    assert_int_equal(observatory_number(here, "SELECT count(*) FROM running WHERE replaced_day = '2020-06-08'"
                                              " AND known_day = '2020-01-02'"),
                     1);
    assert_int_equal(observatory_number(here, "SELECT count(*) FROM running WHERE replaced_day IS NULL"), 2);
    assert_int_equal(observatory_number(here, "SELECT count(DISTINCT client) FROM running"), 1);
    assert_int_equal(observatory_number(here, "SELECT allocations FROM decided WHERE verdict = 'CONVERTED'"), 1);
    assert_int_equal(
        observatory_number(here, "SELECT facts FROM decided WHERE verdict = 'REFUSED' AND reason = 'NO_CONTRACT'"), 1);
}

/* What is granted, a row for each month of care. */
#define GRANTED_BY_MONTH                                                                                   \
    "(SELECT make_date(year, number::integer, 1) AS month, known_month, cents FROM granted, unnest(ARRAY[" \
    "january, february, march, april, may, june, july, august, september, october, november, december])"   \
    " WITH ORDINALITY AS of_year(cents, number)) AS granted"

/* Of whatever is kept, what is granted for each month, as known at the end of each month. */
static int64_t granted_otherwise_than_the_versions_say(Observatory *here)
{
    return observatory_number(
        here, "WITH known AS (SELECT day::date FROM generate_series(date '2020-01-31', date '2021-06-30', '1 month')"
              " AS day), said AS (SELECT day, month::date, sum(worth_in_month(worth_cents, worth_days, first_day,"
              " last_day, month::date)) AS cents FROM known, LATERAL (SELECT DISTINCT ON (partition, municipality,"
              " number) * FROM running WHERE known_day <= day ORDER BY partition, municipality, number,"
              " known_day DESC) AS newest, generate_series(date '2020-01-01', date '2021-12-01', '1 month') AS month"
              " WHERE NOT removed GROUP BY 1, 2), kept AS (SELECT day, month, sum(cents) AS cents FROM known"
              " JOIN " GRANTED_BY_MONTH " ON known_month <= day GROUP BY 1, 2)"
              " SELECT count(*) FROM said FULL JOIN kept USING (day, month)"
              " WHERE coalesce(said.cents, 0) <> coalesce(kept.cents, 0)");
}

/* 366,000 over the days of 2020: 1,000 a day. */
static void what_is_granted_is_kept_by_month_as_it_was_known(void **state)
{
    Observatory *here = *state;
    says_granted_worth(&here->says, 3, "2020-01-02", "0503", &PAID_PXQ, 366000);
    says_granted_worth(&here->says, 3, "2020-01-02", "0503", &PAID_PXQ, 732000); /* another version that day */
    says_granted_worth(&here->says, 3, "2020-06-08", "0503", &ENDED_PXQ, 182000);
    says_granted_worth(&here->says, 3, "2020-06-09", "0503", &PAID_PIC, 36500);
    static const size_t BATCHES[] = {4, 1, 3};
    for (size_t i = 0; i < COUNT(BATCHES); i++) {
        observatory_hear(here, BATCHES[i]);
#define GRANTED(month, known)                                                                                       \
    observatory_number(here,                                                                                        \
                       "SELECT coalesce(sum(cents), 0)::bigint FROM " GRANTED_BY_MONTH " WHERE month = '" month "'" \
                       " AND known_month <= '" known "'")
        assert_int_equal(GRANTED("2020-01-01", "2020-01-01"), 62000);
        assert_int_equal(GRANTED("2020-02-01", "2020-06-01"), 29000);
        assert_int_equal(GRANTED("2020-09-01", "2020-05-01"), 60000);
        assert_int_equal(GRANTED("2020-09-01", "2020-06-01"), 3000);
        assert_int_equal(GRANTED("2021-07-01", "2020-06-01"), 0);
        assert_int_equal(observatory_number(here, "SELECT sum(cents)::bigint FROM " GRANTED_BY_MONTH), 182000 + 36500);
        assert_int_equal(granted_otherwise_than_the_versions_say(here), 0);
        test_database_run(here->database, "TRUNCATE running, granted");
    }
}

static void what_was_granted_by_month_is_granted_by_year_after_the_upgrade(void **state)
{
    Observatory *here = *state;
    enum { BEFORE = 3 };
    const QueryList before = {monitoring_migrations.queries, BEFORE};
    const QueryList *old[] = {&service_migrations, &before}, *new[] = {&service_migrations, &monitoring_migrations};
    char *connection = test_database_new();
    Database *database = test_database_open(connection);
    must(migrate_all(database, here->arena, old, COUNT(old)));
    test_database_run(database, "INSERT INTO granted VALUES (3, '0503', '2019-12-01', '2020-01-01', 7),"
                                " (3, '0503', '2020-01-01', '2020-01-01', 11), (3, '0503', '2020-12-01',"
                                " '2020-01-01', 13), (3, '0503', '2020-12-01', '2020-02-01', -17)");
    database_close(database);
    database = test_database_open(connection);
    must(migrate_all(database, here->arena, new, COUNT(new)));
#define ROW(year, known_month, expected)                                                                        \
    assert_int_equal(test_database_number(database,                                                             \
                                          "SELECT count(*) FROM granted WHERE (granted)::text = '(3,0503," year \
                                          "," known_month "," expected ")'"),                                   \
                     1)
    ROW("2019", "2020-01-01", "0,0,0,0,0,0,0,0,0,0,0,7");
    ROW("2020", "2020-01-01", "11,0,0,0,0,0,0,0,0,0,0,13");
    ROW("2020", "2020-02-01", "0,0,0,0,0,0,0,0,0,0,0,-17");
    assert_int_equal(test_database_number(database, "SELECT count(*) FROM granted"), 3);
    database_close(database);
    test_database_drop(connection);
}

static void what_is_told_of_a_trajectory_is_kept_unless_it_does_not_fit(void **state)
{
    Observatory *here = *state;
    says_started(&here->says, 3, "2020-01-10", "0503", "client-2", "2020-01-06");
    says_stopped(&here->says, 3, "2020-06-10", "0503", "client-2", "2020-06-05", 31);
    says_outcome(&here->says, 3, "2020-06-10", "0503", "client-2", "2020-06-05", 2, 0, 8);
    Intake__Start strange = INTAKE__START__INIT;
    says_noted(&here->says, 3, "2020-06-10", "0503", "nobody", INTAKE__FACT__FACT_START, &strange, "UNKNOWN");
    observatory_hear(here, 2);
    /* thirteen bytes of a start, fourteen of a stop with its reason last, eight of an outcome */
    assert_int_equal(observatory_number(here, "SELECT count(*) FROM trajectory"), 1);
    assert_int_equal(observatory_number(here, "SELECT octet_length(told) FROM trajectory WHERE id = 't-2'"), 35);
    assert_int_equal(observatory_number(here, "SELECT get_byte(told, 26) FROM trajectory"), 31);
    assert_int_equal(observatory_number(here, "SELECT get_byte(told, 32) * 100 + get_byte(told, 33) * 10 +"
                                              " get_byte(told, 34) FROM trajectory"),
                     208);
}

static void a_trajectory_with_a_pic_costs_its_lines_and_what_corrected_them(void **state)
{
    Observatory *here = *state;
    says_answer(&here->says, 3, "2020-04-05", "0503", MARCH, COUNT(MARCH));
    says_corrected(&here->says, 3, "2020-08-01", "0503", "client-3", 90000, 95000);
    observatory_hear(here, 1);
    assert_int_equal(observatory_number(here, "SELECT count(*) FROM trajectory"), 2);
    /* two costs of seventeen bytes, the amount in the last eight */
    assert_int_equal(observatory_number(here, "SELECT octet_length(told) FROM trajectory WHERE id = 't-3'"), 34);
    assert_int_equal(observatory_number(here, "SELECT ('x' || encode(substr(told, 10, 8), 'hex'))::bit(64)::bigint"
                                              " FROM trajectory WHERE id = 't-3'"),
                     90000);
    assert_int_equal(observatory_number(here, "SELECT ('x' || encode(substr(told, 27, 8), 'hex'))::bit(64)::bigint"
                                              " FROM trajectory WHERE id = 't-3'"),
                     5000);
}

static void a_request_waits_until_a_person_judged_it(void **state)
{
    Observatory *here = *state;
    says_referred(&here->says, 3, "2020-01-02", "0503", "vraag-1", "2020-01-09");
    says_referred(&here->says, 3, "2020-01-02", "0503", "vraag-2", "2020-01-09");
    says_judged_by_person(&here->says, 3, "2020-01-06", "0503", "vraag-1");
    for (size_t batch = 1; batch <= 3; batch += 2) {
        observatory_hear(here, batch);
        assert_int_equal(observatory_number(here, "SELECT count(*) FROM referred WHERE due_day = '2020-01-09'"), 2);
        assert_int_equal(observatory_number(here, "SELECT count(*) FROM referred WHERE reference = 'vraag-1'"
                                                  " AND done_day = '2020-01-06'"),
                         1);
        assert_int_equal(observatory_number(here, "SELECT count(*) FROM referred WHERE done_day IS NULL"), 1);
        test_database_run(here->database, "TRUNCATE referred");
    }
}

/* Of the region in the year: the last row of the table. */
static void a_request_that_comes_to_a_person_again_waits_since_it_came_first(void **state)
{
    Observatory *here = *state;
    says_referred(&here->says, 3, "2020-01-02", "0503", "vraag-1", "2020-01-09");
    says_referred_again(&here->says, 3, "2020-01-06", "0503", "vraag-1", "2020-01-09");
    for (size_t batch = 1; batch <= 2; batch++) {
        observatory_hear(here, batch);
        assert_int_equal(observatory_number(here, "SELECT count(*) FROM referred WHERE known_day = '2020-01-02'"
                                                  " AND due_day = '2020-01-09' AND done_day IS NULL"),
                         1);
        test_database_run(here->database, "TRUNCATE referred");
    }
}

static void what_a_book_corrected_stands_apart_from_what_was_declared(void **state)
{
    Observatory *here = *state;
    says_answer(&here->says, 3, "2020-04-05", "0503", MARCH, COUNT(MARCH));
    says_corrected(&here->says, 3, "2020-08-01", "0503", "client-3", 90000, 95000);
    observatory_hear(here, 2);
    assert_int_equal(observatory_number(here, "SELECT sum(cents)::bigint FROM approved WHERE month = '2020-03-01'"),
                     10000 + 2500 + 700000 + 90000 + 5000);
    assert_int_equal(observatory_number(here, "SELECT sum(corrected_cents)::bigint FROM approved"), 5000);
    assert_int_equal(observatory_number(here, "SELECT sum(corrected_cents)::bigint FROM spent"), 5000);
}

static int64_t clients_of_2020(Observatory *here, const char *known_on)
{
    Question question = {.municipality = "", .provider = "", .year = 2020, .exact = true};
    assert_true(day_read(known_on, &question.known_on));
    const Desk desk = {.arena = here->arena, .database = here->database, .question = &question};
    Table table = table_new(here->arena, &spending_card);
    must(database_begin(here->database));
    must(load_spending(&desk, &table));
    database_rollback(here->database);
    return table_row(&table, table.row_count - 1)[card_column(&spending_card, "clients")].number;
}

static void two_clients_who_are_one_count_as_one_from_the_day_on_which_it_was_known(void **state)
{
    Observatory *here = *state;
    static const SaidLine ONE[] = {{"client-1", "SPECIALIST", "", 1, "2020-03-01", 10000, NULL, false}};
    static const SaidLine OTHER[] = {{"client-2", "SPECIALIST", "", 1, "2020-03-01", 10000, NULL, false}};
    says_answer(&here->says, 3, "2020-04-05", "0503", ONE, 1);
    says_answer(&here->says, 4, "2020-04-05", "0518", OTHER, 1);
    says_joined(&here->says, 3, "2020-05-05", "0503", "client-1", "client-2");
    says_joined(&here->says, 3, "2020-06-05", "0503", "client-1", "client-2");
    observatory_hear(here, 2);
    assert_int_equal(clients_of_2020(here, "2020-05-04"), 2);
    assert_int_equal(clients_of_2020(here, "2020-05-05"), 1);
    assert_int_equal(observatory_number(here, "SELECT count(*) FROM joined"), 1);
    assert_int_equal(observatory_number(here, "SELECT count(*) FROM decided"), 0);
}

/* A year of some conversations, with versions of the same allocation on one day. */
static void say_a_year(Says *says)
{
    for (int i = 0; i < 300; i++) {
        int16_t partition = (int16_t)(i % 5);
        const char *municipality = i % 2 ? "0503" : "0518";
        char *known = arena_format(says->arena, "2020-%02d-%02d", 1 + i / 30, 1 + i % 7);
        SaidAllocation allocation = PAID_PXQ;
        allocation.number = arena_format(says->arena, "%d", 640000 + i % 40);
        allocation.client = arena_format(says->arena, "client-%d", i % 50);
        allocation.last = i % 3 ? "2020-12-31" : "2020-08-31";
        says_granted_worth(says, partition, known, municipality, &allocation, 1000 * (i % 7));
        SaidLine line = MARCH[i % (int)COUNT(MARCH)];
        line.cents += i;
        says_answer(says, partition, known, municipality, (SaidLine[]){line, APRIL[i % 2], line}, 3);
        if (i % 11 == 0)
            says_refused(says, partition, known, municipality, "NO_CONTRACT");
        if (i % 13 == 0)
            says_referred(says, partition, known, municipality, arena_format(says->arena, "vraag-%d", i % 7), known);
        if (i % 17 == 0)
            says_judged_by_person(says, partition, known, municipality, arena_format(says->arena, "vraag-%d", i % 7));
        if (i % 5 == 0)
            says_started(says, partition, known, municipality, allocation.client, known);
        if (i % 9 == 0)
            says_corrected(says, partition, known, municipality, allocation.client, i, 2 * i);
    }
}

static int64_t digest_of_tables(Observatory *here)
{
    static const char *const TABLES[] = {"spent",  "cared",      "running",  "decided", "rejected", "answered",
                                         "posted", "trajectory", "referred", "granted", "approved"};
    char *question = arena_text(here->arena, "SELECT ('x' || left(md5(''");
    for (size_t i = 0; i < COUNT(TABLES); i++)
        question = arena_format(here->arena, "%s || (SELECT string_agg(%s::text, ';' ORDER BY %s::text) FROM %s)",
                                question, TABLES[i], TABLES[i], TABLES[i]);
    return observatory_number(here, arena_format(here->arena, "%s), 15))::bit(60)::bigint", question));
}

static void batches_of_1_7_and_500_give_equal_tables(void **state)
{
    Observatory *here = *state;
    say_a_year(&here->says);
    static const size_t BATCHES[] = {500, 1, 7};
    int64_t expected = 0;
    for (size_t i = 0; i < COUNT(BATCHES); i++) {
        observatory_hear(here, BATCHES[i]);
        int64_t digest = digest_of_tables(here);
        assert_int_equal(granted_otherwise_than_the_versions_say(here), 0);
        if (i == 0)
            expected = digest;
        assert_int_equal(digest, expected);
        test_database_run(here->database, "TRUNCATE spent, cared, running, decided, rejected, answered, posted,"
                                          " trajectory, referred, granted, approved");
    }
}

static void no_table_holds_the_reference_of_a_client(void **state)
{
    Observatory *here = *state;
    say_a_year(&here->says);
    observatory_hear(here, 500);
    assert_int_equal(
        observatory_number(here, "SELECT (SELECT count(*) FROM running WHERE running::text LIKE '%client-%')"
                                 " + (SELECT count(*) FROM cared WHERE encode(clients, 'escape') LIKE '%client-%')"),
        0);
}

static void a_message_of_a_later_version_waits_and_what_came_before_it_is_kept(void **state)
{
    Observatory *here = *state;
    says_granted(&here->says, 3, "2020-01-02", "0503", &PAID_PXQ);
    SaidAllocation later = PAID_PXQ;
    later.funding = 3;
    says_granted(&here->says, 3, "2020-01-02", "0503", &later);
    Turn turn;
    must(observatory_take(here, here->says.heard, 2, &turn));
    assert_true(turn.waits);
    assert_int_equal(turn.taken, 1);
    assert_int_equal(observatory_number(here, "SELECT count(*) FROM running"), 1);
}

static void what_cannot_be_read_is_put_aside(void **state)
{
    Observatory *here = *state;
    says_granted(&here->says, 3, "2020-01-02", "0503", &PAID_PXQ);
    Heard broken = here->says.heard[0];
    broken.data = (Bytes){(const uint8_t *)"\xff\xff", 2};
    assert_int_equal(observatory_take(here, &broken, 1, NULL), STATUS_SET_ASIDE);

    SaidAllocation unpaid = PAID_PXQ;
    unpaid.funding = 0;
    says_granted(&here->says, 3, "2020-01-02", "0503", &unpaid);
    assert_int_equal(observatory_take(here, &here->says.heard[1], 1, NULL), STATUS_SET_ASIDE);

    SaidLine lines[] = {MARCH[0], MARCH[0]};
    lines[0].cents = lines[1].cents = INT64_MAX / 2 + 1;
    says_answer(&here->says, 3, "2020-01-02", "0503", lines, 1);
    says_answer(&here->says, 3, "2020-01-02", "0503", lines, 1);
    must(observatory_take(here, &here->says.heard[2], 1, NULL));
    assert_int_equal(observatory_take(here, &here->says.heard[3], 1, NULL), STATUS_SET_ASIDE);
}

int main(void)
{
#define STORY(story) cmocka_unit_test_setup_teardown(story, observatory_setup, observatory_teardown)
    const struct CMUnitTest tests[] = {
        STORY(what_was_approved_in_march_is_told_as_known_on_either_day),
        STORY(the_money_approved_is_the_cost_of_the_ledger),
        STORY(an_allocation_is_kept_as_it_was_known_on_each_day),
        STORY(what_is_granted_is_kept_by_month_as_it_was_known),
        STORY(what_was_granted_by_month_is_granted_by_year_after_the_upgrade),
        STORY(what_is_told_of_a_trajectory_is_kept_unless_it_does_not_fit),
        STORY(a_trajectory_with_a_pic_costs_its_lines_and_what_corrected_them),
        STORY(a_request_waits_until_a_person_judged_it),
        STORY(a_request_that_comes_to_a_person_again_waits_since_it_came_first),
        STORY(what_a_book_corrected_stands_apart_from_what_was_declared),
        STORY(two_clients_who_are_one_count_as_one_from_the_day_on_which_it_was_known),
        STORY(batches_of_1_7_and_500_give_equal_tables),
        STORY(no_table_holds_the_reference_of_a_client),
        STORY(a_message_of_a_later_version_waits_and_what_came_before_it_is_kept),
        STORY(what_cannot_be_read_is_put_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
