#include "intake/feed/feed.h"

#include "base/day.h"
#include "intake/feed/rule.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

typedef struct Line {
    Arena *arena;
    char *text;
    size_t size;
    size_t room;
} Line;

static char *room_for(Line *line, size_t size)
{
    if (line->room - line->size < size) {
        size_t room = 2 * line->room + size;
        char *longer = arena_take(line->arena, room);
        if (line->size)
            memcpy(longer, line->text, line->size);
        line->text = longer;
        line->room = room;
    }
    return line->text + line->size;
}

static void put(Line *line, const char *text, size_t size)
{
    memcpy(room_for(line, size), text, size);
    line->size += size;
}

static void put_character(Line *line, char character)
{
    put(line, &character, 1);
}

static void put_quoted(Line *line, const char *text)
{
    put_character(line, '"');
    const char *from = text;
    for (const char *at = text;; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        put(line, from, (size_t)(at - from));
        if (byte == '\0')
            break;
        char escape[8];
        int size = byte == '"' || byte == '\\' ? snprintf(escape, sizeof escape, "\\%c", byte)
                                               : snprintf(escape, sizeof escape, "\\u%04x", byte);
        put(line, escape, (size_t)size);
        from = at + 1;
    }
    put_character(line, '"');
}

static void put_number(Line *line, int64_t number)
{
    char *at = room_for(line, 24);
    line->size += (size_t)snprintf(at, 24, "%lld", (long long)number);
}

static void put_day(Line *line, int32_t number)
{
    char text[DAY_TEXT_SIZE];
    put_quoted(line, day_write((Day){number}, text));
}

static void put_enum(Line *line, const ProtobufCEnumDescriptor *values, int value)
{
    const ProtobufCEnumValue *known = protobuf_c_enum_descriptor_get_value(values, value);
    put_quoted(line, known ? known->name : "");
}

static void put_message(Line *line, const ProtobufCMessage *message);

static void put_value(Line *line, const ProtobufCFieldDescriptor *field, const void *from)
{
    if (field->type == PROTOBUF_C_TYPE_STRING)
        put_quoted(line, *(char *const *)from);
    else if (field->type == PROTOBUF_C_TYPE_ENUM)
        put_enum(line, field->descriptor, *(const int *)from);
    else if (field->type == PROTOBUF_C_TYPE_INT64)
        put_number(line, *(const int64_t *)from);
    else if (field->type == PROTOBUF_C_TYPE_BOOL)
        *(const protobuf_c_boolean *)from ? put(line, "true", 4) : put(line, "false", 5);
    else if (feed_is_day(field))
        put_day(line, *(const int32_t *)from);
    else if (field->type == PROTOBUF_C_TYPE_INT32)
        put_number(line, *(const int32_t *)from);
    else if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        put_message(line, *(ProtobufCMessage *const *)from);
    else
        assert(!"a field of the feed is a text, a number, a day, a value of a list, a yes or no, or a message");
}

static size_t count_of(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *message)
{
    return *(const size_t *)(const void *)((const char *)message + field->quantifier_offset);
}

static bool is_left_out(const ProtobufCFieldDescriptor *field, const ProtobufCMessage *message)
{
    const char *at = (const char *)message;
    const void *value = at + field->offset;
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return count_of(field, message) == 0;
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        return *(const uint32_t *)(const void *)(at + field->quantifier_offset) != field->id;
    if (field->type == PROTOBUF_C_TYPE_STRING)
        return **(char *const *)value == '\0';
    if (field->type == PROTOBUF_C_TYPE_MESSAGE)
        return *(ProtobufCMessage *const *)value == NULL;
    if (field->type == PROTOBUF_C_TYPE_ENUM || feed_is_day(field))
        return *(const int32_t *)value == 0;
    return false;
}

static void put_list(Line *line, const ProtobufCFieldDescriptor *field, const ProtobufCMessage *message)
{
    const char *at = (const char *)message;
    void *const *list = *(void **const *)(const void *)(at + field->offset);
    put_character(line, '[');
    for (size_t i = 0; i < count_of(field, message); i++) {
        if (i > 0)
            put_character(line, ',');
        put_value(line, field, &list[i]);
    }
    put_character(line, ']');
}

static void put_message(Line *line, const ProtobufCMessage *message)
{
    const ProtobufCMessageDescriptor *type = message->descriptor;
    bool is_first = true;
    put_character(line, '{');
    for (unsigned i = 0; i < type->n_fields; i++) {
        const ProtobufCFieldDescriptor *field = &type->fields[i];
        if (is_left_out(field, message))
            continue;
        if (!is_first)
            put_character(line, ',');
        is_first = false;
        put_quoted(line, field->name);
        put_character(line, ':');
        if (field->label == PROTOBUF_C_LABEL_REPEATED)
            put_list(line, field, message);
        else
            put_value(line, field, (const char *)message + field->offset);
    }
    put_character(line, '}');
}

Bytes feed_write(Arena *arena, const ProtobufCMessage *message)
{
    Line line = {.arena = arena};
    put_message(&line, message);
    return (Bytes){(const uint8_t *)line.text, line.size};
}
