/*
 * Houses: how each house of the street is, by what its replicas say of themselves at /metrics.
 */
#pragma once

#include "monitoring/core/table.h"

extern const TableCard houses_card;

/* What one replica says of itself and of its house. */
typedef struct HouseSaid {
    bool up; /* false: it is away, and the rest is nothing */
    int64_t waiting;
    int64_t oldest_seconds;
    int64_t set_aside;
    int64_t replicas;
    int64_t partitions_stopped;
} HouseSaid;

/* Reads the text format of Prometheus; a number that is not said is 0. */
HouseSaid house_read(const char *metrics);

/* A replica by the house it belongs to. */
typedef struct HouseReplica {
    const char *house;
    HouseSaid said;
} HouseReplica;

/*
 * A row for each house, in the order in which they are first named. A house is up when one of its
 * replicas is; each has partitions of its own, and all see the same tables.
 */
void houses_tell(const HouseReplica *replicas, size_t count, Table *table);
