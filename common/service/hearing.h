/*
 * Hearing: asking one neighbour for what it said.
 *
 * One Fetch is under way at a time. The neighbour may have several replicas; any of them
 * answers for all, and when one falls silent the next is asked.
 */
#pragma once

#include "bus/client.h"
#include "service/claims.h"
#include "service/inbox.h"

typedef struct HearingSettings {
    const char *source;
    const char *endpoints; /* with commas between */
    const char *server_public_key;
    const Key *key;
    const char *consumer;
    int messages_max; /* in one batch */
    int wait_ms;      /* how long the neighbour may hold its answer back */
} HearingSettings;

typedef struct Hearing Hearing;

Status hearing_open(const HearingSettings *settings, Hearing **hearing_out);
void hearing_free(Hearing *hearing);

Inbox *hearing_inbox(Hearing *hearing);
const Client *hearing_client(const Hearing *hearing);

/* Asks for what follows the offsets of the claimed partitions, when nothing is asked yet or the neighbour is silent. */
Status hearing_ask(Hearing *hearing, Arena *arena, const Claims *claims);

/* What was asked is of no use any more: claims or offsets have changed. */
void hearing_ask_again(Hearing *hearing);

/* How the neighbour's log stands to what this house knows of it. */
typedef struct HeardHead {
    int16_t partition;
    int64_t position;
    InboxState state;
} HeardHead;

typedef struct HeardBatch {
    Batch batch;
    const HeardHead *heads;
    size_t heads_count;
} HeardBatch;

/* Never waits. What is no answer to the newest question is passed over. */
Status hearing_receive(Hearing *hearing, Arena *arena, HeardBatch *heard_out, bool *received_out);
