#include "allocation/core/grant.h"

#include <stdlib.h>
#include <string.h>

/* A provider hears within five working days; the national rule for every region. */
enum { ANSWER_WITHIN_WORKING_DAYS = 5 };

/* numbers: the floor of the region's book + 64 × a counter of the partition + the partition */

static int64_t number_floor(const Standing *standing, Conversation conversation, Day known)
{
    int64_t floor = books_number_floor(standing_partition(standing, conversation)->books, known);
    return (floor + PARTITIONS - 1) / PARTITIONS * PARTITIONS;
}

static const char *own_number(Arena *arena, int64_t floor, int64_t counter, Conversation conversation)
{
    return arena_format(arena, "%lld", (long long)(floor + PARTITIONS * counter + conversation.partition));
}

static const Trajectory *new_trajectory(Arena *arena, const CareAsked *asked, Content content, const Standing *standing)
{
    int64_t counter = standing_partition(standing, asked->conversation)->trajectory_count;
    Trajectory *trajectory = ARENA_NEW(arena, Trajectory);
    *trajectory = (Trajectory){
        .id = arena_format(arena, "T%lld", (long long)(PARTITIONS * counter + asked->conversation.partition)),
        .client = asked->client.reference,
        .segment = asked->segment,
        .content = content,
        .pic = content == CONTENT_PIC ? asked->pic : (Pic){"", ""},
        .results = content == CONTENT_PIC ? asked->results : (Results){0},
    };
    return trajectory;
}

void grant_begin(Arena *arena, const CareAsked *asked, const Plan *plan, const Trajectory *trajectory,
                 const Standing *standing, AllocationDecision *decision)
{
    decision->trajectory_begins = !trajectory;
    decision->trajectory = trajectory ? trajectory : new_trajectory(arena, asked, plan->content, standing);

    int64_t floor = number_floor(standing, asked->conversation, asked->known);
    int64_t counter = standing_partition(standing, asked->conversation)->allocation_count;
    Allocation *begun = ARENA_MANY(arena, Allocation, plan->count);
    for (size_t i = 0; i < plan->count; i++) {
        begun[i] = plan->allocations[i];
        begun[i].number = own_number(arena, floor, counter + (int64_t)i, asked->conversation);
        begun[i].trajectory = decision->trajectory->id;
    }
    decision->begun = (Allocations){begun, plan->count};
}

void grant_record(Arena *arena, const CareFact *fact, const char *reference, const char *client,
                  const Standing *standing, AllocationDecision *decision)
{
    decision->reference = reference;
    if (text_empty(reference))
        return;

    const RequestJudged *before = standing_request(standing, fact->conversation, reference);
    RequestJudged *request = ARENA_NEW(arena, RequestJudged);
    *request = (RequestJudged){
        .reference = reference,
        .version = before ? before->version + 1 : 1,
        .client = client,
        .state = decision->judgement == JUDGEMENT_REFERRED  ? REQUEST_PENDING
                 : decision->judgement == JUDGEMENT_REFUSED ? REQUEST_REFUSED
                                                            : REQUEST_GRANTED,
        .reason = decision->reason,
        .fact = before ? before->fact : fact,
    };
    if (request->state == REQUEST_PENDING) {
        const Books *books = standing_partition(standing, fact->conversation)->books;
        request->due =
            before ? before->due : books_working_day_after(books, fact->known, ANSWER_WITHIN_WORKING_DAYS, fact->known);
        decision->due = request->due;
    }
    decision->request = request;
}

/* take-over */

/* A number of the old administration may be any text; only one that reads as ours could be given out again. */
static bool number_is_ours(const char *number, int64_t floor)
{
    char *end;
    long long value = strtoll(number, &end, 10);
    return *end == '\0' && value >= floor;
}

static bool covered_on_all_days(Arena *arena, const CareFact *fact, const Books *books, Cohort cohort,
                                const char **contract_out)
{
    const TakeOver *take_over = &fact->take_over;
    Pieces pieces = books_pieces(arena, books, fact->conversation.provider, fact->conversation.municipality,
                                 take_over->segment, cohort, take_over->period, fact->known);
    bool all = true;
    for (size_t i = 0; i < pieces.count; i++)
        all = all && pieces.pieces[i].contract;
    if (pieces.count && pieces.pieces[0].contract)
        *contract_out = pieces.pieces[0].contract->id;
    return all;
}

AllocationDecision grant_take_over(Arena *arena, const CareFact *fact, const Standing *standing)
{
    const TakeOver *take_over = &fact->take_over;
    const Books *books = standing_partition(standing, fact->conversation)->books;
    Day first = take_over->period.first;

    if (standing_allocation(standing, fact->conversation, take_over->allocation))
        return refused(ALLOCATION_NUMBER_USED);
    if (number_is_ours(take_over->allocation, number_floor(standing, fact->conversation, fact->known)))
        return refused(ALLOCATION_NUMBER_ABOVE_FLOOR);
    if (period_days(take_over->period) < 1)
        return refused(ALLOCATION_PERIOD_IS_EMPTY);
    if (!books_municipality(books, fact->conversation.municipality, first, fact->known))
        return refused(ALLOCATION_MUNICIPALITY_UNKNOWN);
    if (!books_segment(books, take_over->segment, first, fact->known))
        return refused(ALLOCATION_SEGMENT_UNKNOWN);

    CareAsked asked = {
        .conversation = fact->conversation,
        .known = fact->known,
        .client = take_over->client,
        .in_care_since = first,
        .segment = take_over->segment,
        .pic = take_over->pic,
        .results = take_over->results,
        .period = take_over->period,
    };
    Allocation *allocation = ARENA_NEW(arena, Allocation);
    *allocation = (Allocation){
        .number = take_over->allocation,
        .version = 1,
        .provider = fact->conversation.provider,
        .municipality = fact->conversation.municipality,
        .client = take_over->client.reference,
        .segment = take_over->segment,
        .pic = take_over->pic,
        .funding = FUNDING_PXQ,
        .cohort = plan_cohort(arena, &asked, standing, first),
        .product = take_over->product,
        .period = take_over->period,
        .contract = "",
        .referrer = take_over->referrer,
        .book = book_number(books_newest(books, fact->known)),
        .known = fact->known,
        .taken_over = true,
    };
    bool covered = covered_on_all_days(arena, fact, books, allocation->cohort, &allocation->contract);

    AllocationDecision decision = {
        .judgement = JUDGEMENT_GRANTED,
        .reason = covered ? ALLOCATION_TAKEN_OVER : ALLOCATION_TAKEN_OVER_UNCOVERED,
        .reference = "",
        .trajectory_begins = true,
        .trajectory = new_trajectory(arena, &asked, pic_empty(take_over->pic) ? CONTENT_NONE : CONTENT_PIC, standing),
    };
    allocation->trajectory = decision.trajectory->id;
    decision.begun = (Allocations){allocation, 1};
    return decision;
}

/* requests */

static AllocationReason heard_before(const CareFact *fact, const Standing *standing)
{
    const CareRequest *request = &fact->care_request;
    if (!text_empty(request->reference) && standing_request(standing, fact->conversation, request->reference))
        return ALLOCATION_REFERENCE_USED;
    if (text_empty(request->granted_by) &&
        standing_client(standing, fact->conversation, request->client.reference)->pending)
        return ALLOCATION_REQUEST_ALREADY_PENDING;
    return ALLOCATION_FITS;
}

static CareAsked asked_by(const CareFact *fact, const RequestWord *word)
{
    const CareRequest *request = &fact->care_request;
    return (CareAsked){
        .conversation = fact->conversation,
        .known = fact->known,
        .client = request->client,
        .in_care_since = request->period.first,
        .cohort = request->cohort,
        .segment = request->segment,
        .pic = word && !pic_empty(word->pic) ? word->pic : request->pic,
        .results = word && word->results.count ? word->results : request->results,
        .period = request->period,
        .products = word && word->products.count ? word->products : request->products,
        .referrer = request->referrer,
    };
}

/* Who decides, once nothing stands in the way: the referrer, a person, or a rule of the book. */
static AllocationReason granted_as(const CareRequest *request, const RequestWord *word, const Plan *plan)
{
    if (plan->granting == GRANTING_BINDING)
        return ALLOCATION_GRANTED_AS_BOUND;
    if (plan->above_ceiling && !request->goes_on)
        return ALLOCATION_CEILING_REACHED;
    if (word)
        return ALLOCATION_GRANTED_BY_PERSON;
    if (!text_empty(request->granted_by))
        return ALLOCATION_GRANTED_UNASKED;
    if (plan->comes_of_age)
        return ALLOCATION_COMES_OF_AGE;
    return plan->granting == GRANTING_BY_RULE ? ALLOCATION_GRANTED_BY_RULE : ALLOCATION_PERSON_MUST_JUDGE;
}

AllocationDecision grant_request(Arena *arena, const CareFact *fact, const RequestWord *word, const Standing *standing)
{
    const CareRequest *request = &fact->care_request;
    bool unasked = !text_empty(request->granted_by);

    AllocationReason reason = word ? ALLOCATION_FITS : heard_before(fact, standing);
    if (reason)
        return (AllocationDecision){.judgement = JUDGEMENT_REFUSED, .reason = reason, .reference = request->reference};

    CareAsked asked = asked_by(fact, word);
    Plan plan = {0};
    if (request->referrer == REFERRER_MUNICIPALITY && !unasked && text_empty(request->decision))
        reason = ALLOCATION_DECISION_NOT_NAMED;
    else {
        plan = plan_care(arena, &asked, standing);
        reason = plan.reason ? plan.reason : granted_as(request, word, &plan);
    }

    AllocationDecision decision = {.reason = reason, .reference = ""};
    switch (allocation_reason_verdict(reason)) {
    case VERDICT_GRANTS:
        decision.judgement = JUDGEMENT_GRANTED;
        decision.counts_as_new = !request->goes_on;
        if (request->cohort == COHORT_NEW) { /* by care of before it may have been another */
            decision.moved_client = request->client.reference;
            decision.moved_from = request->period.first;
        }
        grant_begin(arena, &asked, &plan, NULL, standing, &decision);
        break;
    case VERDICT_REFERS: /* the operator who grants is the person, and hears at once what is missing */
        decision.judgement = unasked ? JUDGEMENT_REFUSED : JUDGEMENT_REFERRED;
        break;
    case VERDICT_REFUSES:
    case VERDICT_MISFITS:
        decision.judgement = JUDGEMENT_REFUSED;
        break;
    }
    grant_record(arena, fact, request->reference, request->client.reference, standing, &decision);
    return decision;
}
