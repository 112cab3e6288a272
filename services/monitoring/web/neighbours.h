/*
 * Neighbours: how the other houses are, asked when somebody wants to know.
 *
 * PICQ_HOUSES names each replica and where it answers over HTTP, with commas between:
 *
 *     intake=http://127.0.0.1:8080,billing=http://10.0.0.7:8080,billing=/run/picq/billing-1
 *
 * Each has a thread of its own that asks it, so that one that is away or silent holds neither the
 * others nor the page: it is away. What they say is kept for a second.
 */
#pragma once

#include "base/status.h"
#include "monitoring/core/houses.h"
#include "process/settings.h"

typedef struct Neighbours Neighbours;

/* Reads the setting, and begins. STATUS_STOP when it names no house or no place. */
Status neighbours_open(Settings *settings, Neighbours **neighbours_out);
void neighbours_free(Neighbours *neighbours);

/* All of them in the order in which they are named; in the arena, within two tenths of a second. NULL has none. */
const HouseReplica *neighbours_ask(Neighbours *neighbours, Arena *arena, size_t *count_out);
