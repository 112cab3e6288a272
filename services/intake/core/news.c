#include "intake/core/news.h"

#include <string.h>

static Bytes name_of(const char *text)
{
    return (Bytes){(const uint8_t *)text, strlen(text)};
}

/* Once for each answer; the number in its id counts what is said after the same one. */
static CaseSaying *add_saying(Arena *arena, CaseOutcome *outcome, CaseSaying saying)
{
    int number = 1;
    for (size_t i = 0; i < outcome->saying_count; i++) {
        const CaseSaying *before = &outcome->sayings[i];
        if (before->origin != saying.origin)
            continue;
        if (before->kind == saying.kind && strcmp(before->reference, saying.reference) == 0)
            return NULL;
        number++;
    }
    saying.id = arena_format(arena, "%s/intake.%d", saying.origin->id, number);
    outcome->sayings[outcome->saying_count] = saying;
    return &outcome->sayings[outcome->saying_count++];
}

static void hear_answer(Arena *arena, const CaseNews *news, const NewsAnswer *answer, CaseOutcome *outcome)
{
    LinkedCase *linked = index_find(news->waiting, name_of(answer->about));
    if (!linked)
        return;
    bool says_end = case_answered(linked, answer->word, answer->why, answer->nothing_changes);
    outcome->changed[outcome->changed_count++] = linked;
    if (!says_end)
        return;
    const CaseSaying *end = add_saying(arena, outcome,
                                       (CaseSaying){.origin = answer->origin,
                                                    .kind = CASE_SAYS_END,
                                                    .place = linked->from,
                                                    .linked = linked,
                                                    .reference = linked->reference,
                                                    .into = "",
                                                    .day = day_plus(linked->day, -1)});
    if (end)
        linked->waits_for = end->id;
}

static void hear_allocation(Arena *arena, const CaseNews *news, const NewsAllocation *allocation, CaseOutcome *outcome)
{
    const ClientFate *fate = index_find(news->fates, name_of(allocation->answered.reference));
    FateWord word = fate ? case_fate(fate, &allocation->answered) : FATE_SILENT;
    if (word == FATE_SILENT)
        return;
    add_saying(arena, outcome,
               (CaseSaying){.origin = allocation->origin,
                            .kind = word == FATE_SAYS_JOINED ? CASE_SAYS_JOINED : CASE_SAYS_DIED,
                            .place = allocation->answered.place,
                            .reference = fate->reference,
                            .into = fate->into,
                            .day = fate->died_on});
}

static void hear_unended(const CaseNews *news, CaseOutcome *outcome)
{
    for (size_t i = 0; i < news->unended_count; i++) {
        LinkedCase *linked = &news->unended[i];
        for (size_t j = 0; j < news->allocation_count; j++) {
            const AnsweredAllocation *answered = &news->allocations[j].answered;
            if (strcmp(answered->number, linked->allocation) == 0 &&
                strcmp(answered->place.conversation, linked->from.conversation) == 0)
                case_ended(linked, answered);
        }
        if (linked->state == CASE_CLOSED)
            outcome->changed[outcome->changed_count++] = linked;
    }
}

CaseOutcome news_decide(Arena *arena, CaseNews *news)
{
    CaseOutcome outcome = {
        .sayings = ARENA_MANY(arena, CaseSaying, news->answer_count + news->allocation_count),
        .changed = ARENA_MANY(arena, const LinkedCase *, news->answer_count + news->unended_count),
    };
    for (size_t i = 0; i < news->answer_count; i++)
        hear_answer(arena, news, &news->answers[i], &outcome);
    for (size_t i = 0; i < news->allocation_count; i++)
        hear_allocation(arena, news, &news->allocations[i], &outcome);
    hear_unended(news, &outcome);
    return outcome;
}
