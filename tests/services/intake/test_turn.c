#include "intake/turn.h"

#include "intake/feed/feed.h"
#include "process/book_folder.h"
#include "proto/allocation.pb-c.h"
#include "proto/billing.pb-c.h"
#include "proto/intake.pb-c.h"
#include "proto/operator.pb-c.h"
#include "services/intake/desk.h"
#include "support/database.h"
#include "support/unit.h"

#include <threads.h>

#define OF(id, municipality, provider) \
    "{\"id\":\"" id "\",\"municipality\":\"" municipality "\",\"provider\":\"" provider "\","
#define REQUEST(id, municipality, provider, bsn)                                                                       \
    OF(id, municipality, provider)                                                                                     \
    "\"allocation_request\":{\"reference\":\"" id "\",\"client\":{\"bsn\":\"" bsn "\",\"name\":\"Test Client\","       \
    "\"birth_day\":\"2010-05-01\"},\"referrer\":\"GP\",\"segment\":\"SPECIALIST\",\"period\":{\"first_day\":"          \
    "\"2020-02-01\",\"last_day\":\"2020-06-30\"},\"products\":[{\"category\":\"45\",\"code\":\"45A04\",\"volume\":60," \
    "\"unit\":\"MINUTE\",\"frequency\":\"PER_WEEK\"}]}}"
#define START(id, bsn, day) \
    OF(id, "0503", "90000001") "\"start\":{\"bsn\":\"" bsn "\",\"allocation\":\"17\",\"day\":\"" day "\"}}"
#define NEW_DAY(id, day) "{\"id\":\"" id "\",\"new_day\":{\"day\":\"" day "\"}}"

/* A protobuf string is not const, yet never written to. */
static char *text(const char *borrowed)
{
    return (char *)(uintptr_t)borrowed;
}

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

static void what_is_admitted_stands_in_the_log_of_its_partition(void **state)
{
    Desk *desk = *state;
    assert_string_equal(desk_say(desk, KEY_ONE, REQUEST("R-1", "0503", "90000001", "999900006")), "ADMITTED");
    char question[200];
    snprintf(question, sizeof question,
             "SELECT count(*) FROM outbox WHERE id = 'one:R-1' AND subject = '0503/90000001' AND type = 'intake.Fact'"
             " AND known_day = '2020-01-01' AND partition = %d",
             partition_of("0503", "90000001"));
    assert_int_equal(desk_number(desk, question), 1);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 1);
}

static void no_row_that_leaves_intake_holds_a_person(void **state)
{
    Desk *desk = *state;
    desk_say(desk, KEY_ONE, REQUEST("R-1", "0503", "90000001", "999900006"));
    desk_say(desk, KEY_ONE, START("S-1", "999900006", "2020-02-03"));
    assert_int_equal(
        desk_number(desk, "SELECT count(*) FROM outbox WHERE position(convert_to('999900006', 'UTF8') IN data) > 0"
                          " OR position(convert_to('Test Client', 'UTF8') IN data) > 0"),
        0);
    assert_int_equal(
        desk_number(desk, "SELECT count(*) FROM person WHERE position(convert_to('999900006', 'UTF8') IN sealed) > 0"
                          " OR position(convert_to('Test Client', 'UTF8') IN sealed) > 0"),
        0);
}

static void the_same_message_again_gets_the_same_receipt_and_counts_once(void **state)
{
    Desk *desk = *state;
    static const char *const TWICE[] = {REQUEST("R-1", "0503", "90000001", "999900006"),
                                        REQUEST("R-1", "0503", "90000001", "999900006")};
    desk_say_all(desk, KEY_ONE, TWICE, 2);
    assert_string_equal(desk_code(desk, 0), "ADMITTED");
    assert_string_equal(desk_code(desk, 1), "ADMITTED");
    assert_false(desk_heard_before(desk, 0));
    assert_true(desk_heard_before(desk, 1));

    assert_string_equal(desk_say(desk, KEY_ONE, TWICE[0]), "ADMITTED");
    assert_true(desk_heard_before(desk, 0));
    assert_string_equal(desk_say(desk, KEY_ONE, REQUEST("R-1", "0518", "90000001", "999900006")),
                        "ID_HAS_OTHER_CONTENT");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id LIKE 'one:R-1%'"), 1);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM sent WHERE owner = 'one'"), 1);
}

#define TAKEN_OVER(id, bsn, number)                                                                                   \
    OF(id, "0503", "90000001")                                                                                        \
    "\"care_taken_over\":{\"client\":{\"bsn\":\"" bsn "\",\"name\":\"Test Client\",\"birth_day\":\"2010-05-01\"},"    \
    "\"allocation\":\"" number "\",\"segment\":\"SPECIALIST\",\"period\":{\"first_day\":\"2019-01-01\",\"last_day\":" \
    "\"2020-12-31\"},\"product\":{\"category\":\"45\",\"code\":\"45A04\",\"volume\":60,\"unit\":\"MINUTE\","          \
    "\"frequency\":"                                                                                                  \
    "\"PER_WEEK\"},\"care_periods\":[{\"first_day\":\"2017-01-01\",\"last_day\":\"2017-06-30\"}]}}"

static void what_is_known_of_care_is_stamped_on_requests_and_conversions(void **state)
{
    Desk *desk = *state;
    assert_string_equal(desk_say(desk, KEY_A, TAKEN_OVER("t-1", "999900006", "17")), "ADMITTED");
    desk_say(desk, KEY_ONE, REQUEST("R-1", "0503", "90000001", "999900006"));
    desk_say(desk, KEY_A,
             OF("c-1", "0503", "90000001") "\"conversion\":{\"allocation\":\"17\",\"day\":\"2020-05-02\"}}");

    const Intake__Client *clients[] = {desk_fact(desk, "one:R-1")->allocation_request->client,
                                       desk_fact(desk, "operator-a:c-1")->conversion->client};
    static const int AGES[] = {9, 10};
    for (size_t i = 0; i < COUNT(clients); i++) {
        assert_string_equal(clients[i]->reference, clients[0]->reference);
        assert_int_equal(clients[i]->age_first, AGES[i]);
        assert_int_equal(clients[i]->n_care_periods, 2);
        assert_int_equal(clients[i]->care_periods[0]->last_day, day_of(2017, 6, 30).number);
        assert_int_equal(clients[i]->care_periods[1]->first_day, day_of(2019, 1, 1).number);
    }

    desk_say(desk, KEY_A,
             OF("c-2", "0503", "90000001") "\"conversion\":{\"allocation\":\"18\",\"day\":\"2020-05-02\"}}");
    assert_string_equal(desk_fact(desk, "operator-a:c-2")->conversion->client->reference, "");
}

static void the_second_message_of_a_batch_sees_what_the_first_decided(void **state)
{
    Desk *desk = *state;
    static const char *const LINES[] = {
        START("S-1", "999900006", "2020-02-03"),
        REQUEST("R-1", "0503", "90000001", "999900006"),
        START("S-2", "999900006", "2020-02-03"),
        REQUEST("R-2", "0518", "90000001", "999900006"),
    };
    desk_say_all(desk, KEY_ONE, LINES, COUNT(LINES));
    assert_string_equal(desk_code(desk, 0), "CLIENT_UNKNOWN");
    assert_string_equal(desk_code(desk, 1), "ADMITTED");
    assert_string_equal(desk_code(desk, 2), "ADMITTED");
    assert_string_equal(desk_code(desk, 3), "ADMITTED");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 1);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM care_said"), 1);
}

static void a_refusal_is_a_letter_where_the_sender_may_speak(void **state)
{
    Desk *desk = *state;
    desk_say(desk, KEY_ONE, START("S-1", "999900006", "2020-02-03"));
    desk_say(desk, KEY_ONE, START("S-1", "999900006", "2020-02-03"));
    desk_say(desk, KEY_ONE,
             "{\"id\":\"S-2\",\"municipality\":\"0503\",\"provider\":\"90000002\",\"start\":{\"bsn\":"
             "\"999900006\",\"allocation\":\"17\",\"day\":\"2020-02-03\"}}");
    desk_say(desk, KEY_ONE, "hello");
    desk_say(desk, KEY_ONE, "hello");

    const char *conversation = desk_read(desk, KEY_ONE, "0503", "90000001", 0);
    assert_string_equal(
        conversation,
        "{\"id\":\"one:S-1/intake.1\",\"about\":\"S-1\",\"sender\":\"one\",\"municipality\":\"0503\","
        "\"provider\":\"90000001\",\"known_day\":\"2020-01-01\",\"refused\":{\"code\":\"CLIENT_UNKNOWN\","
        "\"sentence\":\"start.bsn: er is geen cliënt met dit BSN bekend; vraag eerst een toewijzing aan.\"}}\n");
    assert_string_equal(desk_read(desk, KEY_GATEWAY, "0503", "90000002", 0), "");
    const char *own = desk_read(desk, KEY_ONE, "", "", 0);
    assert_non_null(strstr(own, "SENDER_NOT_FOR_PROVIDER"));
    assert_non_null(strstr(own, "NOT_JSON"));
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM letter WHERE address = '@one'"), 2);
    assert_string_equal(desk_read(desk, KEY_ONE, "0503", "90000001", 1), "");
}

static void a_mailbox_is_read_by_those_who_may(void **state)
{
    Desk *desk = *state;
    static const struct {
        const char *story;
        const char *key;
        const char *municipality;
        const char *provider;
        bool may;
    } CASES[] = {
        {"its provider", KEY_ONE, "0503", "90000001", true},
        {"another provider", KEY_ONE, "0503", "90000002", false},
        {"a gateway", KEY_GATEWAY, "0503", "90000002", true},
        {"an operator of it", KEY_DELFT, "0503", "90000001", true},
        {"an operator of another", KEY_DELFT, "0518", "90000001", false},
        {"an operator of all", KEY_A, "0518", "90000001", true},
        {"a stranger", "333333333333333333333333333333333333333", "0503", "90000001", false},
        {"a municipality alone", KEY_A, "0503", "", false},
        {"one's own", KEY_ONE, "", "", true},
    };
    for (size_t i = 0; i < COUNT(CASES); i++) {
        const char *read = desk_read(desk, CASES[i].key, CASES[i].municipality, CASES[i].provider, 0);
        if ((strcmp(read, "refusal") != 0) != CASES[i].may)
            fail_msg("%s", CASES[i].story);
    }
}

static void a_new_day_begins_in_every_partition_and_missed_days_too(void **state)
{
    Desk *desk = *state;
    assert_string_equal(desk_say(desk, KEY_A, NEW_DAY("d-3", "2020-01-03")), "ADMITTED");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id LIKE 'day-2020-01-02@%'"), 64);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id = 'day-2020-01-03@' || partition"
                                       " AND known_day = '2020-01-03'"),
                     64);
    assert_string_equal(desk_say(desk, KEY_A, NEW_DAY("d-9", "2020-01-09")), "DAYS_MISSED");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM calendar"), 3);

    static const char *const IN_ONE_BATCH[] = {NEW_DAY("d-4", "2020-01-04"), NEW_DAY("d-5", "2020-01-05")};
    desk_say_all(desk, KEY_A, IN_ONE_BATCH, 2);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE known_day = '2020-01-04'"), 64);
}

static void the_clock_begins_a_day_once_for_all_replicas(void **state)
{
    Desk *desk = *state;
    Desk *beside = desk_beside(desk);
    desk->house.days_by_clock = beside->house.days_by_clock = true;
    Turn turn = {.arena = desk->arena, .database = desk->database, .house = &desk->house};
    Turn other = {.arena = beside->arena, .database = beside->database, .house = &beside->house};
    Status here = intake_door_turns.begin_day(&turn, day_of(2020, 1, 2));
    Status there = intake_door_turns.begin_day(&other, day_of(2020, 1, 2));
    desk_free(beside);
    assert_int_equal(here, STATUS_OK);
    assert_int_equal(there, STATUS_OK);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE known_day = '2020-01-02'"), 64);
}

/* The region's first book as an operator proposes it, without its last file when it is to have faults. */
static const char *proposal_line(Desk *desk, const char *id, size_t left_out)
{
    BookFiles folder;
    if (book_folder_read(desk->arena, "deploy/regions/haaglanden/book/001-pxq-contracts-to-2019", &folder) != STATUS_OK)
        fail_msg("%s", fault_words());
    Operator__BookProposed proposed = OPERATOR__BOOK_PROPOSED__INIT;
    proposed.number = 1;
    proposed.slug = text("pxq-contracts-to-2019");
    proposed.n_files = folder.count - left_out;
    proposed.files = ARENA_MANY(desk->arena, Operator__BookProposed__File *, folder.count);
    for (size_t i = 0; i < proposed.n_files; i++) {
        proposed.files[i] = ARENA_NEW(desk->arena, Operator__BookProposed__File);
        operator__book_proposed__file__init(proposed.files[i]);
        proposed.files[i]->name = arena_text(desk->arena, folder.files[i].name);
        proposed.files[i]->text =
            arena_text_sized(desk->arena, (const char *)folder.files[i].text.data, folder.files[i].text.size);
    }
    Operator__Message message = OPERATOR__MESSAGE__INIT;
    message.id = arena_text(desk->arena, id);
    message.fact_case = OPERATOR__MESSAGE__FACT_BOOK_PROPOSED;
    message.book_proposed = &proposed;
    Bytes line = feed_write(desk->arena, &message.base);
    return arena_text_sized(desk->arena, (const char *)line.data, line.size);
}

static void a_book_is_published_in_every_partition_when_another_approves_it(void **state)
{
    Desk *desk = *state;
    assert_string_equal(desk_say(desk, KEY_A, proposal_line(desk, "p-1", 1)), "BOOK_FAULTY");
    const char *code = desk_say(desk, KEY_A, proposal_line(desk, "p-2", 0));
    if (strcmp(code, "ADMITTED") != 0)
        fail_msg("%s: %s", code, desk_read(desk, KEY_A, "", "", 0));
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id LIKE 'book-%'"), 0);

    const char *digest = desk_text(desk, "SELECT digest FROM proposal");
    const char *approval =
        arena_format(desk->arena, "{\"id\":\"a\",\"book_approved\":{\"number\":1,\"digest\":\"%s\"}}", digest);
    assert_string_equal(desk_say(desk, KEY_A, approval), "BOOK_NEEDS_ANOTHER");
    assert_string_equal(desk_say(desk, KEY_B, approval), "ADMITTED");
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id = 'book-1@' || partition"), 64);

    /* The next batch knows the book, and so does another replica. */
    assert_string_equal(desk_say(desk, KEY_B, proposal_line(desk, "p-3", 0)), "BOOK_NUMBER_USED");
    assert_int_equal(house_book_number(&desk->house), 1);
    Desk *beside = desk_beside(desk);
    int32_t number = house_book_number(&beside->house);
    desk_free(beside);
    assert_int_equal(number, 1);
}

static void a_year_is_closed_in_every_partition_when_another_approves_it(void **state)
{
    Desk *desk = *state;
    static const char OUTSIDE[] = "SELECT count(*) FROM outbox WHERE id LIKE 'close-%' OR id LIKE 'reopen-%'";
    assert_string_equal(desk_say(desk, KEY_A, "{\"id\":\"c1\",\"year_proposed\":{\"year\":2019}}"), "ADMITTED");
    assert_string_equal(desk_say(desk, KEY_A, "{\"id\":\"c2\",\"year_approved\":{\"year\":2019}}"), "NEEDS_ANOTHER");
    assert_int_equal(desk_number(desk, OUTSIDE), 0);
    assert_string_equal(desk_say(desk, KEY_B, "{\"id\":\"c3\",\"year_approved\":{\"year\":2019}}"), "ADMITTED");
    assert_int_equal(desk_number(desk, OUTSIDE), 64);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE id LIKE 'close-2019-%:c3@' || partition"),
                     64);

    assert_string_equal(desk_say(desk, KEY_A, "{\"id\":\"c4\",\"year_proposed\":{\"year\":2019}}"), "YEAR_CLOSED");
    assert_string_equal(desk_say(desk, KEY_B,
                                 "{\"id\":\"r1\",\"year_proposed\":{\"year\":2019,\"reopened\":true,"
                                 "\"reason\":\"De rechter oordeelde anders.\"}}"),
                        "ADMITTED");
    assert_string_equal(desk_say(desk, KEY_A, "{\"id\":\"r2\",\"year_approved\":{\"year\":2019,\"reopened\":true}}"),
                        "ADMITTED");
    assert_int_equal(desk_number(desk, OUTSIDE), 128);
    assert_string_equal(desk_say(desk, KEY_A, "{\"id\":\"c5\",\"year_proposed\":{\"year\":2019}}"), "ADMITTED");
}

static void a_payment_of_one_person_goes_nowhere(void **state)
{
    Desk *desk = *state;
#define OF_DELFT "\"municipality\":\"0503\",\"provider\":\"90000001\""
#define PAYS(CENTS) "\"declaration\":\"D1\",\"amount\":{\"cents\":" CENTS "},\"day\":\"2020-01-01\""
    static const char OUTSIDE[] = "SELECT count(*) FROM outbox WHERE subject = '0503/90000001'";
    assert_string_equal(desk_say(desk, KEY_A, "{\"id\":\"p1\"," OF_DELFT ",\"payment_made\":{" PAYS("25000") "}}"),
                        "ADMITTED");
    assert_int_equal(desk_number(desk, OUTSIDE), 0);
    const char *owner = desk_text(desk, "SELECT proposed_by FROM matter");
    static const struct {
        const char *id, *key, *pays, *outcome;
    } APPROVALS[] = {
        {"a1", KEY_A, PAYS("25000"), "NEEDS_ANOTHER"},
        {"a2", KEY_B, PAYS("25001"), "PROPOSAL_UNKNOWN"},
        {"a3", KEY_B, PAYS("25000"), "ADMITTED"},
        {"a4", KEY_B, PAYS("25000"), "PROPOSAL_UNKNOWN"},
    };
    for (size_t i = 0; i < COUNT(APPROVALS); i++) {
        const char *line =
            arena_format(desk->arena, "{\"id\":\"%s\"," OF_DELFT ",\"payment_approved\":{\"payment\":\"%s:p1\",%s}}",
                         APPROVALS[i].id, owner, APPROVALS[i].pays);
        assert_string_equal(desk_say(desk, APPROVALS[i].key, line), APPROVALS[i].outcome);
    }
    assert_int_equal(desk_number(desk, OUTSIDE), 1);
}

static void a_key_that_is_revoked_is_known_no_more(void **state)
{
    Desk *desk = *state;
    assert_string_equal(
        desk_say(desk, KEY_A, "{\"id\":\"k\",\"key_revoked\":{\"key\":\"" KEY_ONE "\",\"reason\":\"gone\"}}"),
        "ADMITTED");
    assert_string_equal(desk_say(desk, KEY_ONE, REQUEST("R-1", "0503", "90000001", "999900006")), "SENDER_UNKNOWN");
    assert_string_equal(desk_read(desk, KEY_ONE, "", "", 0), "refusal");
}

/* answers */

static Heard heard(Desk *desk, const char *type, const ProtobufCMessage *message)
{
    return (Heard){.id = "one:R-1/allocation.1",
                   .source = "allocation",
                   .type = type,
                   .subject = "0503/90000001",
                   .known = day_of(2020, 1, 2),
                   .data = message_pack(desk->arena, message)};
}

static void hear(Desk *desk, Heard message)
{
    Turn turn = {.arena = desk->arena, .database = desk->database, .house = &desk->house};
    if (database_begin(desk->database) != STATUS_OK || intake_turn(&turn, (Batch){&message, 1}) != STATUS_OK ||
        database_commit(desk->database) != STATUS_OK)
        fail_msg("%s", fault_words());
}

static Intake__Fact fact_of_request(void)
{
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.id = text("one:R-1");
    fact.sender = text("one");
    fact.sent_id = text("R-1");
    fact.municipality = text("0503");
    fact.provider = text("90000001");
    return fact;
}

static void an_answer_comes_with_the_person_put_back_in_and_the_reading_is_noted(void **state)
{
    Desk *desk = *state;
    desk_say(desk, KEY_ONE, REQUEST("R-1", "0503", "90000001", "999900006"));

    Allocation__Allocation allocation = ALLOCATION__ALLOCATION__INIT;
    Care__Product product = CARE__PRODUCT__INIT;
    Care__Period period = CARE__PERIOD__INIT;
    allocation.product = &product;
    allocation.period = &period;
    allocation.number = text("64001");
    allocation.client = desk_text(desk, "SELECT reference FROM person");
    Allocation__Allocation *allocations[] = {&allocation};
    Allocation__Granted granted = ALLOCATION__GRANTED__INIT;
    granted.reference = text("R-1");
    granted.client = allocation.client;
    granted.allocations = allocations;
    granted.n_allocations = 1;
    Intake__Fact fact = fact_of_request();
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.fact = &fact;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_GRANTED;
    judged.granted = &granted;
    hear(desk, heard(desk, "allocation.Judged", &judged.base));

    assert_int_equal(
        desk_number(desk, "SELECT count(*) FROM letter WHERE position(convert_to('999900006', 'UTF8') IN content) > 0"),
        0);
    const char *letters = desk_read(desk, KEY_ONE, "0503", "90000001", 0);
    assert_non_null(strstr(letters, "\"about\":\"R-1\""));
    assert_non_null(strstr(letters, "\"client\":\"999900006\""));
    assert_null(strstr(letters, allocation.client));
    assert_int_equal(desk_number(desk, "SELECT persons FROM person_read WHERE owner = 'one'"), 1);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM allocated WHERE number = '64001'"), 1);
}

/* A book concerns everyone: its envelope names no conversation, and the fact does. */
static void what_a_book_repriced_is_told_in_the_conversation(void **state)
{
    Desk *desk = *state;
    desk_say(desk, KEY_ONE, REQUEST("R-1", "0503", "90000001", "999900006"));

    Allocation__Allocation allocation = ALLOCATION__ALLOCATION__INIT;
    allocation.number = text("64001");
    allocation.client = desk_text(desk, "SELECT reference FROM person");
    Allocation__Allocation *allocations[] = {&allocation};
    Allocation__Repriced repriced = ALLOCATION__REPRICED__INIT;
    repriced.allocations = allocations;
    repriced.n_allocations = 1;
    Intake__BookPublished book = INTAKE__BOOK_PUBLISHED__INIT;
    book.number = 4;
    Intake__Fact fact = INTAKE__FACT__INIT;
    fact.municipality = text("0503");
    fact.provider = text("90000001");
    fact.fact_case = INTAKE__FACT__FACT_BOOK_PUBLISHED;
    fact.book_published = &book;
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.fact = &fact;
    judged.judgement_case = ALLOCATION__JUDGED__JUDGEMENT_REPRICED;
    judged.repriced = &repriced;
    Heard message = heard(desk, "allocation.Judged", &judged.base);
    message.subject = "";
    hear(desk, message);

    const char *letters = desk_read(desk, KEY_ONE, "0503", "90000001", 0);
    assert_non_null(strstr(letters, "\"repriced\":{\"allocations\":[{\"number\":\"64001\""));
    assert_non_null(strstr(letters, "\"client\":\"999900006\""));
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM letter WHERE address NOT LIKE '0503/%'"), 0);
}

static void only_rejected_lines_go_back(void **state)
{
    Desk *desk = *state;
    Billing__DeclarationAnswered__Line approved = BILLING__DECLARATION_ANSWERED__LINE__INIT;
    approved.reference = text("L-1");
    approved.approved = true;
    Billing__DeclarationAnswered__Line rejected = BILLING__DECLARATION_ANSWERED__LINE__INIT;
    rejected.reference = text("L-2");
    rejected.code = text("8187");
    Billing__DeclarationAnswered__Line *lines[] = {&approved, &rejected};
    Billing__DeclarationAnswered answered = BILLING__DECLARATION_ANSWERED__INIT;
    answered.number = text("D-1");
    answered.lines = lines;
    answered.n_lines = 2;
    Intake__Fact fact = fact_of_request();
    Allocation__Judged judged = ALLOCATION__JUDGED__INIT;
    judged.fact = &fact;
    Billing__Judged billed = BILLING__JUDGED__INIT;
    billed.heard = &judged;
    billed.judgement_case = BILLING__JUDGED__JUDGEMENT_DECLARATION_ANSWERED;
    billed.declaration_answered = &answered;
    hear(desk, heard(desk, "billing.Judged", &billed.base));

    const char *letters = desk_read(desk, KEY_ONE, "0503", "90000001", 0);
    assert_non_null(strstr(letters, "\"8187\""));
    assert_null(strstr(letters, "L-1"));
    assert_non_null(
        strstr(letters, "\"about\":\"R-1\",\"sender\":\"one\",\"municipality\":\"0503\",\"provider\":\"90000001\""));
}

/* replicas */

typedef struct Talk {
    Desk *desk;
    const char *key;
    int provider; /* 9000000… */
    int shift;    /* of the clients, so that doors meet them in another order */
} Talk;

enum { BATCHES = 20 };

/* Requests of the same few clients, each client with the same number at both doors. */
static int talk(void *argument)
{
    Talk *words = argument;
    static const char *const BSNS[] = {"999900006", "999900018", "999900031", "999900043", "999900055", "999900067"};
    for (int i = 0; i < BATCHES; i++) {
        const char *lines[COUNT(BSNS)];
        for (size_t j = 0; j < COUNT(BSNS); j++)
            lines[j] = arena_format(
                words->desk->arena,
                "{\"id\":\"R-%d-%zu\",\"municipality\":\"0503\",\"provider\":\"9000000%d\",\"allocation_request\":"
                "{\"reference\":\"R\",\"client\":{\"bsn\":\"%s\",\"name\":\"Test Client\",\"birth_day\":"
                "\"2010-05-01\"},\"referrer\":\"GP\",\"segment\":\"S\",\"period\":{\"first_day\":\"2020-02-01\","
                "\"last_day\":\"2020-06-30\"},\"pic\":{\"profile\":\"1\",\"intensity\":\"I\"}}}",
                i, j, words->provider, BSNS[(j + (size_t)words->shift) % COUNT(BSNS)]);
        desk_say_all(words->desk, words->key, lines, COUNT(BSNS));
    }
    return 0;
}

static void two_doors_at_once_make_one_person(void **state)
{
    Desk *desk = *state;
    Desk *beside = desk_beside(desk);
    Talk talks[] = {{desk, KEY_ONE, 1, 0}, {beside, KEY_GATEWAY, 2, 3}};
    thrd_t threads[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(thrd_create(&threads[i], talk, &talks[i]), thrd_success);
    for (int i = 0; i < 2; i++)
        thrd_join(threads[i], NULL);
    desk_free(beside);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM person"), 6);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE type = 'intake.Fact' AND subject <> ''"),
                     240);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM sent WHERE owner IN ('one', 'gateway')"), 240);
}

static void the_same_session_at_two_doors_counts_once(void **state)
{
    Desk *desk = *state;
    Desk *beside = desk_beside(desk);
    Talk talks[] = {{desk, KEY_ONE, 1, 0}, {beside, KEY_ONE, 1, 0}};
    thrd_t threads[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(thrd_create(&threads[i], talk, &talks[i]), thrd_success);
    for (int i = 0; i < 2; i++)
        thrd_join(threads[i], NULL);
    desk_free(beside);
    assert_int_equal(desk_number(desk, "SELECT count(*) FROM outbox WHERE subject = '0503/90000001'"), 120);
    assert_int_equal(desk_number(desk, "SELECT max(position) - min(position) + 1 - count(*) FROM outbox"
                                       " WHERE subject = '0503/90000001'"),
                     0);
}

#define desk_test(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        desk_test(what_is_admitted_stands_in_the_log_of_its_partition),
        desk_test(no_row_that_leaves_intake_holds_a_person),
        desk_test(the_same_message_again_gets_the_same_receipt_and_counts_once),
        desk_test(what_is_known_of_care_is_stamped_on_requests_and_conversions),
        desk_test(the_second_message_of_a_batch_sees_what_the_first_decided),
        desk_test(a_refusal_is_a_letter_where_the_sender_may_speak),
        desk_test(a_mailbox_is_read_by_those_who_may),
        desk_test(a_new_day_begins_in_every_partition_and_missed_days_too),
        desk_test(the_clock_begins_a_day_once_for_all_replicas),
        desk_test(a_book_is_published_in_every_partition_when_another_approves_it),
        desk_test(a_year_is_closed_in_every_partition_when_another_approves_it),
        desk_test(a_payment_of_one_person_goes_nowhere),
        desk_test(a_key_that_is_revoked_is_known_no_more),
        desk_test(an_answer_comes_with_the_person_put_back_in_and_the_reading_is_noted),
        desk_test(what_a_book_repriced_is_told_in_the_conversation),
        desk_test(only_rejected_lines_go_back),
        desk_test(two_doors_at_once_make_one_person),
        desk_test(the_same_session_at_two_doors_counts_once),
    };
    return cmocka_run_group_tests_name("intake turn", tests, NULL, NULL);
}
