#include "allocation/core/convert.h"

#include "allocation/core/change.h"
#include "allocation/core/grant.h"
#include "allocation/core/transition.h"

#include <string.h>

/* What a conversion ends: the versions as they will be, and the days that new numbers take over from them. */
typedef struct Ending {
    const Allocation *named;
    Allocation *list;
    size_t count;
    Day last;
    bool begun; /* one of them that would be removed has begun */
} Ending;

/*
 * The whole trajectory moves at once. A PIC takes the place of all care of the client in its
 * segment that goes by product alone, whatever number was named.
 */
static bool may_move_along(const Allocation *other, const Allocation *named, Day day, const Standing *standing,
                           const CareFact *fact)
{
    if (other->removed || other->funding != named->funding || day_compare(other->period.last, day) < 0)
        return false;
    if (strcmp(other->trajectory, named->trajectory) == 0)
        return true;
    return named->funding == FUNDING_PXQ && strcmp(other->segment, named->segment) == 0 &&
           standing_trajectory(standing, fact->conversation, other->trajectory)->content == CONTENT_NONE;
}

/*
 * The last day up to which care goes on from the day without a break in how it is paid. What
 * comes after days that are paid in the other way already, by an earlier conversion, stays.
 */
static Day last_without_break(const AllocationStanding *first, const Allocation *named, Day day,
                              const Standing *standing, const CareFact *fact)
{
    Day last = named->period.last;
    for (bool further = true; further;) {
        further = false;
        for (const AllocationStanding *other = first; other; other = other->next_of_client) {
            if (day_compare(other->now->period.last, last) <= 0 ||
                day_compare(other->now->period.first, day_plus(last, 1)) > 0 ||
                !may_move_along(other->now, named, day, standing, fact))
                continue;
            last = other->now->period.last;
            further = true;
        }
    }
    return last;
}

static Ending ending_of(Arena *arena, const CareFact *fact, const Allocation *named, Day day, const Standing *standing)
{
    const AllocationStanding *first = standing_client(standing, fact->conversation, named->client)->allocations;
    size_t room = 0;
    for (const AllocationStanding *other = first; other; other = other->next_of_client)
        room++;

    Ending ending = {
        .named = named,
        .list = ARENA_MANY(arena, Allocation, room),
        .last = last_without_break(first, named, day, standing, fact),
    };
    for (const AllocationStanding *other = first; other; other = other->next_of_client) {
        if (day_compare(other->now->period.first, ending.last) > 0 ||
            !may_move_along(other->now, named, day, standing, fact))
            continue;
        Allocation ended =
            change_ended_before(other->now, standing, fact->conversation, fact->known, CHANGE_NEW_FUNDING, day);
        ending.begun = ending.begun || (ended.removed && day_compare(other->now->period.first, fact->known) <= 0);
        ending.list[ending.count++] = ended;
    }
    return ending;
}

/* Care that was paid by product goes on with its products where nobody names others. */
static AllocatedProducts products_of(Arena *arena, const Ending *ending)
{
    AllocatedProduct *list = ARENA_MANY(arena, AllocatedProduct, ending->count);
    size_t count = 0;
    for (size_t i = 0; i < ending->count && ending->named->funding == FUNDING_PXQ; i++) {
        const AllocatedProduct *product = &ending->list[i].product;
        size_t same = 0;
        while (same < count && strcmp(list[same].code, product->code) != 0)
            same++;
        if (same == count)
            list[count++] = *product;
        if (product->frequency == FREQUENCY_IN_TOTAL)
            list[same].volume = 0; /* said of the days that are past, too */
    }
    return (AllocatedProducts){list, count};
}

static CareAsked asked_from(Arena *arena, const CareFact *fact, const RequestWord *word, const Ending *ending,
                            const Trajectory *trajectory, Day day)
{
    const Conversion *conversion = &fact->conversion;
    CareAsked asked = {
        .conversation = fact->conversation,
        .known = fact->known,
        .client = conversion->client,
        .in_care_since = day,
        .segment = ending->named->segment,
        .pic = pic_empty(conversion->pic) ? trajectory->pic : conversion->pic,
        .results = conversion->results.count ? conversion->results : trajectory->results,
        .period = {day, ending->last},
        .products = conversion->products.count ? conversion->products : products_of(arena, ending),
        .referrer = ending->named->referrer,
    };
    if (word && !pic_empty(word->pic))
        asked.pic = word->pic;
    if (word && word->results.count)
        asked.results = word->results;
    if (word && word->products.count)
        asked.products = word->products;
    asked.client.reference = ending->named->client;
    return asked;
}

static bool same_pic(Pic a, Pic b)
{
    return strcmp(a.profile, b.profile) == 0 && strcmp(a.intensity, b.intensity) == 0;
}

static bool same_help(const Trajectory *trajectory, const Plan *plan, const CareAsked *asked)
{
    return trajectory->content == plan->content &&
           (plan->content == CONTENT_NONE || same_pic(trajectory->pic, asked->pic));
}

/* Paid as a PIC and going on under another is a change too: a PIC is never edited. */
static bool pays_alike(const Allocation *now, const Plan *plan, const CareAsked *asked)
{
    return plan->funding == now->funding && (now->funding != FUNDING_PIC || same_pic(now->pic, asked->pic));
}

static bool has_begun(const CareFact *fact, const Allocation *named)
{
    return day_compare(named->period.first, fact->known) <= 0;
}

/* What has not begun on the day is converted as a whole. */
static Day day_of_conversion(const CareFact *fact, const Allocation *named)
{
    Day day = fact->conversion.day;
    return has_begun(fact, named) ? day : day_latest(day, named->period.first);
}

static AllocationReason may_convert(const CareFact *fact, const AllocationStanding *found)
{
    const Conversion *conversion = &fact->conversion;
    if (!found || strcmp(found->now->provider, fact->conversation.provider) != 0 || found->now->removed)
        return ALLOCATION_NOT_RUNNING;
    if (!text_empty(conversion->client.reference) && strcmp(conversion->client.reference, found->now->client) != 0)
        return ALLOCATION_CLIENT_DIFFERS;

    Day day = day_of_conversion(fact, found->now);
    if (day_compare(day, found->now->period.last) > 0 ||
        (has_begun(fact, found->now) && day_compare(day, found->now->period.first) <= 0))
        return ALLOCATION_DAY_NOT_INSIDE;
    if (day_compare(day, fact->known) <= 0 && text_empty(conversion->consent))
        return ALLOCATION_CONSENT_MISSING;
    return ALLOCATION_FITS;
}

/* What a person can fill in. */
static bool lacks(AllocationReason reason)
{
    return reason == ALLOCATION_PIC_MISSING || reason == ALLOCATION_RESULTS_MISSING ||
           reason == ALLOCATION_PRODUCTS_MISSING || reason == ALLOCATION_VOLUME_MISSING;
}

const char *convert_reference(Arena *arena, const Conversion *conversion)
{
    char day[DAY_TEXT_SIZE];
    return arena_format(arena, "omzetting~%s~%s", conversion->allocation, day_write(conversion->day, day));
}

static AllocationDecision decide(Arena *arena, const CareFact *fact, const RequestWord *word, const Standing *standing)
{
    const AllocationStanding *found = standing_allocation(standing, fact->conversation, fact->conversion.allocation);
    AllocationReason reason = may_convert(fact, found);
    if (reason)
        return refused(reason);

    const Allocation *named = found->now;
    const Trajectory *trajectory = standing_trajectory(standing, fact->conversation, named->trajectory);
    Day day = day_of_conversion(fact, named);
    Ending ending = ending_of(arena, fact, named, day, standing);
    if (ending.begun)
        return refused(ALLOCATION_CARE_HAS_BEGUN);

    const FundingRule *demanded = transition_demanded(named, day, fact->known, standing, fact->conversation);
    CareAsked asked = asked_from(arena, fact, word, &ending, trajectory, day);
    asked.cohort = demanded ? transition_cohort(named, day, fact->known, standing, fact->conversation) : COHORT_NEW;
    const FundingRule *rule = books_funding(standing_partition(standing, fact->conversation)->books,
                                            named->municipality, named->segment, asked.cohort, day, fact->known);
    Plan plan = plan_care(arena, &asked, standing);
    bool gets_pic = rule && rule->content == CONTENT_PIC && trajectory->content != CONTENT_PIC;
    if (pays_alike(named, &plan, &asked) && !gets_pic)
        return refused(ALLOCATION_ALREADY_FUNDED_SO);
    if (plan.reason)
        return (AllocationDecision){
            .judgement = lacks(plan.reason) ? JUDGEMENT_REFERRED : JUDGEMENT_REFUSED,
            .reason = plan.reason,
            .reference = "",
        };

    AllocationDecision decision = {
        .judgement = JUDGEMENT_CONVERTED,
        .reason = ALLOCATION_CONVERTED,
        .reference = "",
        .ended = {ending.list, ending.count},
        .moved_client = demanded ? NULL : named->client,
        .moved_from = day,
    };
    grant_begin(arena, &asked, &plan, same_help(trajectory, &plan, &asked) ? trajectory : NULL, standing, &decision);
    return decision;
}

AllocationDecision convert_allocation(Arena *arena, const CareFact *fact, const RequestWord *word,
                                      const Standing *standing)
{
    const Conversion *conversion = &fact->conversion;
    const char *reference = convert_reference(arena, conversion);
    const RequestJudged *before = standing_request(standing, fact->conversation, reference);
    bool waits = before && before->state == REQUEST_PENDING;

    AllocationDecision decision = decide(arena, fact, word, standing);
    if (decision.judgement == JUDGEMENT_REFERRED && waits && !word)
        decision = refused(ALLOCATION_REQUEST_ALREADY_PENDING);
    else if (decision.judgement == JUDGEMENT_REFERRED &&
             (text_empty(conversion->client.reference) || (before && !waits)))
        decision.judgement = JUDGEMENT_REFUSED; /* a person has judged it, or nobody knows whose care it is */
    else if (decision.judgement == JUDGEMENT_REFERRED || word || (decision.judgement == JUDGEMENT_CONVERTED && waits))
        grant_record(arena, fact, reference, conversion->client.reference, standing, &decision);
    return decision;
}
