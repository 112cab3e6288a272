#include "allocation/core/standing.h"

#include <string.h>

Standing *standing_new(Arena *arena)
{
    Standing *standing = ARENA_NEW(arena, Standing);
    standing->arena = arena;
    return standing;
}

/* A number is unique in its municipality, whoever the provider is. */
static IndexKey number_key(Conversation conversation, const char *number)
{
    return (IndexKey){conversation.partition, {conversation.municipality, number}};
}

static IndexKey conversation_key(Conversation conversation, const char *what)
{
    return (IndexKey){conversation.partition, {conversation.municipality, conversation.provider, what}};
}

static IndexKey partition_key(Conversation conversation, const char *what)
{
    return (IndexKey){conversation.partition, {what}};
}

const PartitionStanding *standing_partition(const Standing *standing, Conversation conversation)
{
    return &standing->partitions[conversation.partition];
}

const AllocationStanding *standing_allocation(const Standing *standing, Conversation conversation, const char *number)
{
    return index_find(&standing->allocations, number_key(conversation, number));
}

const Trajectory *standing_trajectory(const Standing *standing, Conversation conversation, const char *id)
{
    return index_find(&standing->trajectories, partition_key(conversation, id));
}

const RequestJudged *standing_request(const Standing *standing, Conversation conversation, const char *reference)
{
    return index_find(&standing->requests, conversation_key(conversation, reference));
}

const ClientStanding *standing_client(const Standing *standing, Conversation conversation, const char *client)
{
    static const ClientStanding NOBODY;
    const ClientStanding *found = index_find(&standing->clients, conversation_key(conversation, client));
    return found ? found : &NOBODY;
}

int64_t standing_contract_use(const Standing *standing, Conversation conversation, const Contract *contract)
{
    const int64_t *count =
        index_find(&standing->contracts,
                   (IndexKey){conversation.partition, {conversation.municipality, contract->segment, contract->id}});
    return count ? *count : 0;
}

static ClientStanding *client_of(Standing *standing, Conversation conversation, const char *client)
{
    IndexKey key = conversation_key(conversation, client);
    ClientStanding *found = index_find(&standing->clients, key);
    if (!found) {
        found = ARENA_NEW(standing->arena, ClientStanding);
        index_put(&standing->clients, standing->arena, key, found);
    }
    return found;
}

/* Out of the list that it stands in. */
static void take_out(AllocationStanding **list, const AllocationStanding *gone)
{
    while (*list && *list != gone)
        list = &(*list)->next_of_client;
    if (*list)
        *list = gone->next_of_client;
}

/* 99 comes before 100. */
static bool number_before(const char *a, const char *b)
{
    size_t a_size = strlen(a), b_size = strlen(b);
    return a_size != b_size ? a_size < b_size : strcmp(a, b) < 0;
}

static void put_in(AllocationStanding **list, AllocationStanding *placed, const char *number)
{
    while (*list && number_before((*list)->now->number, number))
        list = &(*list)->next_of_client;
    placed->next_of_client = *list;
    *list = placed;
}

AllocationStanding *standing_put_allocation(Standing *standing, Conversation conversation, const Allocation *allocation)
{
    IndexKey key = number_key(conversation, allocation->number);
    AllocationStanding *found = index_find(&standing->allocations, key);
    if (!found) {
        found = ARENA_NEW(standing->arena, AllocationStanding);
        found->started = allocation->taken_over;
        found->started_on = allocation->period.first;
        index_put(&standing->allocations, standing->arena, key, found);
        put_in(&client_of(standing, conversation, allocation->client)->allocations, found, allocation->number);
    } else if (strcmp(found->now->client, allocation->client) != 0) {
        take_out(&client_of(standing, conversation, found->now->client)->allocations, found);
        put_in(&client_of(standing, conversation, allocation->client)->allocations, found, allocation->number);
    }
    found->now = allocation;
    return found;
}

void standing_put_trajectory(Standing *standing, Conversation conversation, const Trajectory *trajectory)
{
    index_put(&standing->trajectories, standing->arena, partition_key(conversation, trajectory->id),
              (void *)trajectory);
}

void standing_put_request(Standing *standing, Conversation conversation, const RequestJudged *request)
{
    index_put(&standing->requests, standing->arena, conversation_key(conversation, request->reference),
              (void *)request);
    /* A conversion is the municipality's own: while it waits, the provider may ask for care all the same. */
    if (request->fact->kind == FACT_CONVERSION)
        return;
    ClientStanding *client = client_of(standing, conversation, request->client);
    if (request->state == REQUEST_PENDING)
        client->pending = request;
    else if (client->pending && strcmp(client->pending->reference, request->reference) == 0)
        client->pending = NULL;
}

void standing_put_moved(Standing *standing, Conversation conversation, const char *client, Day from)
{
    ClientStanding *found = client_of(standing, conversation, client);
    found->moved_from = found->moved ? day_earliest(found->moved_from, from) : from;
    found->moved = true;
}

void standing_put_contract_use(Standing *standing, Conversation conversation, const char *segment, const char *contract,
                               int64_t count)
{
    IndexKey key = {conversation.partition, {conversation.municipality, segment, contract}};
    int64_t *found = index_find(&standing->contracts, key);
    if (!found) {
        found = ARENA_NEW(standing->arena, int64_t);
        index_put(&standing->contracts, standing->arena, key, found);
    }
    *found += count;
}

void standing_put_delivery(Standing *standing, Conversation conversation, const char *number, bool started,
                           Day started_on)
{
    AllocationStanding *found = index_find(&standing->allocations, number_key(conversation, number));
    if (!found)
        return;
    found->started = started;
    found->started_on = started_on;
}

void standing_put_doubt(Standing *standing, Conversation conversation, const char *number, Cohort would_be)
{
    AllocationStanding *found = index_find(&standing->allocations, number_key(conversation, number));
    if (found)
        found->doubted = would_be;
}

static void take_notice(Standing *standing, Conversation conversation, FactKind kind, const Notice *notice)
{
    AllocationStanding *allocation = index_find(&standing->allocations, number_key(conversation, notice->allocation));
    if (kind == FACT_START)
        allocation->started_on = notice->day;
    if (kind != FACT_OUTCOME)
        allocation->started = kind == FACT_START;
}

void standing_take(Standing *standing, Conversation conversation, const AllocationDecision *decision)
{
    PartitionStanding *partition = &standing->partitions[conversation.partition];

    if (decision->trajectory_begins) {
        standing_put_trajectory(standing, conversation, decision->trajectory);
        partition->trajectory_count++;
    }
    for (size_t i = 0; i < decision->ended.count; i++)
        standing_put_allocation(standing, conversation, &decision->ended.list[i]);
    for (size_t i = 0; i < decision->begun.count; i++) {
        const Allocation *begun = &decision->begun.list[i];
        standing_put_allocation(standing, conversation, begun);
        if (!begun->taken_over)
            partition->allocation_count++;
        if (decision->counts_as_new)
            standing_put_contract_use(standing, conversation, begun->segment, begun->contract, 1);
    }
    if (decision->request)
        standing_put_request(standing, conversation, decision->request);
    if (decision->joined_client)
        client_of(standing, conversation, decision->joined_client)->moved = false;
    if (decision->moved_client)
        standing_put_moved(standing, conversation, decision->moved_client, decision->moved_from);
    if (decision->notice)
        take_notice(standing, conversation, decision->notice_kind, decision->notice);
    for (size_t i = 0; i < decision->doubt_count; i++)
        standing_put_doubt(standing, conversation, decision->doubts[i].allocation->number,
                           decision->doubts[i].would_be);
}
