/*
 * National messages through the front door: read apart, admitted whole, and answered in codes.
 */
#include "process/child.h"
#include "services/intake/desk.h"
#include "services/intake/ijw/sample.h"
#include "support/database.h"
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>

static int desk_setup(void **state)
{
    Desk *desk = desk_new();
    *state = desk;
    /* The samples are dated; of the days before nothing is told here. */
    desk_text(desk, "INSERT INTO calendar (day) VALUES ('2021-03-05') RETURNING day::text");
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

static const char *send_text(Desk *desk, const char *text)
{
    return desk_send(desk, KEY_ONE, sample_bytes(text));
}

static const char *send_sample(Desk *desk, unsigned message)
{
    return send_text(desk, sample(message));
}

/* The client of the samples comes into being as one whose care is taken over. */
static void know_client(Desk *desk)
{
    static const char TAKEN_OVER[] =
        "{\"id\":\"t-1\",\"municipality\":\"0503\",\"provider\":\"90000001\",\"care_taken_over\":{\"client\":{\"bsn\":"
        "\"999900006\",\"name\":\"Test Client\",\"birth_day\":\"2010-05-06\"},\"allocation\":\"640017\",\"segment\":"
        "\"SPECIALIST\",\"period\":{\"first_day\":\"2021-01-01\",\"last_day\":\"2021-12-31\"},\"product\":{"
        "\"category\":"
        "\"45\",\"code\":\"45A48\",\"volume\":60,\"unit\":\"MINUTE\",\"frequency\":\"PER_WEEK\"}}}";
    assert_string_equal(desk_say(desk, KEY_A, TAKEN_OVER), "ADMITTED");
}

static int64_t facts_said(Desk *desk)
{
    return desk_number(desk, "SELECT count(*) FROM outbox WHERE id LIKE 'one:jw%'");
}

static const char *letters_of_one(Desk *desk)
{
    return desk_read(desk, KEY_ONE, "", "", 0);
}

static void a_message_of_two_starts_is_two_facts_under_one_name(void **state)
{
    Desk *desk = *state;
    know_client(desk);
    assert_string_equal(send_sample(desk, IJW_305), "ADMITTED");
    assert_string_equal(desk_message_id(desk), "jw305:90000001:A1");
    assert_int_equal(desk_fact(desk, "one:jw305:90000001:A1/1")->start->day, day_of(2021, 3, 1).number);
    assert_string_equal(desk_fact(desk, "one:jw305:90000001:A1/2")->start->allocation, "640081");
    assert_string_equal(desk_fact(desk, "one:jw305:90000001:A1/2")->sent_id, "jw305:90000001:A1/2");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM care_said WHERE allocation IN ('640017', '640081')"), 3);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM sent WHERE owner = 'one'"), 1);
}

static void stops_changes_and_declarations_go_on_as_their_facts(void **state)
{
    Desk *desk = *state;
    know_client(desk);
    assert_string_equal(send_sample(desk, IJW_307), "ADMITTED");
    assert_string_equal(send_sample(desk, IJW_317), "ADMITTED");
    assert_string_equal(send_sample(desk, IJW_323), "ADMITTED");
    assert_int_equal(desk_fact(desk, "one:jw307:90000001:A1/1")->stop->reason, CARE__STOP_REASON__VALUE__AS_PLANNED);
    assert_string_equal(desk_fact(desk, "one:jw317:90000001:A1/1")->change_request->reference, "W-1");
    const Intake__Declaration *declaration = desk_fact(desk, "one:jw323:90000001:A1/1")->declaration;
    assert_string_equal(declaration->number, "D1");
    assert_int_equal(declaration->total->cents, 2500);
    assert_true(*declaration->clients[0]->client);
    assert_string_equal(declaration->clients[1]->client, ""); /* nobody of ours */
}

static void no_national_message_brings_a_person_beyond_intake(void **state)
{
    Desk *desk = *state;
    know_client(desk);
    send_sample(desk, IJW_305);
    send_sample(desk, IJW_323);
    send_text(desk, sample_with(desk->arena, IJW_305, "999900006", "999900007"));
    assert_int_equal(
        desk_number(desk, "SELECT count(*) FROM outbox WHERE position('99990000' IN encode(data, 'escape')) > 0"), 0);
    send_text(desk,
              text_with(desk->arena, sample_with(desk->arena, IJW_305, "999900006", "999900018"), ">A1<", ">A2<"));
    assert_null(strstr(letters_of_one(desk), "99990000"));
    assert_int_equal(
        desk_number(desk, "SELECT count(*) FROM letter WHERE position('9999000' IN encode(content, 'escape')) > 0"), 0);
}

static void the_same_message_again_counts_once(void **state)
{
    Desk *desk = *state;
    know_client(desk);
    send_sample(desk, IJW_305);
    assert_string_equal(send_sample(desk, IJW_305), "ADMITTED");
    assert_true(desk_heard_before(desk, 0));
    assert_int_equal(facts_said(desk), 2);
    const char *other = sample_with(desk->arena, IJW_305, "<Begindatum>2021-03-01", "<Begindatum>2021-03-03");
    assert_string_equal(send_text(desk, other), "ID_HAS_OTHER_CONTENT");
    assert_non_null(strstr(letters_of_one(desk), "\"return_code\":\"9056\""));
    assert_string_equal(send_text(desk, text_with(desk->arena, other, ">A1<", ">A2<")), "ADMITTED");
    assert_int_equal(facts_said(desk), 4);
}

static void one_fault_refuses_the_whole_message_and_its_name_may_be_used_again(void **state)
{
    Desk *desk = *state;
    know_client(desk);
    const char *wrong = sample_with(desk->arena, IJW_323, ">2500<", ">2501<");
    assert_string_equal(send_text(desk, wrong), "NATIONAL_BROKEN");
    assert_string_equal(desk_message_id(desk), "");
    assert_non_null(strstr(desk_sentence(desk), "TR358"));
    assert_int_equal(facts_said(desk), 0);
    assert_string_equal(send_text(desk, wrong), "NATIONAL_BROKEN");
    assert_true(desk_heard_before(desk, 0));
    assert_string_equal(send_sample(desk, IJW_323), "ADMITTED");
    assert_int_equal(facts_said(desk), 1);
}

static void a_refusal_is_a_letter_with_every_fault(void **state)
{
    Desk *desk = *state;
    const char *wrong = sample_with(desk->arena, IJW_323, ">2500<", ">2501<");
    send_text(desk, text_with(desk->arena, wrong, ">R-2<", ">R-1<"));
    const char *letters = letters_of_one(desk);
    assert_non_null(strstr(letters, "\"about\":\"jw323:90000001:A1\""));
    assert_non_null(strstr(letters, "\"national_message\":\"JW323\",\"return_code\":\"0001\",\"faults\":["
                                    "{\"rule\":\"TR101\",\"path\":\"Bericht/Declaratie/Clienten/Client[1]/Prestaties/"
                                    "Prestatie[2]/ProductReferentie/ReferentieNummer\",\"line\":"));
    assert_non_null(strstr(letters, "\"rule\":\"TR358\""));
}

static void a_fault_of_form_has_no_return_code(void **state)
{
    Desk *desk = *state;
    send_text(desk, sample_with(desk->arena, IJW_305, "<Geslacht>0</Geslacht>", ""));
    const char *letters = letters_of_one(desk);
    assert_non_null(strstr(letters, "\"rule\":\"XSD\""));
    assert_null(strstr(letters, "return_code"));
    assert_null(strstr(letters, "return_message"));
}

static void a_client_whom_nobody_knows_has_no_start(void **state)
{
    Desk *desk = *state;
    assert_string_equal(send_sample(desk, IJW_305), "CLIENT_UNKNOWN");
    assert_int_equal(facts_said(desk), 0);
    const char *letters = desk_read(desk, KEY_ONE, "0503", "90000001", 0);
    assert_non_null(strstr(letters, "Bericht/Client/StartProducten/StartProduct[1]"));
    assert_non_null(strstr(letters, "\"return_code\":\"9019\""));
    assert_null(strstr(letters, "return_message")); /* it would bring the client back */
}

static void a_fault_of_content_is_answered_by_the_header_alone(void **state)
{
    Desk *desk = *state;
    assert_string_equal(
        send_text(desk, sample_with(desk->arena, IJW_307, "<Einddatum>2021-02-28", "<Einddatum>2021-01-03")),
        "NATIONAL_BROKEN");
    const char *letters = letters_of_one(desk);
    assert_non_null(strstr(letters, "<BerichtCode>441</BerichtCode>"));
    assert_non_null(strstr(letters, "<RetourCode>0001</RetourCode></RetourCodes></Header></Bericht>"));
    assert_non_null(strstr(letters, "<DagtekeningRetour>2021-03-05</DagtekeningRetour>"));
    assert_null(strstr(letters, "<Client>"));
}

static void a_key_speaks_for_its_own_provider_only(void **state)
{
    Desk *desk = *state;
    know_client(desk);
    assert_string_equal(send_text(desk, sample_with(desk->arena, IJW_305, "90000001", "90000002")),
                        "SENDER_NOT_FOR_PROVIDER");
    assert_string_equal(desk_send(desk, KEY_A, sample_bytes(sample(IJW_305))), "NATIONAL_OF_OPERATOR");
    assert_string_equal(desk_send(desk, "a key of nobody", sample_bytes(sample(IJW_305))), "SENDER_UNKNOWN");
    assert_int_equal(facts_said(desk), 0);
}

static void a_message_from_tomorrow_waits(void **state)
{
    Desk *desk = *state;
    know_client(desk);
    const char *tomorrow = sample_with(desk->arena, IJW_305, "Dagtekening>2021-03-05", "Dagtekening>2021-03-06");
    assert_string_equal(send_text(desk, tomorrow), "DATED_AHEAD");
    assert_non_null(strstr(desk_read(desk, KEY_ONE, "0503", "90000001", 0), "\"return_code\":\"8848\""));
}

static void a_product_that_no_book_has_cannot_be_asked(void **state)
{
    Desk *desk = *state;
    assert_string_equal(send_sample(desk, IJW_315), "PRODUCT_UNKNOWN");
    assert_non_null(strstr(desk_read(desk, KEY_ONE, "0503", "90000001", 0), "\"return_code\":\"S329\""));
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 0);
}

static void bytes_of_any_kind_are_refused_and_lines_go_on(void **state)
{
    Desk *desk = *state;
    know_client(desk);
    assert_string_equal(desk_send(desk, KEY_ONE, sample_bytes("<!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>")),
                        "NATIONAL_BROKEN");
    assert_string_equal(desk_send(desk, KEY_ONE, sample_bytes("{\"id\":\"a\"}")), "NATIONAL_BROKEN");
    assert_string_equal(desk_say(desk, KEY_ONE, "<Bericht/>"), "NOT_JSON");
    assert_string_equal(send_sample(desk, IJW_305), "ADMITTED");
}

static void a_door_without_a_reader_says_so_and_remembers_nothing(void **state)
{
    Desk *desk = *state;
    know_client(desk);
    struct Child *reader = desk->house.reader;
    static const char *const NO_SETTINGS[] = {NULL};
    desk->house.reader = child_new("/nowhere/picq-reader", NO_SETTINGS);
    assert_string_equal(send_sample(desk, IJW_305), "READER_AWAY");
    child_free(desk->house.reader);
    desk->house.reader = reader;
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM sent WHERE owner = 'one'"), 0);
    assert_string_equal(send_sample(desk, IJW_305), "ADMITTED");
}

#define desk_test(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        desk_test(a_message_of_two_starts_is_two_facts_under_one_name),
        desk_test(stops_changes_and_declarations_go_on_as_their_facts),
        desk_test(no_national_message_brings_a_person_beyond_intake),
        desk_test(the_same_message_again_counts_once),
        desk_test(one_fault_refuses_the_whole_message_and_its_name_may_be_used_again),
        desk_test(a_refusal_is_a_letter_with_every_fault),
        desk_test(a_fault_of_form_has_no_return_code),
        desk_test(a_client_whom_nobody_knows_has_no_start),
        desk_test(a_fault_of_content_is_answered_by_the_header_alone),
        desk_test(a_key_speaks_for_its_own_provider_only),
        desk_test(a_message_from_tomorrow_waits),
        desk_test(a_product_that_no_book_has_cannot_be_asked),
        desk_test(bytes_of_any_kind_are_refused_and_lines_go_on),
        desk_test(a_door_without_a_reader_says_so_and_remembers_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
