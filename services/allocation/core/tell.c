#include "allocation/core/tell.h"

#include "allocation/core/plan.h"

#include <string.h>

/* who asked */

static const char *asked_in(const CareFact *fact)
{
    if (fact->kind == FACT_CARE_REQUEST && text_empty(fact->care_request.granted_by))
        return fact->care_request.reference;
    return fact->kind == FACT_CHANGE_REQUEST ? fact->change_request.reference : "";
}

/* A person's word answers who asked, unless it leaves the request waiting, which the provider knows already. */
static const char *asked_before(const CareFact *fact, const Standing *standing, Judgement judgement)
{
    const RequestJudged *request = standing_request(standing, fact->conversation, fact->word.reference);
    bool is_answered = request && request->state == REQUEST_PENDING && judgement != JUDGEMENT_REFERRED;
    return is_answered ? asked_in(request->fact) : "";
}

/* what else there is */

static bool is_among(const Allocation *allocation, Allocations list)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(allocation->number, list.list[i].number) == 0 &&
            strcmp(allocation->municipality, list.list[i].municipality) == 0)
            return true;
    return false;
}

static bool same_client(const Allocation *a, const Allocation *b)
{
    return strcmp(a->client, b->client) == 0 && strcmp(a->municipality, b->municipality) == 0 &&
           strcmp(a->provider, b->provider) == 0;
}

static bool is_first_of_client(Allocations list, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (same_client(&list.list[i], &list.list[number]))
            return false;
    return true;
}

/* Adds what the client of an allocation has, and counts it. */
static size_t add_unchanged(const Allocation *of, Allocations changed, int16_t partition, Day known,
                            const Standing *standing, Allocation *list)
{
    const Conversation conversation = {partition, of->municipality, of->provider};
    size_t count = 0;
    for (const AllocationStanding *one = standing_client(standing, conversation, of->client)->allocations; one;
         one = one->next_of_client) {
        bool is_over = one->now->removed || day_compare(one->now->period.last, known) < 0;
        if (is_over || is_among(one->now, changed))
            continue;
        if (list)
            list[count] = *one->now;
        count++;
    }
    return count;
}

Allocations tell_unchanged(Arena *arena, Allocations changed, int16_t partition, Day known, const Standing *standing)
{
    size_t room = 0;
    for (size_t i = 0; i < changed.count; i++)
        if (is_first_of_client(changed, i))
            room += add_unchanged(&changed.list[i], changed, partition, known, standing, NULL);

    Allocation *list = ARENA_MANY(arena, Allocation, room);
    size_t count = 0;
    for (size_t i = 0; i < changed.count; i++)
        if (is_first_of_client(changed, i))
            count += add_unchanged(&changed.list[i], changed, partition, known, standing, list + count);
    return (Allocations){list, count};
}

static Allocations all_changed(Arena *arena, const AllocationDecision *decision)
{
    size_t count = decision->ended.count + decision->begun.count;
    Allocation *list = ARENA_MANY(arena, Allocation, count);
    for (size_t i = 0; i < count; i++)
        list[i] = i < decision->ended.count ? decision->ended.list[i] : decision->begun.list[i - decision->ended.count];
    return (Allocations){list, count};
}

void tell_provider(Arena *arena, const CareFact *fact, const Standing *standing, AllocationDecision *decision)
{
    bool by_a_person = fact->kind == FACT_REQUEST_GRANTED || fact->kind == FACT_REQUEST_REFUSED;
    decision->asked = by_a_person ? asked_before(fact, standing, decision->judgement) : asked_in(fact);
    decision->unchanged =
        tell_unchanged(arena, all_changed(arena, decision), fact->conversation.partition, fact->known, standing);
}
