#include "allocation/core/change.h"

#include "allocation/core/grant.h"

#include <string.h>

Allocation change_version(const Allocation *allocation, const Standing *standing, Conversation conversation, Day known,
                          ChangeReason reason)
{
    const Books *books = standing_partition(standing, conversation)->books;
    Allocation next = *allocation;
    next.version++;
    next.known = known;
    next.book = book_number(books_newest(books, known));
    next.change = reason;
    return next;
}

Allocation change_ended_before(const Allocation *allocation, const Standing *standing, Conversation conversation,
                               Day known, ChangeReason reason, Day day)
{
    bool never_began = day_compare(day, allocation->period.first) <= 0;
    Allocation ended = change_version(allocation, standing, conversation, known, never_began ? CHANGE_REMOVED : reason);
    ended.removed = never_began;
    ended.period.last = never_began ? ended.period.first : day_plus(day, -1);
    return ended;
}

Day change_in_care_since(const Allocation *allocation, const Standing *standing, Conversation conversation)
{
    Day since = allocation->period.first;
    const AllocationStanding *other = standing_client(standing, conversation, allocation->client)->allocations;
    for (; other; other = other->next_of_client)
        if (!other->now->removed && strcmp(other->now->trajectory, allocation->trajectory) == 0)
            since = day_earliest(since, other->now->period.first);
    return since;
}

/* What is wanted in the end, whatever of it was said. */
typedef struct Wanted {
    const CareFact *fact;
    const ChangeRequest *request;
    const Allocation *now;
    Day last;
    AllocatedProduct product;
    AllocatedProducts products; /* for what gets a number of its own */
    const RequestWord *word;
} Wanted;

static AllocatedProduct product_wanted(const AllocatedProduct *now, const AllocatedProduct *said)
{
    bool other = !text_empty(said->code) && strcmp(said->code, now->code) != 0;
    return (AllocatedProduct){
        .category = text_empty(said->category) ? (other ? "" : now->category) : said->category,
        .code = text_empty(said->code) ? now->code : said->code,
        .volume = said->volume > 0 ? said->volume : now->volume,
        .unit = said->unit ? said->unit : now->unit,
        .frequency = said->frequency ? said->frequency : now->frequency,
    };
}

static bool volume_is_total(const AllocatedProduct *product)
{
    return product->unit == UNIT_EURO || product->frequency == FREQUENCY_IN_TOTAL;
}

static bool same_but_volume(const AllocatedProduct *a, const AllocatedProduct *b)
{
    return strcmp(a->category, b->category) == 0 && strcmp(a->code, b->code) == 0 && a->unit == b->unit &&
           a->frequency == b->frequency;
}

static bool number_may_carry(const Wanted *wanted)
{
    const AllocatedProduct *now = &wanted->now->product;
    return same_but_volume(now, &wanted->product) && (now->volume == wanted->product.volume || volume_is_total(now));
}

/* An amount for a PIC says nothing of products: a person fills them in, or nobody does. */
static AllocatedProducts products_for(const Wanted *wanted)
{
    if (wanted->word && wanted->word->products.count)
        return wanted->word->products;
    if (wanted->now->funding == FUNDING_PIC)
        return (AllocatedProducts){0};
    return (AllocatedProducts){&wanted->product, 1};
}

static CareAsked asked_from(const Wanted *wanted, const Standing *standing, Period period)
{
    const Trajectory *trajectory = standing_trajectory(standing, wanted->fact->conversation, wanted->now->trajectory);
    return (CareAsked){
        .conversation = wanted->fact->conversation,
        .known = wanted->fact->known,
        .client = wanted->request->client,
        .in_care_since = change_in_care_since(wanted->now, standing, wanted->fact->conversation),
        .segment = wanted->now->segment,
        .pic = trajectory->pic,
        .results = trajectory->results,
        .period = period,
        .products = wanted->products,
        .referrer = wanted->now->referrer,
    };
}

static AllocationReason granted_as(const Wanted *wanted, const Plan *plan, AllocationReason reason)
{
    if (plan->reason)
        return plan->reason;
    if (wanted->word || plan->granting == GRANTING_BINDING)
        return reason;
    if (plan->comes_of_age)
        return ALLOCATION_COMES_OF_AGE;
    return plan->granting == GRANTING_BY_RULE ? reason : ALLOCATION_PERSON_MUST_JUDGE;
}

static AllocationDecision decision_for(AllocationReason reason, Judgement granted)
{
    AllocationDecision decision = {.reason = reason, .reference = ""};
    switch (allocation_reason_verdict(reason)) {
    case VERDICT_GRANTS:
        decision.judgement = granted;
        break;
    case VERDICT_REFERS:
        decision.judgement = JUDGEMENT_REFERRED;
        break;
    case VERDICT_REFUSES:
    case VERDICT_MISFITS:
        decision.judgement = JUDGEMENT_REFUSED;
        break;
    }
    return decision;
}

static Allocations one(Arena *arena, Allocation allocation)
{
    return (Allocations){arena_copy(arena, &allocation, sizeof allocation), 1};
}

static AllocationDecision remove_unbegun(Arena *arena, const Wanted *wanted, const Standing *standing)
{
    const CareFact *fact = wanted->fact;
    if (day_compare(fact->known, wanted->now->period.first) >= 0)
        return refused(ALLOCATION_CARE_HAS_BEGUN);

    AllocationDecision decision = decision_for(ALLOCATION_REMOVED_BEFORE_BEGIN, JUDGEMENT_CHANGED);
    decision.ended = one(arena, change_ended_before(wanted->now, standing, fact->conversation, fact->known,
                                                    CHANGE_REMOVED, wanted->now->period.first));
    return decision;
}

/* Less, or the same for shorter: the provider asks it and so agrees, and no contract need cover days given back. */
static AllocationDecision give_back(Arena *arena, const Wanted *wanted, const Standing *standing)
{
    const CareFact *fact = wanted->fact;
    bool shorter = day_compare(wanted->last, wanted->now->period.last) < 0;
    Allocation next = change_version(wanted->now, standing, fact->conversation, fact->known,
                                     shorter ? CHANGE_SHORTENED : CHANGE_BY_PROVIDER);
    next.period.last = wanted->last;
    next.product = wanted->product;

    AllocationDecision decision = decision_for(ALLOCATION_CHANGED_AS_ASKED, JUDGEMENT_CHANGED);
    decision.ended = one(arena, next);
    return decision;
}

/* More of the same total, over the same days: covered and funded as it was granted. */
static AllocationDecision give_more(Arena *arena, const Wanted *wanted, const Standing *standing)
{
    const CareFact *fact = wanted->fact;
    const Allocation *now = wanted->now;
    const Books *books = standing_partition(standing, fact->conversation)->books;
    const GrantingRule *rule =
        books_granting(books, now->referrer, now->segment, wanted->product.volume, wanted->product.unit,
                       wanted->product.frequency, now->period.first, fact->known);
    Plan plan = {.granting = rule ? rule->granting : GRANTING_BY_PERSON};

    AllocationDecision decision =
        decision_for(granted_as(wanted, &plan, ALLOCATION_CHANGED_AS_ASKED), JUDGEMENT_CHANGED);
    if (decision.judgement == JUDGEMENT_CHANGED) {
        Allocation next = change_version(now, standing, fact->conversation, fact->known, CHANGE_BY_PROVIDER);
        next.period.last = wanted->last;
        next.product = wanted->product;
        decision.ended = one(arena, next);
    }
    return decision;
}

/* Its end moves; the amount of a PIC follows its tariff over the longer period. */
static AllocationDecision stretch(Arena *arena, const Wanted *wanted, AllocationReason reason, const Standing *standing)
{
    const CareFact *fact = wanted->fact;
    const Allocation *now = wanted->now;
    Allocation next = change_version(now, standing, fact->conversation, fact->known, CHANGE_EXTENDED);
    next.period.last = wanted->last;
    next.product = wanted->product;
    if (now->funding == FUNDING_PIC &&
        !plan_pic_amount(standing_partition(standing, fact->conversation)->books, now->segment, now->pic,
                         fact->conversation, next.period, fact->known, &next.product.volume))
        return decision_for(ALLOCATION_PIC_WITHOUT_PRICE, JUDGEMENT_CHANGED);

    AllocationDecision decision = decision_for(reason, JUDGEMENT_CHANGED);
    if (decision.judgement == JUDGEMENT_CHANGED)
        decision.ended = one(arena, next);
    return decision;
}

/* The days added must be covered; where they are funded otherwise they get numbers of their own. */
static AllocationDecision extend(Arena *arena, const Wanted *wanted, const Standing *standing)
{
    const CareFact *fact = wanted->fact;
    const Allocation *now = wanted->now;
    CareAsked asked = asked_from(wanted, standing, (Period){day_plus(now->period.last, 1), wanted->last});
    Plan plan = plan_care(arena, &asked, standing);

    if (!plan.reason && plan.count == 1 && plan.allocations[0].funding == now->funding)
        return stretch(arena, wanted, granted_as(wanted, &plan, ALLOCATION_CHANGED_AS_ASKED), standing);

    AllocationDecision decision =
        decision_for(granted_as(wanted, &plan, ALLOCATION_CHANGED_BY_NEW_NUMBER), JUDGEMENT_CONVERTED);
    if (decision.judgement == JUDGEMENT_CONVERTED) {
        const Trajectory *trajectory = standing_trajectory(standing, fact->conversation, now->trajectory);
        grant_begin(arena, &asked, &plan, trajectory, standing, &decision);
    }
    return decision;
}

static AllocationDecision keep_number(Arena *arena, const Wanted *wanted, const Standing *standing)
{
    const ChangeRequest *request = wanted->request;
    const Allocation *now = wanted->now;
    int64_t more = wanted->product.volume - now->product.volume;
    int longer = day_compare(wanted->last, now->period.last);

    if (more == 0 && longer == 0)
        return refused(ALLOCATION_NOTHING_CHANGES);
    if (request->begins && day_compare(request->first_day, now->period.first) != 0)
        return refused(ALLOCATION_CHANGE_OF_WHOLE_PERIOD);
    if (more != 0 && now->funding == FUNDING_PIC)
        return refused(ALLOCATION_PIC_AMOUNT_IS_FIXED);
    if (longer > 0)
        return extend(arena, wanted, standing);
    return more > 0 ? give_more(arena, wanted, standing) : give_back(arena, wanted, standing);
}

static AllocationDecision end_and_begin(Arena *arena, const Wanted *wanted, const Standing *standing)
{
    const CareFact *fact = wanted->fact;
    const Allocation *now = wanted->now;
    if (now->funding == FUNDING_PIC)
        return refused(ALLOCATION_PIC_AMOUNT_IS_FIXED);

    bool begun = day_compare(now->period.first, fact->known) <= 0;
    Day day =
        wanted->request->begins ? wanted->request->first_day : day_latest(day_plus(fact->known, 1), now->period.first);
    if (begun && day_compare(day, fact->known) <= 0)
        return refused(ALLOCATION_CHANGE_IN_PAST);
    if (!period_has(now->period, day) || day_compare(day, wanted->last) > 0)
        return refused(ALLOCATION_CHANGE_OUTSIDE_PERIOD);

    CareAsked asked = asked_from(wanted, standing, (Period){day, wanted->last});
    Plan plan = plan_care(arena, &asked, standing);
    AllocationReason reason = granted_as(wanted, &plan, ALLOCATION_CHANGED_BY_NEW_NUMBER);
    AllocationDecision decision = decision_for(reason, JUDGEMENT_CONVERTED);
    if (decision.judgement == JUDGEMENT_CONVERTED) {
        decision.ended =
            one(arena, change_ended_before(now, standing, fact->conversation, fact->known, CHANGE_DELIVERY, day));
        const Trajectory *trajectory = standing_trajectory(standing, fact->conversation, now->trajectory);
        grant_begin(arena, &asked, &plan, trajectory, standing, &decision);
    }
    return decision;
}

static AllocationDecision change(Arena *arena, const Wanted *wanted, const Standing *standing)
{
    if (day_compare(wanted->last, wanted->now->period.first) < 0)
        return remove_unbegun(arena, wanted, standing);
    return number_may_carry(wanted) ? keep_number(arena, wanted, standing) : end_and_begin(arena, wanted, standing);
}

static bool is_running(const AllocationStanding *allocation, Conversation conversation, Day known)
{
    return allocation && strcmp(allocation->now->provider, conversation.provider) == 0 && !allocation->now->removed &&
           day_compare(allocation->now->period.last, known) >= 0;
}

AllocationDecision change_allocation(Arena *arena, const CareFact *fact, const RequestWord *word,
                                     const Standing *standing)
{
    const ChangeRequest *request = &fact->change_request;
    if (!word) {
        AllocationReason reason = ALLOCATION_FITS;
        if (standing_request(standing, fact->conversation, request->reference))
            reason = ALLOCATION_REFERENCE_USED;
        else if (standing_client(standing, fact->conversation, request->client.reference)->pending)
            reason = ALLOCATION_REQUEST_ALREADY_PENDING;
        if (reason)
            return (AllocationDecision){
                .judgement = JUDGEMENT_REFUSED, .reason = reason, .reference = request->reference};
    }

    const AllocationStanding *found = standing_allocation(standing, fact->conversation, request->allocation);
    AllocationDecision decision;
    if (!is_running(found, fact->conversation, fact->known))
        decision = refused(ALLOCATION_NOT_RUNNING);
    else if (strcmp(found->now->client, request->client.reference) != 0)
        decision = refused(ALLOCATION_CLIENT_DIFFERS);
    else {
        Wanted wanted = {
            .fact = fact,
            .request = request,
            .now = found->now,
            .last = request->ends ? request->last_day : found->now->period.last,
            .product = product_wanted(&found->now->product, &request->product),
            .word = word,
        };
        wanted.products = products_for(&wanted);
        decision = change(arena, &wanted, standing);
    }
    grant_record(arena, fact, request->reference, request->client.reference, standing, &decision);
    return decision;
}
