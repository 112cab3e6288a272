#include "service/outbox.h"

#include "db/copy.h"
#include "service/sql.h"

Status outbox_hold(Database *database, Arena *arena, const bool wanted[PARTITIONS])
{
    Params *params = params_new(arena);
    Column *partitions = params_column(params, COLUMN_INT2);
    for (int partition = 0; partition < PARTITIONS; partition++)
        if (wanted[partition])
            column_int(partitions, partition);
    return database_ask(database, SERVICE_HOLD_HEADS, params, NULL);
}

Status outbox_reserve(Database *database, Arena *arena, Said *said, size_t count)
{
    if (count == 0)
        return STATUS_OK;

    int32_t counts[PARTITIONS] = {0};
    const char *last_ids[PARTITIONS] = {NULL};
    for (size_t i = 0; i < count; i++) {
        counts[said[i].partition]++;
        last_ids[said[i].partition] = said[i].id;
    }

    Params *params = params_new(arena);
    Column *partitions = params_column(params, COLUMN_INT2);
    Column *many = params_column(params, COLUMN_INT4);
    Column *ids = params_column(params, COLUMN_TEXT);
    for (int16_t partition = 0; partition < PARTITIONS; partition++)
        if (counts[partition] > 0) {
            column_int(partitions, partition);
            column_int(many, counts[partition]);
            column_text(ids, last_ids[partition]);
        }

    Rows *rows;
    TRY(database_ask(database, SERVICE_RESERVE_POSITIONS, params, &rows));

    int64_t heads[PARTITIONS] = {0};
    int partition_column = rows_column(rows, "partition");
    int position_column = rows_column(rows, "position");
    for (size_t row = 0; row < rows_count(rows); row++)
        heads[rows_int(rows, row, partition_column)] = rows_int(rows, row, position_column);

    for (size_t i = 0; i < count; i++)
        said[i].position = ++heads[said[i].partition];
    return STATUS_OK;
}

Status outbox_write(Database *database, Arena *arena, const Said *said, size_t count)
{
    if (count == 0)
        return STATUS_OK;

    Copy *copy;
    TRY(copy_open(database, arena, "outbox(partition, position, id, type, subject, time, known_day, version, data)",
                  &copy));
    for (size_t i = 0; i < count; i++) {
        copy_row(copy, 9);
        copy_int2(copy, said[i].partition);
        copy_int8(copy, said[i].position);
        copy_text(copy, said[i].id);
        copy_text(copy, said[i].type);
        copy_text(copy, said[i].subject);
        copy_time_us(copy, said[i].time_us);
        copy_day(copy, said[i].known);
        copy_int2(copy, STREET_VERSION);
        copy_bytes(copy, said[i].data);
    }
    TRY(copy_close(copy));
    return database_run(database, "notify", "NOTIFY outbox");
}
