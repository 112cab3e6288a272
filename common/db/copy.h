/*
 * Copy: rows into a table by binary COPY, the cheapest way in.
 *
 *     Copy *copy;
 *     TRY(copy_open(database, arena, "line(partition, reference, amount_cents)", &copy));
 *     copy_row(copy, 3);
 *     copy_int2(copy, partition); copy_text(copy, reference); copy_int8(copy, cents);
 *     TRY(copy_close(copy));
 *
 * Nothing is sent before 64 kB are gathered. A writer never fails: the fault comes out of copy_close.
 */
#pragma once

#include "db/database.h"

typedef struct Copy Copy;

Status copy_open(Database *database, Arena *arena, const char *table_and_columns, Copy **copy_out);
Status copy_close(Copy *copy);

void copy_row(Copy *copy, int16_t columns);
void copy_null(Copy *copy);
void copy_bool(Copy *copy, bool value);
void copy_int2(Copy *copy, int16_t value);
void copy_int4(Copy *copy, int32_t value);
void copy_int8(Copy *copy, int64_t value);
void copy_text(Copy *copy, const char *text); /* NULL is null */
void copy_bytes(Copy *copy, Bytes bytes);
void copy_texts(Copy *copy, const char *const *texts, size_t count); /* text[] without a null */
void copy_day(Copy *copy, Day day);
void copy_time_us(Copy *copy, int64_t time_us);
