/*
 * Outbox: the log of what a house says, appended in the transaction of what it keeps.
 */
#pragma once

#include "base/partition.h"
#include "db/database.h"

enum { STREET_VERSION = 1 };

typedef struct Said {
    int16_t partition;
    int64_t position; /* set by outbox_reserve */
    const char *id;
    const char *type;
    const char *subject;
    int64_t time_us;
    Day known;
    Bytes data;
} Said;

/*
 * Takes the heads of these partitions until the transaction ends, before it is known what will
 * be said there: what is read afterwards can't be older than what stands in the log.
 */
Status outbox_hold(Database *database, Arena *arena, const bool wanted[PARTITIONS]);

/*
 * Takes the heads of the partitions of `said` until the transaction ends, and gives every
 * message its position, in their order.
 */
Status outbox_reserve(Database *database, Arena *arena, Said *said, size_t count);

/* Writes what was reserved, and wakes the consumers at the commit. */
Status outbox_write(Database *database, Arena *arena, const Said *said, size_t count);
