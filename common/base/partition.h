/*
 * Partition: where a conversation lives.
 *
 * A conversation is one municipality with one provider. Its partition is a hash of both
 * codes, and never changes once a region has been created.
 */
#pragma once

#include <stdint.h>

enum { PARTITIONS = 64 };

/* municipality: four-digit CBS code; provider: eight-digit AGB code. 0 to PARTITIONS - 1. */
int16_t partition_of(const char *municipality, const char *provider);
