#include "db/params.h"

#include "db/wire.h"

#include <stdlib.h>

enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = WIRE_TEXT_OID,
    OID_DATE = 1082,
    OID_TIMESTAMPTZ = 1184,
};

struct Column {
    Arena *arena;
    ColumnType type;
    Params *params;
    int number; /* of the parameter, from 0 */
    uint8_t *bytes;
    size_t size;
    size_t room;
    uint32_t count;
    bool has_null;
};

Params *params_new(Arena *arena)
{
    Params *params = ARENA_NEW(arena, Params);
    params->arena = arena;
    return params;
}

static void add(Params *params, const void *value, size_t size)
{
    if (params->count == PARAMS_MAX || size > INT32_MAX)
        abort();
    params->values[params->count] = value;
    params->sizes[params->count] = (int)size;
    params->formats[params->count] = 1;
    params->count++;
}

void params_int2(Params *params, int16_t value)
{
    uint8_t *bytes = arena_take(params->arena, 2);
    wire_put16(bytes, (uint16_t)value);
    add(params, bytes, 2);
}

void params_int4(Params *params, int32_t value)
{
    uint8_t *bytes = arena_take(params->arena, 4);
    wire_put32(bytes, (uint32_t)value);
    add(params, bytes, 4);
}

void params_int8(Params *params, int64_t value)
{
    uint8_t *bytes = arena_take(params->arena, 8);
    wire_put64(bytes, (uint64_t)value);
    add(params, bytes, 8);
}

void params_bool(Params *params, bool value)
{
    uint8_t *bytes = arena_take(params->arena, 1);
    bytes[0] = value;
    add(params, bytes, 1);
}

void params_text(Params *params, const char *text)
{
    add(params, text, text ? strlen(text) : 0);
}

void params_bytes(Params *params, Bytes bytes)
{
    add(params, bytes.size ? (const void *)bytes.data : "", bytes.size);
}

void params_day(Params *params, Day day)
{
    params_int4(params, day.number - WIRE_EPOCH_DAYS);
}

void params_time_us(Params *params, int64_t time_us)
{
    params_int8(params, time_us - WIRE_EPOCH_US);
}

static uint32_t element_oid(ColumnType type)
{
    switch (type) {
    case COLUMN_BOOL:
        return OID_BOOL;
    case COLUMN_INT2:
        return OID_INT2;
    case COLUMN_INT4:
        return OID_INT4;
    case COLUMN_INT8:
        return OID_INT8;
    case COLUMN_TEXT:
        return OID_TEXT;
    case COLUMN_BYTES:
        return OID_BYTEA;
    case COLUMN_DAY:
        return OID_DATE;
    case COLUMN_TIME:
        return OID_TIMESTAMPTZ;
    }
    abort();
}

static uint8_t *grow(Column *column, size_t more)
{
    if (column->room - column->size < more) {
        size_t room = (column->size + more) * 2;
        uint8_t *bytes = arena_take(column->arena, room);
        memcpy(bytes, column->bytes, column->size);
        column->bytes = bytes;
        column->room = room;
    }
    uint8_t *place = column->bytes + column->size;
    column->size += more;
    return place;
}

/* The parameter always shows the array as it is now; an array without elements has no dimension. */
static void show(Column *column)
{
    wire_put32(column->bytes, column->count ? 1 : 0);
    wire_put32(column->bytes + 4, column->has_null);
    wire_put32(column->bytes + 8, element_oid(column->type));
    wire_put32(column->bytes + 12, column->count);
    wire_put32(column->bytes + 16, 1);
    column->params->values[column->number] = (const char *)column->bytes;
    column->params->sizes[column->number] = column->count ? (int)column->size : 12;
}

Column *params_column(Params *params, ColumnType type)
{
    Column *column = ARENA_NEW(params->arena, Column);
    column->arena = params->arena;
    column->type = type;
    column->params = params;
    column->number = params->count;
    column->room = 1024;
    column->bytes = arena_take(params->arena, column->room);
    column->size = WIRE_ARRAY_HEADER_SIZE;
    add(params, column->bytes, column->size);
    show(column);
    return column;
}

static uint8_t *element(Column *column, size_t size)
{
    uint8_t *place = grow(column, 4 + size);
    wire_put32(place, (uint32_t)size);
    column->count++;
    show(column);
    return place + 4;
}

void column_bool(Column *column, bool value)
{
    *element(column, 1) = value;
}

void column_int(Column *column, int64_t value)
{
    switch (column->type) {
    case COLUMN_INT2:
        if (value != (int16_t)value)
            abort();
        wire_put16(element(column, 2), (uint16_t)value);
        return;
    case COLUMN_INT4:
        if (value != (int32_t)value)
            abort();
        wire_put32(element(column, 4), (uint32_t)value);
        return;
    case COLUMN_INT8:
        wire_put64(element(column, 8), (uint64_t)value);
        return;
    case COLUMN_BOOL:
    case COLUMN_TEXT:
    case COLUMN_BYTES:
    case COLUMN_DAY:
    case COLUMN_TIME:
        break;
    }
    abort();
}

void column_text(Column *column, const char *text)
{
    if (!text) {
        column_null(column);
        return;
    }
    size_t size = strlen(text);
    uint8_t *place = element(column, size);
    memcpy(place, text, size);
}

void column_bytes(Column *column, Bytes bytes)
{
    uint8_t *place = element(column, bytes.size);
    if (bytes.size)
        memcpy(place, bytes.data, bytes.size);
}

void column_day(Column *column, Day day)
{
    wire_put32(element(column, 4), (uint32_t)(day.number - WIRE_EPOCH_DAYS));
}

void column_time_us(Column *column, int64_t time_us)
{
    wire_put64(element(column, 8), (uint64_t)(time_us - WIRE_EPOCH_US));
}

void column_null(Column *column)
{
    wire_put32(grow(column, 4), UINT32_MAX);
    column->count++;
    column->has_null = true;
    show(column);
}
