/*
 * Standing: all that a batch names, and all that must be known of it.
 *
 * What a batch names is met here once, before any decision. It is then read from the tables in
 * one go, and the decisions change it as they are made, so that the second message of a batch
 * sees what the first decided.
 *
 * References and declaration numbers are met anew in each turn. What is known of allocations
 * stays in a Memory of their partition from turn to turn, so that the tables are asked for each
 * of them once.
 */
#pragma once

#include "base/arena.h"
#include "base/partition.h"
#include "billing/core/billing.h"

typedef struct Memory Memory;
typedef struct Standing Standing;

/* Of one partition, empty. All of it lives in the arena, which outlives the turns. */
Memory *memory_new(Arena *arena);

/* For a batch of about `lines` lines; it grows. A partition without a memory gets one for this turn. */
Standing *standing_new(Arena *arena, Memory *const memories[PARTITIONS], size_t lines);

/* The number of a conversation, four digits and eight; 0 for what concerns everyone. False when these are no codes. */
[[nodiscard]] bool conversation_number(const char *municipality, const char *provider, int64_t *number_out);

enum { MUNICIPALITY_SIZE = 5, PROVIDER_SIZE = 9 };

/* The other way round, for the number of a conversation. */
void conversation_codes(int64_t number, char municipality[MUNICIPALITY_SIZE], char provider[PROVIDER_SIZE]);

/* What has the name, new or met before. Names are borrowed for the turn. */
const Conversation *standing_conversation(Standing *standing, int16_t partition, int64_t number,
                                          const char *municipality, const char *provider);
Allocation *standing_allocation(Standing *standing, const Conversation *conversation, const char *number);
ProductMonth *standing_month(Standing *standing, Allocation *allocation, const char *category, const char *code,
                             Day first);
CareOfClient *standing_care(Standing *standing, const Conversation *conversation, const char *client);
Reference *standing_reference(Standing *standing, const Conversation *conversation, const char *text);
DeclarationNumber *standing_number(Standing *standing, const Conversation *conversation, const char *text);

/* In the order in which they were met. */
typedef struct Met {
    void **items;
    size_t count;
} Met;

/* Met in this turn, and not read from the tables yet. */
Met standing_unread_allocations(const Standing *standing);
Met standing_unread_cares(const Standing *standing);
Met standing_references(const Standing *standing);
Met standing_numbers(const Standing *standing);

/* What allocation says, as it passes. */

/* Granted or changed: what is approved on it stays. */
void standing_grant(Standing *standing, Allocation *allocation, const Allocated *granted);
void standing_start(Allocation *allocation, Day day);
void standing_stop(Allocation *allocation, Day day, StopReason reason);

/* A line approved now: it counts from here on. */
void standing_approve(const JudgedLine *judged);

/* The volume of an approved line as its allocation counts it; that it fits was checked before. */
int64_t standing_counted(const JudgedLine *judged);
