#include "intake/hear_skim.h"

enum { WIRE_NUMBER = 0, WIRE_8_BYTES = 1, WIRE_PAYLOAD = 2, WIRE_4_BYTES = 5, VARINT_SIZE_MAX = 10 };

static bool take_varint(Bytes *rest, uint64_t *value_out)
{
    uint64_t value = 0;
    for (size_t i = 0; i < rest->size && i < VARINT_SIZE_MAX; i++) {
        value |= (uint64_t)(rest->data[i] & 0x7F) << (7 * i);
        if (!(rest->data[i] & 0x80)) {
            *rest = (Bytes){rest->data + i + 1, rest->size - i - 1};
            *value_out = value;
            return true;
        }
    }
    return false;
}

static bool take_bytes(Bytes *rest, uint64_t size, Bytes *taken_out)
{
    if (size > rest->size)
        return false;
    *taken_out = (Bytes){rest->data, (size_t)size};
    *rest = (Bytes){rest->data + size, rest->size - (size_t)size};
    return true;
}

static bool take_value(Bytes *rest, uint64_t wire, SkimmedField *field)
{
    uint64_t size = wire == WIRE_8_BYTES ? 8 : 4;
    if (wire == WIRE_NUMBER)
        return take_varint(rest, &field->value);
    if (wire == WIRE_PAYLOAD && !take_varint(rest, &size))
        return false;
    bool is_known = wire == WIRE_PAYLOAD || wire == WIRE_8_BYTES || wire == WIRE_4_BYTES;
    return is_known && take_bytes(rest, size, &field->payload);
}

bool skim_next(Bytes *rest, SkimmedField *field_out)
{
    Bytes after = *rest;
    SkimmedField field = {0};
    uint64_t tag;
    if (!take_varint(&after, &tag) || !take_value(&after, tag & 7, &field))
        return false;
    field.number = (uint32_t)(tag >> 3);
    field.whole = (Bytes){rest->data, rest->size - after.size};
    *rest = after;
    *field_out = field;
    return true;
}

Bytes skim_payload(Bytes message, uint32_t number)
{
    Bytes found = {0};
    SkimmedField field;
    while (skim_next(&message, &field))
        if (field.number == number)
            found = field.payload;
    return found;
}

char *skim_text(Arena *arena, Bytes message, uint32_t number)
{
    Bytes payload = skim_payload(message, number);
    return arena_text_sized(arena, (const char *)payload.data, payload.size);
}

uint64_t skim_number(Bytes message, uint32_t number)
{
    uint64_t found = 0;
    SkimmedField field;
    while (skim_next(&message, &field))
        if (field.number == number)
            found = field.value;
    return found;
}

Bytes skim_without(Arena *arena, Bytes message, uint32_t number, bool (*drops)(Bytes payload))
{
    uint8_t *copy = arena_take(arena, message.size);
    size_t size = 0;
    SkimmedField field;
    while (skim_next(&message, &field)) {
        if (field.number == number && drops(field.payload))
            continue;
        memcpy(copy + size, field.whole.data, field.whole.size);
        size += field.whole.size;
    }
    return (Bytes){copy, size};
}
