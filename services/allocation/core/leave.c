#include "allocation/core/leave.h"

#include "allocation/core/change.h"

#include <string.h>

static size_t count_of(const AllocationStanding *first)
{
    size_t count = 0;
    for (const AllocationStanding *other = first; other; other = other->next_of_client)
        count++;
    return count;
}

static AllocationDecision changed(AllocationReason reason, Allocation *list, size_t count)
{
    return (AllocationDecision){
        .judgement = JUDGEMENT_CHANGED, .reason = reason, .reference = "", .ended = {list, count}};
}

/* an end */

/* What is said late counts as said on its own day: nothing has become the past in between. */
static Day said_on(const CareFact *fact)
{
    return fact->ending.said.number ? day_earliest(fact->ending.said, fact->known) : fact->known;
}

static bool may_end_for(ChangeReason reason)
{
    return reason == CHANGE_DEATH || reason == CHANGE_CONTRACT || reason == CHANGE_SHORTENED ||
           reason == CHANGE_OTHER_LAW || reason == CHANGE_MOVED || reason == CHANGE_DELIVERY ||
           reason == CHANGE_OTHER_PROVIDER || reason == CHANGE_ADMINISTRATIVE;
}

static bool ends_with(const Allocation *other, const Allocation *named, const EndSaid *ending)
{
    bool along = ending->whole_trajectory && strcmp(other->trajectory, named->trajectory) == 0;
    return !other->removed && (along || strcmp(other->number, named->number) == 0) &&
           day_compare(other->period.last, ending->last_day) > 0;
}

static AllocationReason may_end(const CareFact *fact, const AllocationStanding *found)
{
    const EndSaid *ending = &fact->ending;
    if (!may_end_for(ending->reason))
        return ALLOCATION_END_REASON_WRONG;
    if (!found || strcmp(found->now->provider, fact->conversation.provider) != 0 || found->now->removed)
        return ALLOCATION_NOT_RUNNING;
    if (ending->client[0] && strcmp(ending->client, found->now->client) != 0)
        return ALLOCATION_CLIENT_DIFFERS;
    if (day_compare(ending->last_day, said_on(fact)) < 0 && !ending->consent[0])
        return ALLOCATION_CONSENT_MISSING;
    return ALLOCATION_FITS;
}

static bool would_be_taken_away(const Allocation *allocation, const CareFact *fact)
{
    return day_compare(fact->ending.last_day, allocation->period.first) < 0 &&
           day_compare(allocation->period.first, said_on(fact)) <= 0;
}

AllocationDecision leave_end(Arena *arena, const CareFact *fact, const Standing *standing)
{
    const EndSaid *ending = &fact->ending;
    const AllocationStanding *found = standing_allocation(standing, fact->conversation, ending->allocation);
    AllocationReason reason = may_end(fact, found);
    if (reason)
        return refused(reason);

    const AllocationStanding *first = standing_client(standing, fact->conversation, found->now->client)->allocations;
    Allocation *ended = ARENA_MANY(arena, Allocation, count_of(first));
    size_t count = 0;
    for (const AllocationStanding *other = first; other; other = other->next_of_client) {
        if (!ends_with(other->now, found->now, ending))
            continue;
        if (would_be_taken_away(other->now, fact))
            return refused(ALLOCATION_CARE_HAS_BEGUN);
        ended[count++] = change_ended_before(other->now, standing, fact->conversation, fact->known, ending->reason,
                                             day_plus(ending->last_day, 1));
    }
    return count ? changed(ALLOCATION_ENDED_AS_SAID, ended, count) : refused(ALLOCATION_NOTHING_CHANGES);
}

/* a death */

AllocationDecision leave_die(Arena *arena, const CareFact *fact, const Standing *standing)
{
    const Death *death = &fact->death;
    const AllocationStanding *first = standing_client(standing, fact->conversation, death->client)->allocations;
    Allocation *ended = ARENA_MANY(arena, Allocation, count_of(first));
    size_t count = 0;
    for (const AllocationStanding *other = first; other; other = other->next_of_client)
        if (!other->now->removed && day_compare(other->now->period.last, death->day) > 0)
            ended[count++] = change_ended_before(other->now, standing, fact->conversation, fact->known, CHANGE_DEATH,
                                                 day_plus(death->day, 1));
    return changed(ALLOCATION_CLIENT_DIED, ended, count);
}

/* one person under two references */

AllocationDecision leave_join(Arena *arena, const CareFact *fact, const Standing *standing)
{
    const Joining *joining = &fact->joining;
    const ClientStanding *from = standing_client(standing, fact->conversation, joining->from);
    Allocation *joined = ARENA_MANY(arena, Allocation, count_of(from->allocations));
    size_t count = 0;
    for (const AllocationStanding *other = from->allocations; other; other = other->next_of_client) {
        ChangeReason reason = other->now->removed ? CHANGE_REMOVED : CHANGE_ADMINISTRATIVE;
        joined[count] = change_version(other->now, standing, fact->conversation, fact->known, reason);
        joined[count++].client = joining->into;
    }
    AllocationDecision decision = changed(ALLOCATION_CLIENT_JOINED, joined, count);
    decision.joined_client = joining->from;
    if (from->moved) {
        decision.moved_client = joining->into;
        decision.moved_from = from->moved_from;
    }
    return decision;
}
