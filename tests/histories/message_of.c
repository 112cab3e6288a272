#include "histories/message_of.h"

#include <stdbool.h>
#include <string.h>

static bool fill_value(Arena *arena, const ProtobufCFieldDescriptor *field, const json_t *value, void *place)
{
    switch ((int)field->type) {
    case PROTOBUF_C_TYPE_STRING:
        *(char **)place = arena_text(arena, json_string_value(value));
        return json_is_string(value);
    case PROTOBUF_C_TYPE_MESSAGE:
        *(void **)place = message_of(arena, field->descriptor, value);
        return *(void **)place;
    case PROTOBUF_C_TYPE_INT64:
        *(int64_t *)place = json_integer_value(value);
        return json_is_integer(value);
    case PROTOBUF_C_TYPE_INT32:
    case PROTOBUF_C_TYPE_ENUM:
        *(int32_t *)place = (int32_t)json_integer_value(value);
        return json_is_integer(value);
    case PROTOBUF_C_TYPE_BOOL:
        *(protobuf_c_boolean *)place = json_is_true(value);
        return json_is_boolean(value);
    default:
        return false;
    }
}

/* Lists here are of texts and of messages, which both are pointers. */
static bool fill_list(Arena *arena, const ProtobufCFieldDescriptor *field, const json_t *list, char *message)
{
    size_t count = json_array_size(list);
    void **items = ARENA_MANY(arena, void *, count + 1);
    *(void ***)(void *)(message + field->offset) = items;
    *(size_t *)(void *)(message + field->quantifier_offset) = count;
    for (size_t i = 0; i < count; i++)
        if (!fill_value(arena, field, json_array_get(list, i), &items[i]))
            return false;
    return json_is_array(list);
}

static bool fill_field(Arena *arena, const ProtobufCFieldDescriptor *field, const json_t *value, char *message)
{
    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return fill_list(arena, field, value, message);
    if (field->flags & PROTOBUF_C_FIELD_FLAG_ONEOF)
        *(uint32_t *)(void *)(message + field->quantifier_offset) = field->id;
    return fill_value(arena, field, value, message + field->offset);
}

void *message_of(Arena *arena, const ProtobufCMessageDescriptor *type, const json_t *said)
{
    if (!json_is_object(said))
        return NULL;
    ProtobufCMessage *message = arena_take(arena, type->sizeof_message);
    type->message_init(message);
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)said, name, value)
    {
        const ProtobufCFieldDescriptor *field = protobuf_c_message_descriptor_get_field_by_name(type, name);
        if (!field || !fill_field(arena, field, value, (char *)message))
            return NULL;
    }
    return message;
}
