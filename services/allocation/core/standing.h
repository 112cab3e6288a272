/*
 * Standing: all that must be known to judge a batch, read once.
 *
 * The shell puts in what the tables say; each decision is taken in before the next fact is
 * judged, so that the second message of a batch sees what the first decided.
 */
#pragma once

#include "allocation/core/allocation.h"
#include "allocation/core/decision.h"
#include "allocation/core/index.h"
#include "base/partition.h"
#include "book/books.h"

typedef struct AllocationStanding {
    const Allocation *now; /* the newest version */
    bool started;          /* care runs: started, and not stopped since */
    Day started_on;
    Cohort doubted; /* listed already: the cohort that it would have; 0 when it is not doubted */
    struct AllocationStanding *next_of_client;
} AllocationStanding;

/* One client in one conversation. */
typedef struct ClientStanding {
    AllocationStanding *allocations; /* in the order of their numbers, however they came to be known */
    bool moved;                      /* by a conversion: counts as new from moved_from on */
    Day moved_from;
    const RequestJudged *pending; /* waits for a person */
} ClientStanding;

typedef struct PartitionStanding {
    const Books *books;       /* that this partition has heard */
    int64_t allocation_count; /* numbers given out */
    int64_t trajectory_count;
} PartitionStanding;

typedef struct Standing {
    Arena *arena;
    PartitionStanding partitions[PARTITIONS];
    Index allocations;
    Index clients;
    Index trajectories;
    Index requests;
    Index contracts;
} Standing;

Standing *standing_new(Arena *arena);

/* reading */

const PartitionStanding *standing_partition(const Standing *standing, Conversation conversation);
const AllocationStanding *standing_allocation(const Standing *standing, Conversation conversation, const char *number);
const Trajectory *standing_trajectory(const Standing *standing, Conversation conversation, const char *id);
const RequestJudged *standing_request(const Standing *standing, Conversation conversation, const char *reference);

/* Nobody's standing is an empty one. */
const ClientStanding *standing_client(const Standing *standing, Conversation conversation, const char *client);

/* New allocations granted under a contract. */
int64_t standing_contract_use(const Standing *standing, Conversation conversation, const Contract *contract);

/* filling */

AllocationStanding *standing_put_allocation(Standing *standing, Conversation conversation,
                                            const Allocation *allocation);
void standing_put_trajectory(Standing *standing, Conversation conversation, const Trajectory *trajectory);
void standing_put_request(Standing *standing, Conversation conversation, const RequestJudged *request);
void standing_put_moved(Standing *standing, Conversation conversation, const char *client, Day from);
void standing_put_contract_use(Standing *standing, Conversation conversation, const char *segment, const char *contract,
                               int64_t count);

/* Of an allocation that was put before: whether its care runs, and the cohort that it is listed with. */
void standing_put_delivery(Standing *standing, Conversation conversation, const char *number, bool started,
                           Day started_on);
void standing_put_doubt(Standing *standing, Conversation conversation, const char *number, Cohort would_be);

/* What was decided is the standing of the next fact. */
void standing_take(Standing *standing, Conversation conversation, const AllocationDecision *decision);
