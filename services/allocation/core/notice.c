#include "allocation/core/notice.h"

#include <string.h>

static AllocationReason remark(const CareFact *fact, const AllocationStanding *found)
{
    const Notice *notice = &fact->notice;
    if (!found || strcmp(found->now->provider, fact->conversation.provider) != 0 || found->now->removed)
        return ALLOCATION_NO_SUCH_ALLOCATION;
    if (strcmp(found->now->client, notice->client) != 0)
        return ALLOCATION_CLIENT_DIFFERS;

    if (fact->kind == FACT_OUTCOME) /* a result shows after the care as well */
        return day_compare(notice->day, found->now->period.first) < 0 ? ALLOCATION_DAY_OUTSIDE_ALLOCATION
                                                                      : ALLOCATION_FITS;
    if (fact->kind == FACT_START && found->started)
        return ALLOCATION_ALREADY_STARTED;
    if (fact->kind == FACT_STOP && !found->started)
        return ALLOCATION_NOT_STARTED;
    if (fact->kind == FACT_STOP && day_compare(notice->day, found->started_on) < 0)
        return ALLOCATION_STOPPED_BEFORE_START;
    if (!period_has(found->now->period, notice->day))
        return ALLOCATION_DAY_OUTSIDE_ALLOCATION;
    return ALLOCATION_FITS;
}

AllocationDecision notice_note(Arena *arena, const CareFact *fact, const Standing *standing)
{
    const AllocationStanding *found = standing_allocation(standing, fact->conversation, fact->notice.allocation);
    AllocationDecision decision = {
        .judgement = JUDGEMENT_NOTED,
        .reason = remark(fact, found),
        .reference = "",
    };
    if (decision.reason)
        return decision;

    decision.noted = found->now;
    decision.notice = arena_copy(arena, &fact->notice, sizeof fact->notice);
    decision.notice_kind = fact->kind;
    return decision;
}
