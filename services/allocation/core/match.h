/*
 * Match: each declared line held against the allocation that it names.
 *
 * Number, client, product, unit and period are judged here; volume, tariff, amount and
 * whether it was declared before are billing's.
 */
#pragma once

#include "allocation/core/standing.h"

LineMatch match_line(const DeclaredLine *line, Period declared_month, Conversation conversation,
                     const Standing *standing);

AllocationDecision match_declaration(Arena *arena, const CareFact *fact, const Standing *standing);
