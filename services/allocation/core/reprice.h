/*
 * Reprice: what a PIC was granted in euros, when a book changes what it is worth.
 *
 * The amount of an allocation follows from tariff and terms as known when it was granted. A book
 * that changes them for its days, also for days gone by, gives it another total under the same
 * number. Only what this book changes is touched.
 *
 * The past belongs to the provider, and here nothing is taken from it: a new total may lie below
 * what is approved already. Nothing refuses that: approved lines stand until billing corrects
 * them, and only later lines find that no more is left.
 */
#pragma once

#include "allocation/core/standing.h"

/* Of these versions, the next one of each that the newest book of the partition gives another amount. */
AllocationDecision reprice_allocations(Arena *arena, Allocations now, Conversation conversation, Day known,
                                       const Standing *standing);
