#include "intake/feed/feed.h"

#include "base/day.h"
#include "intake/feed/json.h"
#include "intake/feed/rule.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS_MAX = 64, LIST_FIRST_SIZE = 4, NOT_IN_LIST = -1 };

/* A step of the path to a value, from the value up. */
typedef struct Step Step;
struct Step {
    const Step *up;
    const char *name;
    int64_t index; /* in a list, or NOT_IN_LIST */
};

typedef struct Reading {
    JsonReader json;
    Arena *arena;
    Refusal *refusal;
} Reading;

static const char *path_of(Arena *arena, const Step *step)
{
    if (!step)
        return "";
    const char *up = path_of(arena, step->up);
    const char *dot = *up ? "." : "";
    return step->index == NOT_IN_LIST
               ? arena_format(arena, "%s%s%s", up, dot, step->name)
               : arena_format(arena, "%s%s%s[%lld]", up, dot, step->name, (long long)step->index);
}

static bool refuse(Reading *reading, const Step *step, IntakeReason reason, const char *detail)
{
    *reading->refusal = (Refusal){.reason = reason, .path = path_of(reading->arena, step), .detail = detail};
    return false;
}

static bool refuse_json(Reading *reading, const Step *step, JsonAnswer answer)
{
    const char *place = arena_format(reading->arena, "(bij teken %zu)", json_place(&reading->json));
    return refuse(reading, step, answer == JSON_NOT_UTF8 ? INTAKE_NOT_UTF8 : INTAKE_NOT_JSON, place);
}

/* A token of another kind than the field wants; at the end of the line the line itself is broken. */
static bool refuse_type(Reading *reading, const Step *step, const char *expected)
{
    char next = json_next(&reading->json);
    if (next == '\0' || !strchr("{[\"-0123456789tfn", next))
        return refuse_json(reading, step, JSON_BROKEN);
    return refuse(reading, step, INTAKE_TYPE_WRONG, expected);
}

/* the names that may stand here */

static const char *names_of_enum(Arena *arena, const ProtobufCEnumDescriptor *values)
{
    const char *names = "";
    for (unsigned i = 0; i < values->n_values; i++)
        if (values->values[i].value != 0)
            names = arena_format(arena, "%s%s%s", names, *names ? ", " : "", values->values[i].name);
    return names;
}

static bool in_oneof(const ProtobufCFieldDescriptor *field)
{
    return field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF;
}

static const char *names_of_fields(Arena *arena, const ProtobufCMessageDescriptor *type, bool of_oneof_only)
{
    const char *names = "";
    for (unsigned i = 0; i < type->n_fields; i++)
        if (!of_oneof_only || in_oneof(&type->fields[i]))
            names = arena_format(arena, "%s%s%s", names, *names ? ", " : "", type->fields[i].name);
    return names;
}

/* values */

static bool read_text(Reading *reading, const Step *step, WordKind kind, char **text_out)
{
    if (json_next(&reading->json) != '"')
        return refuse_type(reading, step, "een tekst tussen aanhalingstekens");

    Bytes text;
    JsonAnswer answer = json_read_text(&reading->json, reading->arena, &text);
    if (answer != JSON_READ)
        return refuse_json(reading, step, answer);

    if (text.size > 0) {
        IntakeReason reason = word_check(kind, (const char *)text.data, text.size);
        if (reason != INTAKE_ADMITTED)
            return refuse(reading, step, reason, reason == INTAKE_TEXT_WRONG ? word_expected(kind) : "");
    }
    *text_out = arena_text_sized(reading->arena, (const char *)text.data, text.size);
    return true;
}

static bool read_number(Reading *reading, const Step *step, int64_t max, int64_t *number_out)
{
    char next = json_next(&reading->json);
    if (next != '-' && (next < '0' || next > '9'))
        return refuse_type(reading, step, "een geheel getal, zonder aanhalingstekens");

    int64_t number = 0;
    JsonAnswer answer = json_read_whole(&reading->json, &number);
    if (answer == JSON_NOT_WHOLE)
        return refuse(reading, step, INTAKE_NUMBER_NOT_WHOLE, "");
    if (answer == JSON_BROKEN)
        return refuse_json(reading, step, answer);
    if (answer == JSON_OUT_OF_RANGE || number < 0 || number > max)
        return refuse(reading, step, INTAKE_NUMBER_OUT_OF_RANGE,
                      arena_format(reading->arena, "0 tot en met %lld", (long long)max));
    *number_out = number;
    return true;
}

static bool read_day(Reading *reading, const Step *step, int32_t *day_out)
{
    if (json_next(&reading->json) != '"')
        return refuse_type(reading, step, "een dag als \"2020-03-01\"");

    Bytes text;
    JsonAnswer answer = json_read_text(&reading->json, reading->arena, &text);
    if (answer != JSON_READ)
        return refuse_json(reading, step, answer);

    char written[DAY_TEXT_SIZE] = "";
    Day day;
    if (text.size != DAY_TEXT_SIZE - 1 || !day_read(memcpy(written, text.data, text.size), &day))
        return refuse(reading, step, INTAKE_DAY_WRONG, "");
    *day_out = day.number;
    return true;
}

static bool read_enum(Reading *reading, const Step *step, const ProtobufCEnumDescriptor *values, int32_t *value_out)
{
    if (json_next(&reading->json) != '"')
        return refuse_type(reading, step, names_of_enum(reading->arena, values));

    Bytes name;
    JsonAnswer answer = json_read_text(&reading->json, reading->arena, &name);
    if (answer != JSON_READ)
        return refuse_json(reading, step, answer);

    for (unsigned i = 0; i < values->n_values; i++) {
        const ProtobufCEnumValue *value = &values->values[i];
        if (value->value != 0 && bytes_equal((Bytes){(const uint8_t *)value->name, strlen(value->name)}, name)) {
            *value_out = value->value;
            return true;
        }
    }
    return refuse(reading, step, INTAKE_VALUE_UNKNOWN, names_of_enum(reading->arena, values));
}

static bool read_bool(Reading *reading, const Step *step, protobuf_c_boolean *answer_out)
{
    if (json_take_word(&reading->json, "true"))
        *answer_out = true;
    else if (json_take_word(&reading->json, "false"))
        *answer_out = false;
    else
        return refuse_type(reading, step, "true of false");
    return true;
}

static ProtobufCMessage *read_message(Reading *reading, const Step *step, const ProtobufCMessageDescriptor *type);

/* One value into its place in the struct. */
static bool read_value(Reading *reading, const Step *step, const ProtobufCFieldDescriptor *field, WordKind word,
                       void *to)
{
    if (field->type == PROTOBUF_C_TYPE_STRING)
        return read_text(reading, step, word, to);
    if (field->type == PROTOBUF_C_TYPE_ENUM)
        return read_enum(reading, step, field->descriptor, to);
    if (field->type == PROTOBUF_C_TYPE_INT64)
        return read_number(reading, step, FEED_NUMBER_MAX, to);
    if (field->type == PROTOBUF_C_TYPE_BOOL)
        return read_bool(reading, step, to);
    if (feed_is_day(field))
        return read_day(reading, step, to);
    if (field->type == PROTOBUF_C_TYPE_INT32) {
        int64_t number;
        if (!read_number(reading, step, INT32_MAX, &number))
            return false;
        *(int32_t *)to = (int32_t)number;
        return true;
    }
    assert(field->type == PROTOBUF_C_TYPE_MESSAGE);
    ProtobufCMessage *message = read_message(reading, step, field->descriptor);
    *(ProtobufCMessage **)to = message;
    return message != NULL;
}

/* lists hold texts or messages: pointers both */

static bool read_list(Reading *reading, const Step *step, const ProtobufCFieldDescriptor *field, WordKind word,
                      size_t *count_out, void **list_out)
{
    if (!json_take(&reading->json, '['))
        return refuse_type(reading, step, "een lijst tussen [ en ]");

    Step in_list = {.up = step->up, .name = step->name, .index = 0};
    size_t room = 0;
    size_t count = 0;
    void **list = NULL;
    if (json_take(&reading->json, ']'))
        return true;
    do {
        if (count == room) {
            size_t wider = room ? 2 * room : LIST_FIRST_SIZE;
            void **longer = ARENA_MANY(reading->arena, void *, wider);
            if (count)
                memcpy(longer, list, count * sizeof *list);
            list = longer;
            room = wider;
        }
        in_list.index = (int64_t)count;
        if (!read_value(reading, &in_list, field, word, &list[count]))
            return false;
        if (field->type == PROTOBUF_C_TYPE_STRING && *(const char *)list[count] == '\0')
            return refuse(reading, &in_list, INTAKE_FIELD_MISSING, "");
        count++;
    } while (json_take(&reading->json, ','));

    if (!json_take(&reading->json, ']'))
        return refuse_json(reading, step, JSON_BROKEN);
    *count_out = count;
    *list_out = list;
    return true;
}

/* messages */

static const ProtobufCFieldDescriptor *find_field(const ProtobufCMessageDescriptor *type, Bytes name, unsigned hint)
{
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[(hint + i) % type->n_fields];
        if (strlen(field->name) == name.size && memcmp(field->name, name.data, name.size) == 0)
            return field;
    }
    return NULL;
}

static bool read_field(Reading *reading, const Step *step, const ProtobufCFieldDescriptor *field, WordKind word,
                       ProtobufCMessage *message)
{
    char *at = (char *)message;
    void *to = at + field->offset;
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return read_list(reading, step, field, word, (size_t *)(void *)(at + field->quantifier_offset), to);

    if (in_oneof(field)) {
        uint32_t *which = (uint32_t *)(void *)(at + field->quantifier_offset);
        if (*which != 0)
            return refuse(reading, step, INTAKE_FACTS_TWO, "");
        *which = field->id;
    }
    return read_value(reading, step, field, word, to);
}

static bool is_empty(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *message)
{
    const char *at = (const char *)message;
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return *(const size_t *)(const void *)(at + field->quantifier_offset) == 0;
    if (field->type == PROTOBUF_C_TYPE_STRING)
        return **(char *const *)(const void *)(at + field->offset) == '\0';
    if (feed_is_day(field))
        return *(const int32_t *)(const void *)(at + field->offset) == 0;
    return false;
}

/* All that must be there is there, and where one of several facts belongs, one is. */
static bool check_complete(Reading *reading, const Step *step, FeedRules rules, const ProtobufCMessage *message,
                           uint64_t seen)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    bool has_oneof = false;
    bool has_fact = false;
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        bool is_seen = seen >> i & 1;
        if (in_oneof(field)) {
            has_oneof = true;
            has_fact = has_fact || is_seen;
        } else if ((!is_seen || is_empty(field, message)) && !feed_rule_of(rules, field)->may_be_absent) {
            Step missing = {.up = step, .name = field->name, .index = NOT_IN_LIST};
            return refuse(reading, &missing, INTAKE_FIELD_MISSING, "");
        }
    }
    if (has_oneof && !has_fact)
        return refuse(reading, step, INTAKE_FACT_MISSING, names_of_fields(reading->arena, type, true));
    return true;
}

static bool read_fields(Reading *reading, const Step *step, FeedRules rules, ProtobufCMessage *message, uint64_t *seen)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    unsigned hint = 0;
    if (json_take(&reading->json, '}'))
        return true;
    do {
        Bytes name;
        if (json_next(&reading->json) != '"')
            return refuse_json(reading, step, JSON_BROKEN);
        JsonAnswer answer = json_read_text(&reading->json, reading->arena, &name);
        if (answer != JSON_READ)
            return refuse_json(reading, step, answer);

        const ProtobufCFieldDescriptor *field = find_field(type, name, hint);
        if (!field)
            return refuse(reading, step, INTAKE_FIELD_UNKNOWN, names_of_fields(reading->arena, type, false));
        unsigned place = (unsigned)(field - type->fields);
        hint = place + 1;

        Step below = {.up = step, .name = field->name, .index = NOT_IN_LIST};
        if (*seen >> place & 1)
            return refuse(reading, &below, INTAKE_FIELD_TWICE, "");
        *seen |= UINT64_C(1) << place;

        if (!json_take(&reading->json, ':'))
            return refuse_json(reading, &below, JSON_BROKEN);
        if (!read_field(reading, &below, field, feed_rule_of(rules, field)->word, message))
            return false;
    } while (json_take(&reading->json, ','));

    return json_take(&reading->json, '}') || refuse_json(reading, step, JSON_BROKEN);
}

static ProtobufCMessage *read_message(Reading *reading, const Step *step, const ProtobufCMessageDescriptor *type)
{
    assert(type->n_fields > 0 && type->n_fields <= FIELDS_MAX);
    if (!json_take(&reading->json, '{')) {
        refuse_type(reading, step, "een object tussen { en }");
        return NULL;
    }

    ProtobufCMessage *message = arena_take(reading->arena, type->sizeof_message);
    type->message_init(message);
    FeedRules rules = feed_rules_of(type);
    uint64_t seen = 0;
    if (!read_fields(reading, step, rules, message, &seen))
        return NULL;
    return check_complete(reading, step, rules, message, seen) ? message : NULL;
}

ProtobufCMessage *feed_read(Arena *arena, const ProtobufCMessageDescriptor *type, Bytes line, Refusal *refusal_out)
{
    Reading reading = {.json = json_reader(line), .arena = arena, .refusal = refusal_out};
    if (line.size > FEED_LINE_SIZE_MAX) {
        refuse(&reading, NULL, INTAKE_LINE_TOO_LONG, "");
        return NULL;
    }
    ProtobufCMessage *message = read_message(&reading, NULL, type);
    if (message && json_next(&reading.json) != '\0') {
        refuse_json(&reading, NULL, JSON_BROKEN);
        return NULL;
    }
    return message;
}
