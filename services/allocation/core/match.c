#include "allocation/core/match.h"

#include <string.h>

/* An allocation may leave a part of its product open, which then fits anything. */
static bool differs(const char *allocated, const char *declared)
{
    return allocated[0] && strcmp(allocated, declared) != 0;
}

/* Hours may be declared in minutes. */
static bool unit_differs(Unit allocated, Unit declared)
{
    return allocated && declared != allocated && !(allocated == UNIT_HOUR && declared == UNIT_MINUTE);
}

static AllocationReason remark_on_period(Period period, Period allocated, Period declared_month)
{
    if (day_compare(period.first, allocated.first) < 0 || day_compare(period.first, allocated.last) > 0)
        return ALLOCATION_LINE_BEGINS_OUTSIDE;
    if (day_compare(period.last, allocated.last) > 0)
        return ALLOCATION_LINE_ENDS_OUTSIDE;

    /* The days of one calendar month that are allocated, all of them. */
    Period full = period_meet(period_month(period.first), allocated);
    if (day_compare(period.first, full.first) != 0)
        return ALLOCATION_LINE_BEGINS_MIDMONTH;
    if (day_compare(period.last, full.last) != 0)
        return ALLOCATION_LINE_ENDS_MIDMONTH;

    if (day_compare(period.last, declared_month.last) > 0)
        return ALLOCATION_LINE_AFTER_DECLARED_MONTH;
    return ALLOCATION_FITS;
}

static AllocationReason remark(const DeclaredLine *line, const Allocation *allocation, Period declared_month)
{
    if (strcmp(line->client, allocation->client) != 0)
        return ALLOCATION_CLIENT_DIFFERS;
    if (line->credit) /* judged against its debet only, whatever became of the allocation since */
        return ALLOCATION_FITS;
    if (allocation->removed)
        return ALLOCATION_LINE_ON_REMOVED;
    if (differs(allocation->product.category, line->category))
        return ALLOCATION_LINE_CATEGORY_DIFFERS;
    if (differs(allocation->product.code, line->code))
        return ALLOCATION_LINE_PRODUCT_DIFFERS;
    if (unit_differs(allocation->product.unit, line->unit))
        return ALLOCATION_LINE_UNIT_DIFFERS;
    return remark_on_period(line->period, allocation->period, declared_month);
}

LineMatch match_line(const DeclaredLine *line, Period declared_month, Conversation conversation,
                     const Standing *standing)
{
    const AllocationStanding *found = standing_allocation(standing, conversation, line->allocation);
    if (!found || strcmp(found->now->provider, conversation.provider) != 0)
        return (LineMatch){.reason = ALLOCATION_LINE_WITHOUT_ALLOCATION};
    return (LineMatch){remark(line, found->now, declared_month), found->now};
}

AllocationDecision match_declaration(Arena *arena, const CareFact *fact, const Standing *standing)
{
    const Declaration *declaration = &fact->declaration;
    LineMatch *lines = ARENA_MANY(arena, LineMatch, declaration->line_count);
    for (size_t i = 0; i < declaration->line_count; i++)
        lines[i] = match_line(&declaration->lines[i], declaration->month, fact->conversation, standing);
    return (AllocationDecision){
        .judgement = JUDGEMENT_MATCHED,
        .reference = "",
        .lines = lines,
        .line_count = declaration->line_count,
    };
}
