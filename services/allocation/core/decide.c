#include "allocation/core/decide.h"

#include "allocation/core/change.h"
#include "allocation/core/convert.h"
#include "allocation/core/grant.h"
#include "allocation/core/leave.h"
#include "allocation/core/match.h"
#include "allocation/core/notice.h"
#include "allocation/core/tell.h"

#include <string.h>

/* A person's word lets the request be judged again, on the day that it is spoken. */
static AllocationDecision decide_again(Arena *arena, const CareFact *fact, const Standing *standing)
{
    const RequestWord *word = &fact->word;
    const RequestJudged *request = standing_request(standing, fact->conversation, word->reference);
    if (!request || request->state != REQUEST_PENDING)
        return (AllocationDecision){
            .judgement = JUDGEMENT_REFUSED,
            .reason = request ? ALLOCATION_REQUEST_ALREADY_JUDGED : ALLOCATION_REQUEST_UNKNOWN,
            .reference = word->reference,
        };

    CareFact *again = arena_copy(arena, request->fact, sizeof *request->fact);
    again->known = fact->known;
    if (fact->kind == FACT_REQUEST_REFUSED) {
        AllocationDecision decision = refused(ALLOCATION_REFUSED_BY_PERSON);
        grant_record(arena, again, request->reference, request->client, standing, &decision);
        return decision;
    }
    switch (again->kind) {
    case FACT_CHANGE_REQUEST:
        return change_allocation(arena, again, word, standing);
    case FACT_CONVERSION:
        return convert_allocation(arena, again, word, standing);
    case FACT_PASSED_ON:
    case FACT_TAKE_OVER:
    case FACT_CARE_REQUEST:
    case FACT_REQUEST_GRANTED:
    case FACT_REQUEST_REFUSED:
    case FACT_START:
    case FACT_STOP:
    case FACT_OUTCOME:
    case FACT_DECLARATION:
    case FACT_ENDING:
    case FACT_DEATH:
    case FACT_JOINING:
        break;
    }
    return grant_request(arena, again, word, standing);
}

/* The client whose care periods are stamped on the fact; NULL when it carries none. */
static const Client *client_of(const CareFact *fact)
{
    switch (fact->kind) {
    case FACT_TAKE_OVER:
        return &fact->take_over.client;
    case FACT_CARE_REQUEST:
        return &fact->care_request.client;
    case FACT_CHANGE_REQUEST:
        return &fact->change_request.client;
    case FACT_CONVERSION:
        return &fact->conversion.client;
    case FACT_PASSED_ON:
    case FACT_REQUEST_GRANTED:
    case FACT_REQUEST_REFUSED:
    case FACT_START:
    case FACT_STOP:
    case FACT_OUTCOME:
    case FACT_DECLARATION:
    case FACT_ENDING:
    case FACT_DEATH:
    case FACT_JOINING:
        break;
    }
    return NULL;
}

static Cohort cohort_now(Arena *arena, const CareFact *fact, const Client *client, const Allocation *allocation,
                         const Standing *standing)
{
    CareAsked asked = {
        .conversation = fact->conversation,
        .known = fact->known,
        .client = *client,
        .in_care_since = change_in_care_since(allocation, standing, fact->conversation),
    };
    return plan_cohort(arena, &asked, standing, allocation->period.first);
}

/* Earlier care that is known only now changes nothing by itself: the allocations that it throws doubt on are listed. */
static void doubt_cohorts(Arena *arena, const CareFact *fact, const Standing *standing, AllocationDecision *decision)
{
    const Client *client = client_of(fact);
    if (!client)
        return;

    const AllocationStanding *first = standing_client(standing, fact->conversation, client->reference)->allocations;
    size_t room = 0;
    for (const AllocationStanding *other = first; other; other = other->next_of_client)
        room++;

    CohortDoubt *doubts = ARENA_MANY(arena, CohortDoubt, room);
    size_t count = 0;
    for (const AllocationStanding *other = first; other; other = other->next_of_client) {
        if (other->now->removed || other->now->taken_over)
            continue;
        Cohort would_be = cohort_now(arena, fact, client, other->now, standing);
        if (would_be && would_be != other->now->cohort && would_be != other->doubted)
            doubts[count++] = (CohortDoubt){other->now, would_be};
    }
    decision->doubts = doubts;
    decision->doubt_count = count;
}

AllocationDecision allocation_decide(Arena *arena, const CareFact *fact, const Standing *standing)
{
    AllocationDecision decision = {.reference = ""};
    switch (fact->kind) {
    case FACT_PASSED_ON:
        break;
    case FACT_TAKE_OVER:
        decision = grant_take_over(arena, fact, standing);
        break;
    case FACT_CARE_REQUEST:
        decision = grant_request(arena, fact, NULL, standing);
        break;
    case FACT_CHANGE_REQUEST:
        decision = change_allocation(arena, fact, NULL, standing);
        break;
    case FACT_REQUEST_GRANTED:
    case FACT_REQUEST_REFUSED:
        decision = decide_again(arena, fact, standing);
        break;
    case FACT_CONVERSION:
        decision = convert_allocation(arena, fact, NULL, standing);
        break;
    case FACT_START:
    case FACT_STOP:
    case FACT_OUTCOME:
        decision = notice_note(arena, fact, standing);
        break;
    case FACT_DECLARATION:
        decision = match_declaration(arena, fact, standing);
        break;
    case FACT_ENDING:
        decision = leave_end(arena, fact, standing);
        break;
    case FACT_DEATH:
        decision = leave_die(arena, fact, standing);
        break;
    case FACT_JOINING:
        decision = leave_join(arena, fact, standing);
        break;
    }
    doubt_cohorts(arena, fact, standing, &decision);
    tell_provider(arena, fact, standing, &decision);
    return decision;
}
