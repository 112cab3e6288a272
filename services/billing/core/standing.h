/*
 * Standing: all that a batch names, and all that must be known of it.
 *
 * What a batch names is met here once, before any decision: conversations, allocations,
 * references, declaration numbers, product months. It is then read from the tables in one go,
 * and the decisions change it as they are made, so that the second message of a batch sees
 * what the first decided.
 */
#pragma once

#include "base/arena.h"
#include "billing/core/billing.h"

typedef struct Standing Standing;

/* For a batch of about `lines` lines; it grows. */
Standing *standing_new(Arena *arena, size_t lines);

/* What has the name, new or met before. Names are borrowed, and outlive the standing. */
const Conversation *standing_conversation(Standing *standing, int16_t partition, const char *municipality,
                                          const char *provider);
Allocation *standing_allocation(Standing *standing, const Conversation *conversation, const char *number);
Reference *standing_reference(Standing *standing, const Conversation *conversation, const char *text);
DeclarationNumber *standing_number(Standing *standing, const Conversation *conversation, const char *text);
CareOfClient *standing_care(Standing *standing, const Conversation *conversation, const char *client);
ProductMonth *standing_month(Standing *standing, Allocation *allocation, const char *category, const char *code,
                             Day first);

/* In the order in which they were met. */
typedef struct Met {
    void **items;
    size_t count;
} Met;

Met standing_allocations(const Standing *standing);
Met standing_references(const Standing *standing);
Met standing_numbers(const Standing *standing);
Met standing_cares(const Standing *standing);
Met standing_months(const Standing *standing);

/* What allocation says, as it passes. */

/* Granted or changed: what is approved on it stays. */
void standing_grant(Standing *standing, Allocation *allocation, const Allocated *granted);
void standing_start(Allocation *allocation, Day day);
void standing_stop(Allocation *allocation, Day day, StopReason reason);

/* A judged line, decided now or read from the tables: it counts from here on. */
void standing_approve(const JudgedLine *judged);

/* The volume of an approved line as its allocation counts it; that it fits was checked before. */
int64_t standing_counted(const JudgedLine *judged);
