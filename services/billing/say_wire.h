/*
 * Say wire: nouns as the structs that protobuf-c packs. All live in the arena.
 */
#pragma once

#include "billing/core/billing.h"
#include "proto/billing.pb-c.h"
#include "service/turn.h"

/* The structs of the wire have no const; what they point to is only read. */
char *wire_text(const char *text);
Care__Money *wire_money(Arena *arena, Money amount);
Care__Period *wire_period(Arena *arena, Period days);
Care__Pic *wire_pic(Arena *arena, Pic of); /* NULL when there is none */
void wire_postings(Arena *arena, const Postings *postings, Billing__Judged *judged);

/* What billing adds behind what it heard, which goes on without being packed anew. */
Bytes wire_packed(Arena *arena, const Billing__Judged *added, Bytes heard);
