#include "intake/turn.h"

#include "services/intake/desk.h"
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
    };
    return cmocka_run_group_tests(TESTS, NULL, NULL);
}
