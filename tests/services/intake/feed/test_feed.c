#include "intake/feed/feed.h"
#include "intake/feed/rule.h"

#include "base/day.h"
#include "operator.pb-c.h"
#include "provider.pb-c.h"

#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>

#define HEAD "\"id\":\"M-1\",\"municipality\":\"0503\",\"provider\":\"90000001\""
#define START "{" HEAD ",\"start\":{\"bsn\":\"999900006\",\"allocation\":\"17\",\"day\":\"2020-03-01\"}}"

static int arena_setup(void **state)
{
    *state = arena_new();
    return 0;
}

static int arena_teardown(void **state)
{
    arena_free(*state);
    return 0;
}

static Bytes line_of(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

static ProtobufCMessage *read_or_fail(Arena *arena, const ProtobufCMessageDescriptor *type, const char *line)
{
    Refusal refusal;
    ProtobufCMessage *message = feed_read(arena, type, line_of(line), &refusal);
    if (!message)
        fail_msg("%s: %s", line, refusal_sentence(arena, &refusal));
    return message;
}

static const char *const PROVIDER_LINES[] = {
    START,
    "{" HEAD
    ",\"allocation_request\":{\"reference\":\"R/1\",\"client\":{\"bsn\":\"999900006\",\"name\":\"Test Cliënt\","
    "\"birth_day\":\"2010-05-01\"},\"referrer\":\"GP\",\"segment\":\"SPECIALIST\",\"pic\":{\"profile\":\"3\","
    "\"intensity\":\"PERSPECTIEF\"},\"results\":[\"Gaat naar school\",\"Slaapt goed\"],\"period\":{\"first_day\":"
    "\"2020-01-06\",\"last_day\":\"2020-07-05\"},\"products\":[{\"category\":\"45\",\"code\":\"45A04\",\"volume\":600,"
    "\"unit\":\"MINUTE\",\"frequency\":\"PER_WEEK\"}]}}",
    "{" HEAD ",\"change_request\":{\"reference\":\"R-2\",\"bsn\":\"999900006\",\"allocation\":\"17\","
    "\"last_day\":\"2020-12-31\"}}",
    "{" HEAD
    ",\"stop\":{\"bsn\":\"999900006\",\"allocation\":\"17\",\"day\":\"2020-06-30\",\"reason\":\"AS_PLANNED\"}}",
    "{" HEAD ",\"outcome\":{\"bsn\":\"999900006\",\"allocation\":\"17\",\"day\":\"2020-06-30\",\"outcome\":"
    "{\"goal_reached\":\"YES\",\"dropped_out\":\"NO\",\"satisfaction\":8}}}",
    "{" HEAD ",\"declaration\":{\"number\":\"D-1\",\"month_day\":\"2020-03-01\",\"total\":{\"cents\":1250},\"clients\":"
    "[{\"bsn\":\"999900006\",\"lines\":[{\"reference\":\"L-1\",\"allocation\":\"17\",\"category\":\"45\",\"code\":"
    "\"45A04\",\"period\":{\"first_day\":\"2020-03-01\",\"last_day\":\"2020-03-31\"},\"volume\":10,\"unit\":"
    "\"MINUTE\",\"tariff\":{\"cents\":125},\"amount\":{\"cents\":1250},\"credits\":\"L-0\"}]}]}}",
};

static const char *const OPERATOR_LINES[] = {
    "{\"id\":\"D\",\"new_day\":{\"day\":\"2020-01-01\",\"after_gap\":true}}",
    "{\"id\":\"B\",\"book_proposed\":{\"number\":7,\"slug\":\"bridging\",\"files\":[{\"name\":\"funding.yaml\","
    "\"text\":\"# \\\"a\\\"\\n\"}]}}",
    "{\"id\":\"K\",\"key_given\":{\"key\":\"rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/"
    "@{H8]yf7\",\"owner\":\"gateway\",\"providers\":"
    "[{\"provider\":\"90000001\",\"period\":{\"first_day\":\"2019-01-01\",\"last_day\":\"2021-12-31\"}}],"
    "\"is_operator\":false,\"municipalities\":[\"*\"]}}",
};

static void what_is_read_is_written_again(void **state)
{
    Arena *arena = *state;
    for (size_t i = 0; i < COUNT(PROVIDER_LINES); i++) {
        ProtobufCMessage *message = read_or_fail(arena, &provider__message__descriptor, PROVIDER_LINES[i]);
        Bytes line = feed_write(arena, message);
        assert_string_equal(arena_text_sized(arena, (const char *)line.data, line.size), PROVIDER_LINES[i]);
    }
    ProtobufCMessage *message = read_or_fail(arena, &operator__message__descriptor, OPERATOR_LINES[2]);
    Bytes line = feed_write(arena, message);
    assert_string_equal(arena_text_sized(arena, (const char *)line.data, line.size), OPERATOR_LINES[2]);
}

static void an_operator_is_read_as_well(void **state)
{
    Arena *arena = *state;
    for (size_t i = 0; i < COUNT(OPERATOR_LINES); i++)
        read_or_fail(arena, &operator__message__descriptor, OPERATOR_LINES[i]);
}

static void the_values_of_a_line_arrive_in_the_message(void **state)
{
    Provider__Message *message =
        (Provider__Message *)read_or_fail(*state, &provider__message__descriptor, PROVIDER_LINES[5]);
    assert_string_equal(message->id, "M-1");
    assert_int_equal(message->fact_case, PROVIDER__MESSAGE__FACT_DECLARATION);
    assert_int_equal(message->declaration->month_day, day_of(2020, 3, 1).number);
    assert_int_equal(message->declaration->n_clients, 1);
    Provider__Declaration__Line *line = message->declaration->clients[0]->lines[0];
    assert_string_equal(line->allocation, "17");
    assert_int_equal(line->volume, 10);
    assert_int_equal(line->unit, CARE__UNIT__VALUE__MINUTE);
    assert_int_equal(line->amount->cents, 1250);
    assert_int_equal(line->period->last_day, day_of(2020, 3, 31).number);
}

static void what_may_be_left_out_is_absent(void **state)
{
    Provider__Message *message =
        (Provider__Message *)read_or_fail(*state, &provider__message__descriptor, PROVIDER_LINES[2]);
    assert_null(message->change_request->product);
    message = (Provider__Message *)read_or_fail(
        *state, &provider__message__descriptor,
        "{" HEAD ",\"change_request\":{\"reference\":\"R-2\",\"bsn\":\"999900006\",\"allocation\":\"17\"}}");
    assert_int_equal(message->change_request->last_day, 0);
}

static void spaces_order_and_escapes_do_not_matter(void **state)
{
    Provider__Message *message = (Provider__Message *)read_or_fail(
        *state, &provider__message__descriptor,
        " { \"outcome\" : { \"allocation\":\"\\u0031\\/7\", \"outcome\":{} "
        ",\"day\":\"2020-06-30\",\"bsn\":\"999900006\" } ,\t"
        "\"provider\":\"90000001\",\"municipality\":\"0503\",\"i\\u0064\":\"M-1\" } ");
    assert_string_equal(message->outcome->allocation, "1/7");
    assert_string_equal(message->id, "M-1");

    message = (Provider__Message *)read_or_fail(
        *state, &provider__message__descriptor,
        "{" HEAD ",\"allocation_request\":{\"reference\":\"R\",\"client\":{\"bsn\":\"999900006\",\"name\":"
        "\"\\u00e9\\ud83d\\ude00"
        "\\\"\",\"birth_day\":\"2010-05-01\"},\"referrer\":\"GP\",\"segment\":\"S\",\"period\":{\"first_day\":"
        "\"2020-01-06\",\"last_day\":\"2020-07-05\"}}}");
    assert_string_equal(message->allocation_request->client->name, "é😀\"");
}

/* a line, and the first fault in it */
typedef struct FaultCase {
    const char *story;
    const char *line;
    IntakeReason reason;
    const char *path;
} FaultCase;

#define STOP(rest) "{" HEAD ",\"stop\":{\"bsn\":\"999900006\",\"allocation\":\"17\"," rest "}}"
#define LINES(rest) "{" HEAD ",\"declaration\":{\"number\":\"D\",\"month_day\":\"2020-03-01\",\"clients\":" rest "}}"

static const FaultCase FAULTS[] = {
    {"nothing at all", "", INTAKE_NOT_JSON, ""},
    {"no JSON", "hello", INTAKE_NOT_JSON, ""},
    {"a list instead of a message", "[]", INTAKE_TYPE_WRONG, ""},
    {"cut off", "{" HEAD, INTAKE_NOT_JSON, ""},
    {"cut off in a text", "{\"id\":\"M", INTAKE_NOT_JSON, "id"},
    {"cut off in an escape", "{\"id\":\"M\\", INTAKE_NOT_JSON, "id"},
    {"cut off in an escape by number", "{\"id\":\"M\\u00", INTAKE_NOT_JSON, "id"},
    {"an escape that does not exist", "{\"id\":\"\\x41\"}", INTAKE_NOT_JSON, "id"},
    {"something after the end", START "}", INTAKE_NOT_JSON, ""},
    {"a comma too many", "{" HEAD ",}", INTAKE_NOT_JSON, ""},
    {"no colon", "{\"id\" \"M-1\"}", INTAKE_NOT_JSON, "id"},
    {"a line end in a text", "{\"id\":\"M\n1\"}", INTAKE_NOT_JSON, "id"},
    {"a number with a leading zero",
     STOP("\"day\":\"2020-06-30\",\"reason\":\"DEATH\"},\"declaration\":{\"total\":{\"cents\":01}}"), INTAKE_FACTS_TWO,
     "declaration"},
    {"bytes that are no UTF-8", "{\"id\":\"M\xff\"}", INTAKE_NOT_UTF8, "id"},
    {"half a pair", "{\"id\":\"\\ud83d\"}", INTAKE_NOT_UTF8, "id"},
    {"the character 0", "{\"id\":\"\\u0000\"}", INTAKE_NOT_UTF8, "id"},
    {"an overlong sequence", "{\"id\":\"\xc0\xaf\"}", INTAKE_NOT_UTF8, "id"},
    {"an unknown field", "{\"name\":\"x\"}", INTAKE_FIELD_UNKNOWN, ""},
    {"an unknown field deep down", LINES("[{\"bsn\":\"1\",\"lines\":[{\"reference\":\"a\",\"amount_cents\":1}]}]"),
     INTAKE_FIELD_UNKNOWN, "declaration.clients[0].lines[0]"},
    {"an operator's fact from a provider", "{\"new_day\":{}}", INTAKE_FIELD_UNKNOWN, ""},
    {"a field twice", "{\"id\":\"M-1\",\"id\":\"M-1\"}", INTAKE_FIELD_TWICE, "id"},
    {"no id",
     "{\"municipality\":\"0503\",\"provider\":\"90000001\",\"start\":{\"bsn\":\"999900006\",\"allocation\":"
     "\"17\",\"day\":\"2020-03-01\"}}",
     INTAKE_FIELD_MISSING, "id"},
    {"an empty id",
     "{\"id\":\"\","
     "\"municipality\":\"0503\",\"provider\":\"90000001\",\"start\":{\"bsn\":\"999900006\","
     "\"allocation\":\"17\",\"day\":\"2020-03-01\"}}",
     INTAKE_FIELD_MISSING, "id"},
    {"a stop without a reason", STOP("\"day\":\"2020-06-30\""), INTAKE_FIELD_MISSING, "stop.reason"},
    {"the day that stands for none", STOP("\"day\":\"1970-01-01\",\"reason\":\"DEATH\""), INTAKE_FIELD_MISSING,
     "stop.day"},
    {"a declaration of nobody", LINES("[]"), INTAKE_FIELD_MISSING, "declaration.clients"},
    {"a client without lines", LINES("[{\"bsn\":\"1\",\"lines\":[]}]"), INTAKE_FIELD_MISSING,
     "declaration.clients[0].lines"},
    {"no fact", "{" HEAD "}", INTAKE_FACT_MISSING, ""},
    {"two facts",
     "{" HEAD ",\"outcome\":{\"bsn\":\"1\",\"allocation\":\"17\",\"day\":\"2020-06-30\",\"outcome\":{}},"
     "\"start\":{}}",
     INTAKE_FACTS_TWO, "start"},
    {"a number as a text", "{\"id\":17}", INTAKE_TYPE_WRONG, "id"},
    {"null", "{\"id\":null}", INTAKE_TYPE_WRONG, "id"},
    {"a text as a number", "{" HEAD ",\"declaration\":{\"total\":{\"cents\":\"12\"}}}", INTAKE_TYPE_WRONG,
     "declaration.total.cents"},
    {"a message as a list", "{" HEAD ",\"declaration\":{\"clients\":{}}}", INTAKE_TYPE_WRONG, "declaration.clients"},
    {"a text as a message", "{" HEAD ",\"declaration\":\"x\"}", INTAKE_TYPE_WRONG, "declaration"},
    {"a number as a day", STOP("\"day\":18000"), INTAKE_TYPE_WRONG, "stop.day"},
    {"a number as a value of a list", STOP("\"reason\":31"), INTAKE_TYPE_WRONG, "stop.reason"},
    {"an unknown value of a list", STOP("\"reason\":\"BORED\""), INTAKE_VALUE_UNKNOWN, "stop.reason"},
    {"the value that stands for none", STOP("\"reason\":\"UNKNOWN\""), INTAKE_VALUE_UNKNOWN, "stop.reason"},
    {"cents with a point", "{" HEAD ",\"declaration\":{\"total\":{\"cents\":12.50}}}", INTAKE_NUMBER_NOT_WHOLE,
     "declaration.total.cents"},
    {"less than nothing", "{" HEAD ",\"declaration\":{\"total\":{\"cents\":-1}}}", INTAKE_NUMBER_OUT_OF_RANGE,
     "declaration.total.cents"},
    {"more than all money", "{" HEAD ",\"declaration\":{\"total\":{\"cents\":1000000000000000}}}",
     INTAKE_NUMBER_OUT_OF_RANGE, "declaration.total.cents"},
    {"more than 64 bits", "{" HEAD ",\"declaration\":{\"total\":{\"cents\":99999999999999999999999}}}",
     INTAKE_NUMBER_OUT_OF_RANGE, "declaration.total.cents"},
    {"more than 32 bits", "{" HEAD ",\"outcome\":{\"outcome\":{\"satisfaction\":2147483648}}}",
     INTAKE_NUMBER_OUT_OF_RANGE, "outcome.outcome.satisfaction"},
    {"a day that is none", STOP("\"day\":\"2021-02-29\""), INTAKE_DAY_WRONG, "stop.day"},
    {"a day the other way round", STOP("\"day\":\"01-03-2020\""), INTAKE_DAY_WRONG, "stop.day"},
    {"a municipality by name", "{\"municipality\":\"Delft\"}", INTAKE_TEXT_WRONG, "municipality"},
    {"a provider of nine digits", "{\"provider\":\"900000011\"}", INTAKE_TEXT_WRONG, "provider"},
    {"a citizen number as an id", "{\"id\":\"999900006\"}", INTAKE_TEXT_HIDES_BSN, "id"},
    {"a citizen number in a result", "{\"allocation_request\":{\"results\":[\"goed\",\"zie 999900006\"]}}",
     INTAKE_TEXT_HIDES_BSN, "allocation_request.results[1]"},
};

static void every_fault_has_its_reason_and_its_place(void **state)
{
    Arena *arena = *state;
    for (size_t i = 0; i < COUNT(FAULTS); i++) {
        const FaultCase *fault = &FAULTS[i];
        Refusal refusal = {.reason = INTAKE_ADMITTED, .path = "", .detail = ""};
        if (feed_read(arena, &provider__message__descriptor, line_of(fault->line), &refusal))
            fail_msg("%s: is read", fault->story);
        if (refusal.reason != fault->reason || strcmp(refusal.path, fault->path) != 0)
            fail_msg("%s: %s at '%s'", fault->story, intake_reason_name(refusal.reason), refusal.path);
    }
}

static void a_refusal_never_quotes_what_was_sent(void **state)
{
    Arena *arena = *state;
    for (size_t i = 0; i < COUNT(FAULTS); i++) {
        Refusal refusal;
        feed_read(arena, &provider__message__descriptor, line_of(FAULTS[i].line), &refusal);
        assert_null(strstr(refusal_sentence(arena, &refusal), "999900006"));
    }
}

static void every_reason_of_the_line_occurs(void **state)
{
    (void)state;
    for (int reason = INTAKE_NOT_JSON; reason <= INTAKE_TEXT_HIDES_BSN; reason++) {
        size_t i = 0;
        while (i < COUNT(FAULTS) && (int)FAULTS[i].reason != reason)
            i++;
        if (i == COUNT(FAULTS))
            fail_msg("%s never occurs", intake_reason_name((IntakeReason)reason));
    }
}

static void a_line_that_is_too_long_is_not_read(void **state)
{
    Arena *arena = *state;
    char *line = malloc(FEED_LINE_SIZE_MAX + 1);
    assert_non_null(line);
    memset(line, ' ', FEED_LINE_SIZE_MAX + 1);
    memcpy(line, START, strlen(START));

    Refusal refusal;
    assert_non_null(
        feed_read(arena, &provider__message__descriptor, (Bytes){(uint8_t *)line, FEED_LINE_SIZE_MAX}, &refusal));
    assert_null(
        feed_read(arena, &provider__message__descriptor, (Bytes){(uint8_t *)line, FEED_LINE_SIZE_MAX + 1}, &refusal));
    assert_int_equal(refusal.reason, INTAKE_LINE_TOO_LONG);
    free(line);
}

static void a_line_cut_anywhere_is_refused(void **state)
{
    Arena *arena = *state;
    for (size_t i = 0; i < COUNT(PROVIDER_LINES); i++) {
        for (size_t size = 0; size < strlen(PROVIDER_LINES[i]); size++) {
            uint8_t *cut =
                malloc(size + 1); /* a heap block of its own, so that the sanitizer sees a byte read too far */
            uint8_t *exact = realloc(cut, size ? size : 1);
            memcpy(exact, PROVIDER_LINES[i], size);
            Refusal refusal;
            assert_null(feed_read(arena, &provider__message__descriptor, (Bytes){exact, size}, &refusal));
            free(exact);
        }
    }
}

static void a_refusal_says_what_where_and_what_to_do(void **state)
{
    Refusal refusal;
    feed_read(*state, &provider__message__descriptor, line_of(STOP("\"reason\":\"BORED\"")), &refusal);
    assert_string_equal(
        refusal_sentence(*state, &refusal),
        "stop.reason: deze waarde staat niet in de lijst; kies uit DEATH, TEMPORARY, AS_PLANNED, "
        "EARLY_BY_CLIENT, EARLY_BY_PROVIDER, EARLY_IN_AGREEMENT, EARLY_BY_CIRCUMSTANCE, BY_MUNICIPALITY, "
        "FOR_CHANGE_REQUEST, OTHER_PROVIDER, OTHER_LAW.");
}

/* the rules fit the messages */

static bool is_supported(const ProtobufCFieldDescriptor *field)
{
    bool is_pointer = field->type == PROTOBUF_C_TYPE_STRING || field->type == PROTOBUF_C_TYPE_MESSAGE;
    bool is_scalar = field->type == PROTOBUF_C_TYPE_INT32 || field->type == PROTOBUF_C_TYPE_INT64 ||
                     field->type == PROTOBUF_C_TYPE_BOOL || field->type == PROTOBUF_C_TYPE_ENUM;
    return is_pointer || (is_scalar && field->label != PROTOBUF_C_LABEL_REPEATED);
}

static void assert_supported(const ProtobufCMessageDescriptor *type)
{
    for (unsigned i = 0; i < type->n_fields; i++) {
        if (!is_supported(&type->fields[i]))
            fail_msg("%s.%s has a type that the feed does not know", type->name, type->fields[i].name);
        if (type->fields[i].type == PROTOBUF_C_TYPE_MESSAGE)
            assert_supported(type->fields[i].descriptor);
    }
}

static void every_field_has_a_type_that_the_feed_knows(void **state)
{
    (void)state;
    assert_supported(&provider__message__descriptor);
    assert_supported(&operator__message__descriptor);
}

static void every_rule_names_a_field_and_the_rules_of_a_message_stand_together(void **state)
{
    (void)state;
    FeedRules rules = feed_rules();
    for (size_t i = 0; i < rules.count; i++) {
        const FeedRule *rule = &rules.first[i];
        const ProtobufCFieldDescriptor *field =
            protobuf_c_message_descriptor_get_field_by_name(rule->message, rule->field);
        if (!field)
            fail_msg("%s has no field %s", rule->message->name, rule->field);
        FeedRules of_message = feed_rules_of(rule->message);
        assert_true(rule >= of_message.first && rule < of_message.first + of_message.count);
    }
}

static void a_field_named_bsn_is_always_a_bsn(void **state)
{
    (void)state;
    const ProtobufCMessageDescriptor *types[] = {
        &provider__person__descriptor, &provider__change_request__descriptor,      &provider__start__descriptor,
        &provider__stop__descriptor,   &provider__declaration__client__descriptor, &provider__outcome__descriptor};
    for (size_t i = 0; i < COUNT(types); i++) {
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(types[i], "bsn");
        assert_int_equal(feed_rule_of(feed_rules_of(types[i]), field)->word, WORD_BSN);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_read_is_written_again),
        cmocka_unit_test(an_operator_is_read_as_well),
        cmocka_unit_test(the_values_of_a_line_arrive_in_the_message),
        cmocka_unit_test(what_may_be_left_out_is_absent),
        cmocka_unit_test(spaces_order_and_escapes_do_not_matter),
        cmocka_unit_test(every_fault_has_its_reason_and_its_place),
        cmocka_unit_test(a_refusal_never_quotes_what_was_sent),
        cmocka_unit_test(every_reason_of_the_line_occurs),
        cmocka_unit_test(a_line_that_is_too_long_is_not_read),
        cmocka_unit_test(a_line_cut_anywhere_is_refused),
        cmocka_unit_test(a_refusal_says_what_where_and_what_to_do),
        cmocka_unit_test(every_field_has_a_type_that_the_feed_knows),
        cmocka_unit_test(every_rule_names_a_field_and_the_rules_of_a_message_stand_together),
        cmocka_unit_test(a_field_named_bsn_is_always_a_bsn),
    };
    return cmocka_run_group_tests_name("feed", tests, arena_setup, arena_teardown);
}
