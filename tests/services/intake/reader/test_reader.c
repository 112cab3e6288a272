/*
 * The reader as a program: what it makes of messages, and what it does about those that break it.
 */
#include "ijw.pb-c.h"
#include "process/child.h"
#include "services/intake/ijw/sample.h"
#include "support/unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ANSWER_MAX = 64 * 1024 * 1024, TIMEOUT_MS = 50 * 1000 };

static const char *const NO_SETTINGS[] = {NULL};
static const char *const ONE_SECOND[] = {"PICQ_IJW_SECONDS=1", NULL};
static Arena *arena;
static Child *reader;

static int begin(void **state)
{
    (void)state;
    arena = arena_new();
    reader = child_new(READER_PROGRAM, NO_SETTINGS);
    return 0;
}

static int end(void **state)
{
    (void)state;
    child_free(reader);
    arena_free(arena);
    return 0;
}

static void *take(void *context, size_t size)
{
    return arena_take(context, size);
}

static void leave(void *context, void *taken)
{
    (void)context, (void)taken;
}

static const Ijw__Told *ask_of(Child *child, const Ijw__Asked *asked)
{
    uint8_t *question = arena_take(arena, ijw__asked__get_packed_size(asked) + 1);
    Bytes answer;
    if (child_ask(child, arena, (Bytes){question, ijw__asked__pack(asked, question)}, ANSWER_MAX, TIMEOUT_MS,
                  &answer) != STATUS_OK)
        fail_msg("%s", fault_words());
    ProtobufCAllocator allocator = {take, leave, arena};
    const Ijw__Told *told = ijw__told__unpack(&allocator, answer.size, answer.data);
    assert_non_null(told);
    return told;
}

static const Ijw__Told *read_file_of(Child *child, Bytes file, bool as_lines)
{
    Ijw__Asked asked;
    ijw__asked__init(&asked);
    asked.what_case = IJW__ASKED__WHAT_FILE;
    asked.file = (ProtobufCBinaryData){file.size, (uint8_t *)(uintptr_t)file.data};
    asked.as_lines = as_lines;
    return ask_of(child, &asked);
}

static const Ijw__Told *read_file(Bytes file, bool as_lines)
{
    return read_file_of(reader, file, as_lines);
}

static const Ijw__Told *read_text(const char *text)
{
    return read_file(sample_bytes(text), true);
}

/* A message as lines of the feed, each on a line of its own. */
static const char *lines_of(const char *text)
{
    const Ijw__Told *told = read_text(text);
    const char *lines = "";
    for (size_t i = 0; i < told->n_faults; i++)
        fail_msg("%s: %s", told->faults[i]->path, told->faults[i]->sentence);
    for (size_t i = 0; i < told->n_facts; i++)
        lines = arena_format(arena, "%s%.*s\n", lines, (int)told->facts[i]->line.len,
                             (const char *)told->facts[i]->line.data);
    return lines;
}

/* what becomes of each message */

static void a_start_is_a_fact_for_each_product(void **state)
{
    (void)state;
    const Ijw__Told *told = read_text(sample(IJW_305));
    assert_string_equal(told->message, "JW305");
    assert_string_equal(told->id, "jw305:90000001:A1");
    assert_string_equal(told->municipality, "0503");
    assert_string_equal(told->facts[1]->path, "Bericht/Client/StartProducten/StartProduct[2]");
    assert_string_equal(lines_of(sample(IJW_305)),
                        "{\"id\":\"jw305:90000001:A1.1\",\"municipality\":\"0503\",\"provider\":\"90000001\","
                        "\"start\":{\"bsn\":\"999900006\",\"allocation\":\"640017\",\"day\":\"2021-03-01\"}}\n"
                        "{\"id\":\"jw305:90000001:A1.2\",\"municipality\":\"0503\",\"provider\":\"90000001\","
                        "\"start\":{\"bsn\":\"999900006\",\"allocation\":\"640081\",\"day\":\"2021-03-02\"}}\n");
}

static void a_stop_has_its_reason(void **state)
{
    (void)state;
    assert_string_equal(lines_of(sample(IJW_307)),
                        "{\"id\":\"jw307:90000001:A1.1\",\"municipality\":\"0503\",\"provider\":\"90000001\","
                        "\"stop\":{\"bsn\":\"999900006\",\"allocation\":\"640017\",\"day\":\"2021-02-28\","
                        "\"reason\":\"AS_PLANNED\"}}\n");
}

static void a_request_names_person_product_and_referrer(void **state)
{
    (void)state;
    assert_string_equal(
        lines_of(sample(IJW_315)),
        "{\"id\":\"jw315:90000001:A1.1\",\"municipality\":\"0503\",\"provider\":\"90000001\",\"allocation_request\":"
        "{\"reference\":\"V-1\",\"client\":{\"bsn\":\"999900006\",\"name\":\"Ada van Proef\","
        "\"birth_day\":\"2010-05-06\"},\"referrer\":\"GP\",\"decision\":\"77\",\"period\":{\"first_day\":"
        "\"2021-04-01\",\"last_day\":\"2021-12-31\"},\"products\":[{\"category\":\"45\",\"code\":\"45A48\","
        "\"volume\":120,\"unit\":\"MINUTE\",\"frequency\":\"PER_WEEK\"}]}}\n");
}

static void a_change_names_what_it_changes(void **state)
{
    (void)state;
    assert_string_equal(
        lines_of(sample(IJW_317)),
        "{\"id\":\"jw317:90000001:A1.1\",\"municipality\":\"0503\",\"provider\":\"90000001\",\"change_request\":"
        "{\"reference\":\"W-1\",\"bsn\":\"999900006\",\"allocation\":\"640017\",\"last_day\":\"2021-12-31\","
        "\"product\":{\"volume\":120,\"unit\":\"MINUTE\",\"frequency\":\"PER_WEEK\"},\"first_day\":\"2021-04-01\"}}\n");
}

static void a_declaration_is_one_fact(void **state)
{
    (void)state;
    assert_string_equal(
        lines_of(sample(IJW_323)),
        "{\"id\":\"jw323:90000001:A1.1\",\"municipality\":\"0503\",\"provider\":\"90000001\",\"declaration\":"
        "{\"number\":\"D1\",\"month_day\":\"2021-02-01\",\"total\":{\"cents\":2500},\"clients\":["
        "{\"bsn\":\"999900006\",\"lines\":["
        "{\"reference\":\"R-1\",\"allocation\":\"640017\",\"category\":\"45\",\"code\":\"45A48\",\"period\":"
        "{\"first_day\":\"2021-02-01\",\"last_day\":\"2021-02-28\"},\"volume\":60,\"unit\":\"MINUTE\","
        "\"tariff\":{\"cents\":60},\"amount\":{\"cents\":3600}},"
        "{\"reference\":\"R-2\",\"allocation\":\"640017\",\"category\":\"45\",\"code\":\"45A48\",\"period\":"
        "{\"first_day\":\"2021-01-01\",\"last_day\":\"2021-01-31\"},\"volume\":10,\"unit\":\"MINUTE\","
        "\"tariff\":{\"cents\":60},\"amount\":{\"cents\":600},\"credits\":\"Q-9\"}]},"
        "{\"bsn\":\"999900018\",\"lines\":["
        "{\"reference\":\"R-3\",\"allocation\":\"640017\",\"category\":\"45\",\"code\":\"45A48\",\"period\":"
        "{\"first_day\":\"2021-02-01\",\"last_day\":\"2021-02-28\"},\"volume\":500,\"unit\":\"EURO\","
        "\"amount\":{\"cents\":500},\"credits\":\"Q-8\"}]}]}}\n");
}

static void an_open_end_is_the_last_day_there_is(void **state)
{
    (void)state;
    const char *text = sample_with(arena, IJW_315, "<ToewijzingEinddatum>2021-12-31</ToewijzingEinddatum>", "");
    assert_non_null(
        strstr(lines_of(text_with(arena, text, "<b:Frequentie>2", "<b:Frequentie>4")), "\"last_day\":\"2189-12-31\""));
}

/* Identifications are the sender's, and ids travel beyond the house that knows persons. */
static const struct {
    const char *story;
    const char *name;
    const char *id; /* NULL: a digest stands for it */
} NAMES[] = {
    {"letters and digits", "B2-2021", "jw305:90000001:B2-2021"},
    {"a citizen number", "999900006", NULL},
    {"blanks", "A 1", NULL},
    {"beyond ASCII", "caf\xC3\xA9", NULL},
    {"what an id is made of", "a:b.c/d", NULL},
};

static void an_id_never_says_what_may_not_travel(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        const char *id = read_text(sample_with(arena, IJW_305, ">A1<", arena_format(arena, ">%s<", NAMES[i].name)))->id;
        if (NAMES[i].id)
            assert_string_equal(id, NAMES[i].id);
        else
            assert_true(strncmp(id, "jw305:90000001:_", 16) == 0 && strlen(id) == 16 + 24);
    }
}

/* What the standard allows, and the region takes by another way only. */
static const struct {
    const char *story;
    unsigned message;
    const char *from, *to;
    const char *path;
} NOT_TAKEN[] = {
    {"a start is removed", IJW_305, "<StatusAanlevering>1", "<StatusAanlevering>3",
     "Bericht/Client/StartProducten/StartProduct[1]/StatusAanlevering"},
    {"a start of no allocation", IJW_305, "<ToewijzingNummer>640017</ToewijzingNummer>", "",
     "Bericht/Client/StartProducten/StartProduct[1]/ToewijzingNummer"},
    {"a stop is removed", IJW_307, "<StatusAanlevering>1", "<StatusAanlevering>3",
     "Bericht/Client/StopProducten/StopProduct[1]/StatusAanlevering"},
    {"a budget without a product", IJW_315,
     "<Product><b:Categorie>45</b:Categorie><b:Code>45A48</b:Code></Product>"
     "<BeschikkingIngangsdatum>2021-02-01</BeschikkingIngangsdatum>"
     "<ToewijzingIngangsdatum>2021-04-01</ToewijzingIngangsdatum><ToewijzingEinddatum>2021-12-31</ToewijzingEinddatum>"
     "<Omvang><b:Volume>120</b:Volume><b:Eenheid>01</b:Eenheid><b:Frequentie>2</b:Frequentie></Omvang>",
     "<BeschikkingIngangsdatum>2021-02-01</BeschikkingIngangsdatum>"
     "<ToewijzingIngangsdatum>2021-04-01</ToewijzingIngangsdatum><ToewijzingEinddatum>2021-12-31</ToewijzingEinddatum>"
     "<Budget>100000</Budget>",
     "Bericht/Client/AangevraagdeProducten/AangevraagdProduct[1]/Product"},
    {"a new product in a change", IJW_317, "</Verzoek>",
     "<NieuweProducten><NieuwProduct><Product><b:Categorie>45</b:Categorie><b:Code>45A53</b:Code></Product>"
     "<GewensteIngangsdatum>2021-04-01</GewensteIngangsdatum><Omvang><b:Volume>1</b:Volume><b:Eenheid>01</b:Eenheid>"
     "<b:Frequentie>4</b:Frequentie></Omvang></NieuwProduct></NieuweProducten></Verzoek>",
     "Bericht/Client/Verzoek/NieuweProducten"},
    {"a reference that looks like a citizen number", IJW_315, ">V-1<", ">999900006<",
     "Bericht/Client/AangevraagdeProducten/AangevraagdProduct[1]/ReferentieAanbieder"},
    {"a reference with a blank", IJW_323, ">R-1<", ">R 1<",
     "Bericht/Declaratie/Clienten/Client[1]/Prestaties/Prestatie[1]/ProductReferentie/ReferentieNummer"},
};

static void what_the_region_does_not_take_is_said(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(NOT_TAKEN); i++) {
        const Ijw__Told *told = read_text(sample_with(arena, NOT_TAKEN[i].message, NOT_TAKEN[i].from, NOT_TAKEN[i].to));
        if (told->n_faults != 1 || strcmp(told->faults[0]->rule, "REGION") != 0 ||
            strcmp(told->faults[0]->path, NOT_TAKEN[i].path) != 0)
            fail_msg("%s: %zu faults, %s at %s", NOT_TAKEN[i].story, told->n_faults,
                     told->n_faults ? told->faults[0]->rule : "", told->n_faults ? told->faults[0]->path : "");
        assert_int_equal(told->n_facts, 0);
    }
}

static void what_a_municipality_sends_is_read_and_not_taken_in(void **state)
{
    (void)state;
    static const unsigned SENT[] = {IJW_301, IJW_319, IJW_325};
    for (size_t i = 0; i < COUNT(SENT); i++) {
        const Ijw__Told *told = read_file(sample_bytes(sample(SENT[i])), false);
        assert_int_equal(told->n_faults, 1);
        assert_string_equal(told->faults[0]->rule, "REGION");
        assert_int_equal(read_file(sample_bytes(sample(SENT[i])), true)->n_faults, 0);
    }
}

static void the_code_of_another_message_is_a_fault_of_form(void **state)
{
    (void)state;
    const Ijw__Told *told = read_text(sample_with(arena, IJW_305, ">438<", ">440<"));
    assert_int_equal(told->n_faults, 1);
    assert_string_equal(told->faults[0]->rule, "RS047");
    assert_string_equal(told->faults[0]->return_code, "");
}

static void a_fault_of_content_has_its_return_code(void **state)
{
    (void)state;
    const Ijw__Told *told = read_text(sample_with(arena, IJW_323, ">2500<", ">2501<"));
    assert_int_equal(told->n_faults, 1);
    assert_string_equal(told->faults[0]->rule, "TR358");
    assert_string_equal(told->faults[0]->level, "content");
    assert_string_equal(told->faults[0]->return_code, "0001");
}

static void the_rules_are_told(void **state)
{
    (void)state;
    Ijw__Asked asked;
    ijw__asked__init(&asked);
    asked.what_case = IJW__ASKED__WHAT_RULES;
    asked.rules = true;
    const Ijw__Told *told = ask_of(reader, &asked);
    assert_int_equal(told->n_rules, IJW_RULE_COUNT);
    assert_string_equal(told->rules[0]->name, "XML");
    assert_int_equal(told->rules[0]->n_messages, 5);
}

/* what breaks */

static void a_reader_that_breaks_takes_one_message_with_it(void **state)
{
    (void)state;
    /* So many products that all overlap none: a comparison of each with each outlasts what a reader may compute. */
    enum { PRODUCTS = 20000 };
    static const char ITEM[] =
        "<AangevraagdProduct><ReferentieAanbieder>V%05d</ReferentieAanbieder><Product><b:Categorie>45</b:Categorie>"
        "<b:Code>%05d</b:Code></Product><ToewijzingIngangsdatum>2021-04-01</ToewijzingIngangsdatum><Omvang><b:Volume>1"
        "</b:Volume><b:Eenheid>01</b:Eenheid><b:Frequentie>4</b:Frequentie></Omvang><Verwijzer><b:Type>06</b:Type>"
        "</Verwijzer></AangevraagdProduct>";
    size_t room = PRODUCTS * (sizeof ITEM + 16), size = 0;
    char *items = arena_take(arena, room);
    for (int i = 0; i < PRODUCTS; i++)
        size += (size_t)snprintf(items + size, room - size, ITEM, i, i);
    const char *text = sample_with(arena, IJW_315, "</AangevraagdeProducten>", "@</AangevraagdeProducten>");
    Child *hasty = child_new(READER_PROGRAM, ONE_SECOND);
    const Ijw__Told *told = read_file_of(hasty, sample_bytes(text_with(arena, text, "@", items)), true);
    assert_true(told->broke);
    assert_int_equal(told->n_facts, 0);
    assert_int_equal(read_file_of(hasty, sample_bytes(sample(IJW_305)), true)->n_facts, 2);
    child_free(hasty);
}

static void a_question_longer_than_any_message_ends_the_program_and_the_next_one_starts_it(void **state)
{
    (void)state;
    enum { TOO_LONG = 27 * 1024 * 1024 };
    Bytes answer;
    assert_int_equal(
        child_ask(reader, arena, (Bytes){arena_take(arena, TOO_LONG), TOO_LONG}, ANSWER_MAX, TIMEOUT_MS, &answer),
        STATUS_RETRY);
    assert_int_equal(read_text(sample(IJW_305))->n_facts, 2);
}

static void a_whole_declaration_of_25_megabytes_is_read(void **state)
{
    (void)state;
    Bytes file = sample_declaration(arena, 2000, 22);
    assert_true(file.size > 20 * 1024 * 1024 && file.size < 25 * 1024 * 1024);
    const Ijw__Told *told = read_file(file, false);
    for (size_t i = 0; i < told->n_faults; i++)
        fail_msg("%s: %s", told->faults[i]->path, told->faults[i]->sentence);
    assert_int_equal(told->n_facts, 1);
    assert_int_equal(told->facts[0]->message->declaration->n_clients, 2000);
    assert_int_equal(told->facts[0]->message->declaration->clients[1999]->n_lines, 22);
}

static void put_schema(const char *folder, const char *name)
{
    FILE *stream = fopen(arena_format(arena, "%s/%s.xsd", folder, name), "w");
    assert_non_null(stream);
    fputs("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"Niets\"/></xs:schema>", stream);
    fclose(stream);
}

/* A folder in which each schema takes nothing but <Niets/>. */
static const char *schemas_that_take_nothing(void)
{
    static char folder[] = "/tmp/picq-schemas-XXXXXX";
    assert_non_null(mkdtemp(folder));
    for (size_t i = 0; i < IJW_MESSAGES; i++) {
        put_schema(folder, ijw_message(i)->name);
        if (ijw_message(i)->return_name)
            put_schema(folder, ijw_message(i)->return_name);
    }
    return folder;
}

static void remove_schemas(const char *folder)
{
    for (size_t i = 0; i < IJW_MESSAGES; i++) {
        unlink(arena_format(arena, "%s/%s.xsd", folder, ijw_message(i)->name));
        if (ijw_message(i)->return_name)
            unlink(arena_format(arena, "%s/%s.xsd", folder, ijw_message(i)->return_name));
    }
    rmdir(folder);
}

static Child *reader_with_schemas(const char *folder)
{
    const char **settings = ARENA_MANY(arena, const char *, 2);
    settings[0] = arena_format(arena, "PICQ_IJW_XSD_DIR=%s", folder);
    return child_new(READER_PROGRAM, settings);
}

static void schemas_have_their_say_from_within_the_cage(void **state)
{
    (void)state;
    const char *folder = schemas_that_take_nothing();
    Child *strict = reader_with_schemas(folder);
    for (int times = 0; times < 2; times++) {
        const Ijw__Told *told = read_file_of(strict, sample_bytes(sample(IJW_305)), true);
        assert_int_equal(told->n_facts, 0);
        assert_string_equal(told->faults[0]->rule, "XSD");
        assert_non_null(strstr(told->faults[0]->sentence, "zo zegt het officiële schema"));
        remove_schemas(folder); /* they are not read again */
    }
    child_free(strict);
}

static void the_official_schemas_take_every_sample(void **state)
{
    (void)state;
    if (!official_schemas()) {
        print_message("no official schemas beside the checkout: the reader is not held against them\n");
        skip();
    }
    Child *strict = reader_with_schemas(official_schemas());
    for (size_t i = 0; i < IJW_MESSAGES; i++)
        assert_int_equal(read_file_of(strict, sample_bytes(sample(ijw_message(i)->bit)), true)->n_faults, 0);
    child_free(strict);
}

static void official_schemas_that_are_missing_are_said_and_nothing_is_read(void **state)
{
    (void)state;
    static const char *const NOWHERE[] = {"PICQ_IJW_XSD_DIR=/nowhere", NULL};
    Child *other = child_new(READER_PROGRAM, NOWHERE);
    Bytes answer;
    assert_int_equal(child_ask(other, arena, sample_bytes(""), ANSWER_MAX, TIMEOUT_MS, &answer), STATUS_RETRY);
    child_free(other);
}

static void a_program_that_is_not_there_is_said(void **state)
{
    (void)state;
    Child *other = child_new("/nowhere/picq-reader", NO_SETTINGS);
    Bytes answer;
    assert_int_equal(child_ask(other, arena, sample_bytes(""), ANSWER_MAX, TIMEOUT_MS, &answer), STATUS_RETRY);
    assert_non_null(strstr(fault_words(), "cannot be started"));
    child_free(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_start_is_a_fact_for_each_product),
        cmocka_unit_test(a_stop_has_its_reason),
        cmocka_unit_test(a_request_names_person_product_and_referrer),
        cmocka_unit_test(a_change_names_what_it_changes),
        cmocka_unit_test(a_declaration_is_one_fact),
        cmocka_unit_test(an_open_end_is_the_last_day_there_is),
        cmocka_unit_test(an_id_never_says_what_may_not_travel),
        cmocka_unit_test(what_the_region_does_not_take_is_said),
        cmocka_unit_test(what_a_municipality_sends_is_read_and_not_taken_in),
        cmocka_unit_test(the_code_of_another_message_is_a_fault_of_form),
        cmocka_unit_test(a_fault_of_content_has_its_return_code),
        cmocka_unit_test(the_rules_are_told),
        cmocka_unit_test(a_reader_that_breaks_takes_one_message_with_it),
        cmocka_unit_test(a_question_longer_than_any_message_ends_the_program_and_the_next_one_starts_it),
        cmocka_unit_test(a_whole_declaration_of_25_megabytes_is_read),
        cmocka_unit_test(schemas_have_their_say_from_within_the_cage),
        cmocka_unit_test(the_official_schemas_take_every_sample),
        cmocka_unit_test(official_schemas_that_are_missing_are_said_and_nothing_is_read),
        cmocka_unit_test(a_program_that_is_not_there_is_said),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
