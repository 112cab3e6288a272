#include "db/copy.h"

#include "db/connection.h"
#include "db/wire.h"

#include <stdlib.h>
#include <string.h>

enum { COPY_BUFFER_SIZE = 64 * 1024 };

static const char SIGNATURE[] = "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0";

struct Copy {
    Database *database;
    const char *target;
    uint8_t *buffer;
    size_t used;
    bool broken; /* the connection took no more; copy_close says so */
};

static void flush(Copy *copy)
{
    if (!copy->broken && copy->used > 0)
        copy->broken = PQputCopyData(copy->database->connection, (const char *)copy->buffer, (int)copy->used) != 1;
    copy->used = 0;
}

static uint8_t *room(Copy *copy, size_t size)
{
    if (COPY_BUFFER_SIZE - copy->used < size)
        flush(copy);
    uint8_t *place = copy->buffer + copy->used;
    copy->used += size;
    return place;
}

Status copy_open(Database *database, Arena *arena, const char *table_and_columns, Copy **copy_out)
{
    /* A fault names the table; its columns would leave no room for what is wrong. */
    const char *target = arena_text_sized(arena, table_and_columns, strcspn(table_and_columns, "( "));
    const char *text = arena_format(arena, "COPY %s FROM STDIN (FORMAT binary)", table_and_columns);
    PGresult *result = PQexec(database->connection, text);
    Status status = STATUS_OK;
    if (PQresultStatus(result) != PGRES_COPY_IN)
        status = database_fault(database, result, target);
    PQclear(result);
    TRY(status);

    Copy *copy = ARENA_NEW(arena, Copy);
    copy->database = database;
    copy->target = target;
    copy->buffer = arena_take(arena, COPY_BUFFER_SIZE);
    memcpy(room(copy, sizeof SIGNATURE), SIGNATURE, sizeof SIGNATURE);
    *copy_out = copy;
    return STATUS_OK;
}

Status copy_close(Copy *copy)
{
    wire_put16(room(copy, 2), UINT16_MAX);
    flush(copy);

    PGconn *connection = copy->database->connection;
    if (copy->broken || PQputCopyEnd(connection, NULL) != 1)
        return database_fault(copy->database, NULL, copy->target);

    Status status = STATUS_OK;
    for (PGresult *result; (result = PQgetResult(connection)); PQclear(result))
        if (PQresultStatus(result) != PGRES_COMMAND_OK && status == STATUS_OK)
            status = database_fault(copy->database, result, copy->target);
    return status;
}

void copy_row(Copy *copy, int16_t columns)
{
    wire_put16(room(copy, 2), (uint16_t)columns);
}

void copy_null(Copy *copy)
{
    wire_put32(room(copy, 4), UINT32_MAX);
}

void copy_bool(Copy *copy, bool value)
{
    uint8_t *place = room(copy, 5);
    wire_put32(place, 1);
    place[4] = value;
}

void copy_int2(Copy *copy, int16_t value)
{
    uint8_t *place = room(copy, 6);
    wire_put32(place, 2);
    wire_put16(place + 4, (uint16_t)value);
}

void copy_int4(Copy *copy, int32_t value)
{
    uint8_t *place = room(copy, 8);
    wire_put32(place, 4);
    wire_put32(place + 4, (uint32_t)value);
}

void copy_int8(Copy *copy, int64_t value)
{
    uint8_t *place = room(copy, 12);
    wire_put32(place, 8);
    wire_put64(place + 4, (uint64_t)value);
}

void copy_text(Copy *copy, const char *text)
{
    if (text)
        copy_bytes(copy, (Bytes){(const uint8_t *)text, strlen(text)});
    else
        copy_null(copy);
}

void copy_bytes(Copy *copy, Bytes bytes)
{
    if (bytes.size > INT32_MAX)
        abort();
    wire_put32(room(copy, 4), (uint32_t)bytes.size);
    while (bytes.size > 0) {
        size_t piece = bytes.size < COPY_BUFFER_SIZE ? bytes.size : COPY_BUFFER_SIZE;
        memcpy(room(copy, piece), bytes.data, piece);
        bytes.data += piece;
        bytes.size -= piece;
    }
}

void copy_texts(Copy *copy, const char *const *texts, size_t count)
{
    size_t size = count ? WIRE_ARRAY_HEADER_SIZE : WIRE_ARRAY_EMPTY_SIZE;
    for (size_t i = 0; i < count; i++)
        size += 4 + strlen(texts[i]);
    if (size > INT32_MAX)
        abort();

    uint8_t header[4 + WIRE_ARRAY_HEADER_SIZE] = {0};
    wire_put32(header, (uint32_t)size);
    wire_put32(header + 4, count ? 1 : 0);
    wire_put32(header + 12, WIRE_TEXT_OID);
    wire_put32(header + 16, (uint32_t)count);
    wire_put32(header + 20, 1);
    size_t header_size = 4 + (count ? WIRE_ARRAY_HEADER_SIZE : WIRE_ARRAY_EMPTY_SIZE);
    memcpy(room(copy, header_size), header, header_size);
    for (size_t i = 0; i < count; i++)
        copy_text(copy, texts[i]);
}

void copy_day(Copy *copy, Day day)
{
    copy_int4(copy, day.number - WIRE_EPOCH_DAYS);
}

void copy_time_us(Copy *copy, int64_t time_us)
{
    copy_int8(copy, time_us - WIRE_EPOCH_US);
}
