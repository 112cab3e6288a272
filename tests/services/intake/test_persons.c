#include "intake/turn.h"

#include "services/intake/desk.h"
#include "support/books.h"
#include "support/database.h"
#include "support/unit.h"

#define OF(id, provider) "{\"id\":\"" id "\",\"municipality\":\"0503\",\"provider\":\"" provider "\","
#define REQUEST(id, provider, bsn)                                                                                  \
    OF(id, provider)                                                                                                \
    "\"allocation_request\":{\"reference\":\"" id "\",\"client\":{\"bsn\":\"" bsn "\",\"name\":\"Test Client\","    \
    "\"birth_day\":\"2010-05-01\"},\"referrer\":\"GP\",\"segment\":\"SPECIALIST\",\"period\":{\"first_day\":"       \
    "\"2020-02-01\",\"last_day\":\"2020-06-30\"},\"products\":[{\"category\":\"45\",\"code\":\"45A04\",\"volume\":" \
    "60,\"unit\":\"MINUTE\",\"frequency\":\"PER_WEEK\"}]}}"
#define START(id, provider, bsn, day) \
    OF(id, provider) "\"start\":{\"bsn\":\"" bsn "\",\"allocation\":\"17\",\"day\":\"" day "\"}}"

static int desk_setup(void **state)
{
    *state = desk_new();
    return 0;
}

static int desk_teardown(void **state)
{
    Desk *desk = *state;
    char *connection = strdup(desk->connection);
    desk_free(desk);
    test_database_drop(connection);
    return 0;
}

/* readings */

/* Each reading: who, why, where, and of how many; a line each, in the order in which they were noted. */
static const char *readings(const Desk *desk)
{
    return desk_text(desk, "SELECT string_agg(concat_ws(' ', owner, reason, address, persons), E'\\n' ORDER BY number)"
                           "  FROM person_read");
}

static void nobody_reads_of_a_person_who_was_not_known(void **state)
{
    Desk *desk = *state;
    assert_string_equal(desk_say(desk, KEY_ONE, REQUEST("R-1", "90000001", "999900006")), "ADMITTED");
    assert_string_equal(readings(desk), "");
}

static void whoever_needs_a_record_is_noted_with_the_reason_and_the_persons(void **state)
{
    Desk *desk = *state;
    static const char *const KNOWN[] = {REQUEST("R-1", "90000001", "999900006"),
                                        REQUEST("R-2", "90000001", "999900018")};
    desk_say_all(desk, KEY_ONE, KNOWN, COUNT(KNOWN));
    static const char *const MORE[] = {REQUEST("R-3", "90000002", "999900006"), REQUEST("R-4", "90000002", "999900018"),
                                       START("S-1", "90000001", "999900006", "2020-01-01"),
                                       START("S-2", "90000001", "999900006", "2020-01-01")};
    desk_say_all(desk, KEY_GATEWAY, MORE, COUNT(MORE));
    assert_string_equal(readings(desk), "gateway ALLOCATION_REQUEST 0503/90000002 2\n"
                                        "gateway START 0503/90000001 1");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person_read, unnest(clients) AS client"
                                       "  JOIN person ON person.reference = client"),
                     3);
}

static void what_is_refused_was_read_all_the_same(void **state)
{
    Desk *desk = *state;
    desk_say(desk, KEY_ONE, REQUEST("R-1", "90000001", "999900006"));
    static const char OTHER_BIRTH_DAY[] =
        OF("G-1", "90000001") "\"care_granted\":{\"request\":{\"reference\":\"G-1\",\"client\":{\"bsn\":\"999900006\","
                              "\"name\":\"Test Client\",\"birth_day\":\"2011-05-01\"},\"referrer\":\"GP\",\"segment\":"
                              "\"SPECIALIST\",\"period\":{\"first_day\":\"2020-02-01\",\"last_day\":\"2020-06-30\"},"
                              "\"pic\":{\"profile\":\"P1\",\"intensity\":\"PERSPECTIEF\"}}}}";
    assert_string_equal(desk_say(desk, KEY_A, OTHER_BIRTH_DAY), "BSN_HAS_OTHER_BIRTH_DAY");
    assert_string_equal(readings(desk), "operator-a CARE_GRANTED 0503/90000001 1");
}

static void a_declaration_reads_nobody(void **state)
{
    Desk *desk = *state;
    desk_say(desk, KEY_ONE, REQUEST("R-1", "90000001", "999900006"));
    static const char *const SAID[] = {
        OF("D-1", "90000001") "\"declaration\":{\"number\":\"D-1\",\"month_day\":\"2020-01-01\",\"clients\":[{\"bsn\":"
                              "\"999900006\",\"lines\":[{\"reference\":\"l\",\"allocation\":\"17\",\"category\":\"45\","
                              "\"code\":\"45A04\",\"period\":{\"first_day\":\"2020-01-01\",\"last_day\":"
                              "\"2020-01-31\"},\"volume\":1,\"unit\":\"MINUTE\",\"amount\":{\"cents\":100}}]}]}}",
        START("S-1", "90000001", "999900006", "2020-01-01")};
    desk_say_all(desk, KEY_ONE, SAID, COUNT(SAID));
    assert_string_equal(desk_code(desk, 0), "ADMITTED");
    assert_string_equal(readings(desk), "one START 0503/90000001 1");
}

/* A reading is kept with what was read for, or not at all. */
static void what_is_rolled_back_was_not_read(void **state)
{
    Desk *desk = *state;
    desk_say(desk, KEY_ONE, REQUEST("R-1", "90000001", "999900006"));
    test_database_run(desk->database, "ALTER TABLE care_said ADD CONSTRAINT no_more CHECK (kind = 3) NOT VALID");
    Turn turn = {.arena = desk->arena, .database = desk->database, .house = &desk->house};
    static const char LINE[] = START("S-1", "90000001", "999900006", "2020-01-01");
    Knock knock = {.key = KEY_ONE, .number = 1, .line = {(const uint8_t *)LINE, strlen(LINE)}};
    Bytes receipt;
    size_t taken;
    assert_int_equal(intake_door_turns.admit(&turn, &knock, 1, &receipt, &taken), STATUS_SET_ASIDE);
    assert_string_equal(readings(desk), "");
}

/* Tries it as whoever owns the table; gives whether it was refused. */
static bool is_refused(const Desk *desk, const char *text)
{
    Status status = database_begin(desk->database);
    assert_int_equal(status, STATUS_OK);
    status = database_run(desk->database, "try", text);
    database_rollback(desk->database);
    return status != STATUS_OK;
}

static void what_was_noted_stays(void **state)
{
    Desk *desk = *state;
    desk_say(desk, KEY_ONE, REQUEST("R-1", "90000001", "999900006"));
    desk_say(desk, KEY_ONE, START("S-1", "90000001", "999900006", "2020-01-01"));
    static const char *const TABLES[] = {"person_read", "forgotten"};
    for (size_t i = 0; i < COUNT(TABLES); i++) {
        assert_true(is_refused(desk, arena_format(desk->arena, "UPDATE %s SET owner = 'nobody'", TABLES[i])));
        assert_true(is_refused(desk, arena_format(desk->arena, "DELETE FROM %s", TABLES[i])));
        assert_true(is_refused(desk, arena_format(desk->arena, "TRUNCATE %s", TABLES[i])));
        assert_true(is_refused(desk, arena_format(desk->arena,
                                                  "SET LOCAL session_replication_role = replica;"
                                                  "GRANT DELETE ON %s TO CURRENT_USER; DELETE FROM %s",
                                                  TABLES[i], TABLES[i])));
    }
    assert_false(is_refused(desk, "DELETE FROM care_said"));
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person_read WHERE owner = 'one'"), 1);
}

/* forgetting */

/* A book that says how many years, known from the first day. */
static void years_are_said(Desk *desk, const char *sections)
{
    desk->house.shelf[0] = book_written(1, sections);
    assert_true(books_add(&desk->house.books, desk->house.shelf[0], day_of(2020, 1, 1)));
    test_database_run(desk->database, "INSERT INTO proposal VALUES (1, 'd', 'years', 'a', '', 'b', '2020-01-01')");
}

#define ONE_YEAR "region: {retention: [{years: 1}]}\n"

static void child_in_care(Desk *desk, const char *number, const char *bsn, const char *last)
{
    const char *line = arena_format(
        desk->arena,
        OF("t-%s", "90000001") "\"care_taken_over\":{\"client\":{\"bsn\":\"%s\",\"name\":\"Test Client\","
                               "\"birth_day\":\"2010-05-01\"},\"allocation\":\"%s\",\"segment\":\"SPECIALIST\","
                               "\"period\":{\"first_day\":\"2019-01-01\",\"last_day\":\"2020-06-30\"},\"product\":"
                               "{\"category\":\"45\",\"code\":\"45A04\",\"volume\":60,\"unit\":\"MINUTE\","
                               "\"frequency\":\"PER_WEEK\"}}}",
        number, bsn, number);
    assert_string_equal(desk_say(desk, KEY_A, line), "ADMITTED");
    if (last)
        test_database_run(desk->database, arena_format(desk->arena,
                                                       "UPDATE allocated SET removed = false, first_day = '2019-01-01',"
                                                       " last_day = '%s' WHERE number = '%s'",
                                                       last, number));
}

static void day_begins(Desk *desk, const char *day)
{
    const char *line =
        arena_format(desk->arena, "{\"id\":\"day-%s\",\"new_day\":{\"day\":\"%s\",\"after_gap\":true}}", day, day);
    assert_string_equal(desk_say(desk, KEY_A, line), "ADMITTED");
}

/* The door looks once in a day. */
static void look(Desk *desk)
{
    Turn turn = {.arena = desk->arena, .database = desk->database, .house = &desk->house};
    Day through = {0};
    if (intake_door_turns.forget(&turn, &through) != STATUS_OK)
        fail_msg("%s", fault_words());
}

static void who_was_in_care_is_forgotten_when_the_years_are_over(void **state)
{
    Desk *desk = *state;
    years_are_said(desk, ONE_YEAR);
    child_in_care(desk, "17", "999900006", "2020-12-31");
    const char *reference = desk_text(desk, "SELECT reference FROM person");
    day_begins(desk, "2020-12-31");
    day_begins(desk, "2021-12-31");
    look(desk);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 1);

    day_begins(desk, "2022-01-01");
    int64_t said = desk_number(desk, "SELECT count(*) FROM outbox");
    look(desk);
    look(desk);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 0);
    assert_string_equal(
        desk_text(desk, "SELECT concat_ws(' ', reference, last_day, forgotten_on, owner) FROM forgotten"),
        arena_format(desk->arena, "%s 2020-12-31 2022-01-01 clock", reference));
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox"), said);
    assert_string_equal(desk_text(desk, "SELECT reference FROM allocated"), reference);

    /* The number is nobody's, and the next who comes with it is another. */
    assert_string_equal(desk_say(desk, KEY_ONE, START("S-9", "90000001", "999900006", "2022-01-01")), "CLIENT_UNKNOWN");
    child_in_care(desk, "18", "999900006", NULL);
    assert_string_not_equal(desk_text(desk, "SELECT reference FROM person"), reference);
}

static void who_is_in_care_or_asked_for_it_since_is_known(void **state)
{
    Desk *desk = *state;
    years_are_said(desk, ONE_YEAR);
    child_in_care(desk, "11", "999900006", "2189-12-31"); /* runs */
    child_in_care(desk, "12", "999900018", NULL);         /* not answered yet */
    child_in_care(desk, "13", "999900031", "2020-06-30"); /* begun under another number, and not stopped */
    child_in_care(desk, "14", "999900043", "2020-06-30"); /* asked for care again */
    child_in_care(desk, "15", "999900055", "2020-06-30"); /* of which a case is open */
    child_in_care(desk, "16", "999900067", "2020-06-30"); /* due */
    desk_say(desk, KEY_ONE, START("S-1", "90000001", "999900031", "2020-01-01"));
    test_database_run(
        desk->database,
        "INSERT INTO linked_case SELECT 'c', 'a', 's', 2, reference, '', conversation, '0503', '90000001',"
        " '', '', '', '', '2020-01-01', '', '2020-01-01', 5, '', '', '2020-01-01'"
        "  FROM allocated WHERE number = '15'");
    day_begins(desk, "2020-12-31");
    assert_string_equal(
        desk_say(desk, KEY_ONE,
                 OF("R-1", "90000001") "\"allocation_request\":{\"reference\":\"R-1\",\"client\":{"
                                       "\"bsn\":\"999900043\",\"name\":\"Test Client\",\"birth_day\":"
                                       "\"2010-05-01\"},\"referrer\":\"GP\",\"segment\":\"SPECIALIST\","
                                       "\"pic\":{\"profile\":\"P1\",\"intensity\":\"SHORT\"},\"period\":"
                                       "{\"first_day\":\"2021-02-01\",\"last_day\":\"2021-06-30\"}}}"),
        "ADMITTED");
    day_begins(desk, "2021-12-30");
    look(desk);
    assert_string_equal(desk_text(desk, "SELECT string_agg(number, ' ' ORDER BY number) FROM allocated"
                                        "  JOIN person USING (reference)"),
                        "11 12 13 14 15");
    assert_string_equal(desk_text(desk, "SELECT number FROM allocated JOIN forgotten USING (reference)"), "16");
    day_begins(desk, "2022-01-01");
    look(desk);
    assert_string_equal(desk_text(desk, "SELECT string_agg(number, ' ' ORDER BY number) FROM allocated"
                                        "  JOIN forgotten USING (reference)"),
                        "14 16");
}

static void an_operator_says_when_and_never_whom(void **state)
{
    Desk *desk = *state;
    static const char *const NOW[] = {"{\"id\":\"f-1\",\"persons_forgotten\":{\"reason\":\"na publicatie\"}}",
                                      "{\"id\":\"f-2\",\"persons_forgotten\":{\"reason\":\"na publicatie\"}}"};
    child_in_care(desk, "17", "999900006", "2020-06-30");
    child_in_care(desk, "18", "999900018", "2021-06-30");
    day_begins(desk, "2020-12-31");
    day_begins(desk, "2021-07-01");
    look(desk);
    assert_string_equal(desk_say(desk, KEY_A, NOW[0]), "RETENTION_NOT_SAID");
    years_are_said(desk, ONE_YEAR);
    assert_string_equal(desk_say(desk, KEY_DELFT, NOW[1]), "SENDER_NOT_FOR_MUNICIPALITY");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 2);
    assert_string_equal(desk_say(desk, KEY_B, NOW[1]), "ADMITTED");
    assert_string_equal(
        desk_text(desk,
                  "SELECT concat_ws(' ', number, owner, id, words) FROM forgotten JOIN allocated USING (reference)"),
        "17 operator-b f-2 na publicatie");
}

static void without_a_rule_nobody_is_forgotten(void **state)
{
    Desk *desk = *state;
    child_in_care(desk, "17", "999900006", "2020-06-30");
    for (int year = 2021; year < 2060; year++)
        day_begins(desk, arena_format(desk->arena, "%d-01-01", year));
    look(desk);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 1);
}

int main(void)
{
    static const struct CMUnitTest TESTS[] = {
        cmocka_unit_test_setup_teardown(nobody_reads_of_a_person_who_was_not_known, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(whoever_needs_a_record_is_noted_with_the_reason_and_the_persons, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_refused_was_read_all_the_same, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(a_declaration_reads_nobody, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_is_rolled_back_was_not_read, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(what_was_noted_stays, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(who_was_in_care_is_forgotten_when_the_years_are_over, desk_setup,
                                        desk_teardown),
        cmocka_unit_test_setup_teardown(who_is_in_care_or_asked_for_it_since_is_known, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(an_operator_says_when_and_never_whom, desk_setup, desk_teardown),
        cmocka_unit_test_setup_teardown(without_a_rule_nobody_is_forgotten, desk_setup, desk_teardown),
    };
    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
