#include "allocation/core/convert.h"

#include "allocation/core/change.h"
#include "allocation/core/grant.h"

#include <string.h>

/* What a conversion ends: the versions as they will be, and the days that new numbers take over from them. */
typedef struct Ending {
    const Allocation *named;
    Allocation *list;
    size_t count;
    Day last;
} Ending;

/*
 * The whole trajectory moves at once. A PIC takes the place of all care of the client in its
 * segment that goes by product alone, whatever number was named.
 */
static bool moves_along(const Allocation *other, const Allocation *named, const Standing *standing,
                        const CareFact *fact)
{
    if (other->removed || other->funding != named->funding || day_compare(other->period.last, fact->conversion.day) < 0)
        return false;
    if (strcmp(other->trajectory, named->trajectory) == 0)
        return true;
    return named->funding == FUNDING_PXQ && strcmp(other->segment, named->segment) == 0 &&
           standing_trajectory(standing, fact->conversation, other->trajectory)->content == CONTENT_NONE;
}

static Ending ending_of(Arena *arena, const CareFact *fact, const Allocation *named, const Standing *standing)
{
    const AllocationStanding *first = standing_client(standing, fact->conversation, named->client)->allocations;
    size_t room = 0;
    for (const AllocationStanding *other = first; other; other = other->next_of_client)
        room++;

    Ending ending = {.named = named, .list = ARENA_MANY(arena, Allocation, room), .last = named->period.last};
    for (const AllocationStanding *other = first; other; other = other->next_of_client) {
        if (!moves_along(other->now, named, standing, fact))
            continue;
        ending.list[ending.count++] = change_ended_before(other->now, standing, fact->conversation, fact->known,
                                                          CHANGE_NEW_FUNDING, fact->conversion.day);
        ending.last = day_latest(ending.last, other->now->period.last);
    }
    return ending;
}

static CareAsked asked_from(const CareFact *fact, const Ending *ending, const Trajectory *trajectory)
{
    const Conversion *conversion = &fact->conversion;
    CareAsked asked = {
        .conversation = fact->conversation,
        .known = fact->known,
        .client = conversion->client,
        .in_care_since = conversion->day,
        .moved = true,
        .segment = ending->named->segment,
        .pic = pic_empty(conversion->pic) ? trajectory->pic : conversion->pic,
        .results = conversion->results.count ? conversion->results : trajectory->results,
        .period = {conversion->day, ending->last},
        .products = conversion->products,
        .referrer = ending->named->referrer,
    };
    asked.client.reference = ending->named->client;
    return asked;
}

static bool same_help(const Trajectory *trajectory, const Plan *plan, const CareAsked *asked)
{
    return trajectory->content == plan->content &&
           (plan->content == CONTENT_NONE || (strcmp(trajectory->pic.profile, asked->pic.profile) == 0 &&
                                              strcmp(trajectory->pic.intensity, asked->pic.intensity) == 0));
}

static AllocationReason may_convert(const CareFact *fact, const AllocationStanding *found)
{
    const Conversion *conversion = &fact->conversion;
    if (!found || strcmp(found->now->provider, fact->conversation.provider) != 0 || found->now->removed)
        return ALLOCATION_NOT_RUNNING;
    if (!text_empty(conversion->client.reference) && strcmp(conversion->client.reference, found->now->client) != 0)
        return ALLOCATION_CLIENT_DIFFERS;
    if (day_compare(conversion->day, found->now->period.first) <= 0 ||
        day_compare(conversion->day, found->now->period.last) > 0)
        return ALLOCATION_DAY_NOT_INSIDE;
    if (day_compare(conversion->day, fact->known) <= 0 && text_empty(conversion->consent))
        return ALLOCATION_CONSENT_MISSING;
    return ALLOCATION_FITS;
}

AllocationDecision convert_allocation(Arena *arena, const CareFact *fact, const Standing *standing)
{
    const AllocationStanding *found = standing_allocation(standing, fact->conversation, fact->conversion.allocation);
    AllocationReason reason = may_convert(fact, found);
    if (reason)
        return refused(reason);

    const Trajectory *trajectory = standing_trajectory(standing, fact->conversation, found->now->trajectory);
    Ending ending = ending_of(arena, fact, found->now, standing);
    CareAsked asked = asked_from(fact, &ending, trajectory);
    Plan plan = plan_care(arena, &asked, standing);
    if (plan.funding == found->now->funding)
        return refused(ALLOCATION_ALREADY_FUNDED_SO);
    if (plan.reason)
        return refused(plan.reason);

    AllocationDecision decision = {
        .judgement = JUDGEMENT_CONVERTED,
        .reason = ALLOCATION_CONVERTED,
        .reference = "",
        .ended = {ending.list, ending.count},
        .moved_client = found->now->client,
        .moved_from = fact->conversion.day,
    };
    grant_begin(arena, &asked, &plan, same_help(trajectory, &plan, &asked) ? trajectory : NULL, standing, &decision);
    return decision;
}
