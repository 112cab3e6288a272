#include "intake/hear_case.h"

#include <string.h>

typedef struct Hearing {
    Arena *arena;
    const HeardAnswer *answer;
    const NewsOrigin *origin;
    CaseNews *news;
    size_t room;
} Hearing;

/* A result is a sentence on one line. */
static const char *lines_of(Arena *arena, char *const *results, size_t count)
{
    const char *lines = "";
    for (size_t i = 0; i < count; i++)
        lines = arena_format(arena, "%s%s%s", lines, i ? "\n" : "", results[i]);
    return lines;
}

static void hear_allocation(Hearing *hearing, const Allocation__Allocation *said, const char *results)
{
    CaseNews *news = hearing->news;
    if (!said->product || !said->period)
        return;
    if (news->allocation_count == hearing->room) {
        size_t room = 2 * hearing->room + 64;
        NewsAllocation *wider = ARENA_MANY(hearing->arena, NewsAllocation, room);
        if (news->allocation_count)
            memcpy(wider, news->allocations, news->allocation_count * sizeof *wider);
        news->allocations = wider;
        hearing->room = room;
    }
    news->allocations[news->allocation_count++] = (NewsAllocation){
        .origin = hearing->origin,
        .answered =
            {
                .place = {answer_conversation(hearing->arena, hearing->answer), hearing->answer->fact->municipality,
                          hearing->answer->fact->provider, hearing->answer->heard->partition},
                .number = said->number,
                .reference = said->client,
                .trajectory = said->trajectory,
                .segment = said->segment,
                .pic = said->pic ? (Pic){said->pic->profile, said->pic->intensity} : (Pic){"", ""},
                .funding = (Funding)said->funding,
                .product = {said->product->category, said->product->code, said->product->volume,
                            (Unit)said->product->unit, (Frequency)said->product->frequency},
                .period = {{said->period->first_day}, {said->period->last_day}},
                .removed = said->removed,
                .referrer = (Referrer)said->referrer,
                .results = results,
            },
        .begins = results != NULL,
    };
}

static void hear_allocations(Hearing *hearing, Allocation__Allocation *const *said, size_t count, const char *results)
{
    for (size_t i = 0; i < count; i++)
        hear_allocation(hearing, said[i], results);
}

/* Only what an operator says can be a half of a case. */
static bool may_be_half(const Intake__Fact *fact)
{
    return fact->fact_case == INTAKE__FACT__FACT_ALLOCATION_ENDED ||
           fact->fact_case == INTAKE__FACT__FACT_CLIENT_DIED || fact->fact_case == INTAKE__FACT__FACT_CLIENT_JOINED ||
           (fact->fact_case == INTAKE__FACT__FACT_ALLOCATION_REQUEST && *fact->allocation_request->granted_by);
}

static void hear_word(Hearing *hearing, CaseWord word, const char *why)
{
    const Intake__Fact *fact = hearing->answer->fact;
    if (may_be_half(fact))
        hearing->news->answers[hearing->news->answer_count++] =
            (NewsAnswer){.origin = hearing->origin,
                         .about = fact->id,
                         .word = word,
                         .why = why,
                         .nothing_changes = strcmp(why, "NOTHING_CHANGES") == 0};
}

static void hear_judged(Hearing *hearing, const Allocation__Judged *judged)
{
    switch ((int)judged->judgement_case) {
    case ALLOCATION__JUDGED__JUDGEMENT_GRANTED:
        hear_word(hearing, CASE_WORD_GRANTED, "");
        hear_allocations(hearing, judged->granted->allocations, judged->granted->n_allocations,
                         lines_of(hearing->arena, judged->granted->results, judged->granted->n_results));
        break;
    case ALLOCATION__JUDGED__JUDGEMENT_CHANGED:
        hear_word(hearing, CASE_WORD_CHANGED, "");
        hear_allocations(hearing, &judged->changed->allocation, 1, NULL);
        break;
    case ALLOCATION__JUDGED__JUDGEMENT_CHANGED_TOGETHER:
        hear_word(hearing, CASE_WORD_CHANGED, "");
        hear_allocations(hearing, judged->changed_together->allocations, judged->changed_together->n_allocations, NULL);
        break;
    case ALLOCATION__JUDGED__JUDGEMENT_CONVERTED:
        hear_allocations(hearing, judged->converted->ended, judged->converted->n_ended, NULL);
        hear_allocations(hearing, judged->converted->begun, judged->converted->n_begun,
                         lines_of(hearing->arena, judged->converted->results, judged->converted->n_results));
        break;
    case ALLOCATION__JUDGED__JUDGEMENT_REPRICED:
        hear_allocations(hearing, judged->repriced->allocations, judged->repriced->n_allocations, NULL);
        break;
    case ALLOCATION__JUDGED__JUDGEMENT_REFUSED:
        hear_word(hearing, CASE_WORD_REFUSED, judged->refused->reason);
        break;
    case ALLOCATION__JUDGED__JUDGEMENT_REFERRED:
        hear_word(hearing, CASE_WORD_REFUSED, judged->referred->reason);
        break;
    default:
        break;
    }
}

CaseNews intake_hear_news(Arena *arena, const HeardAnswers *answers)
{
    CaseNews news = {.answers = ARENA_MANY(arena, NewsAnswer, answers->count)};
    Hearing hearing = {.arena = arena, .news = &news};
    for (size_t i = 0; i < answers->count; i++) {
        const HeardAnswer *answer = &answers->list[i];
        if (!answer->allocation)
            continue;
        NewsOrigin *origin = ARENA_NEW(arena, NewsOrigin);
        *origin = (NewsOrigin){answer->heard->id, answer->fact->sender, answer->fact->sent_id};
        hearing.answer = answer;
        hearing.origin = origin;
        hear_judged(&hearing, answer->allocation);
    }
    return news;
}
