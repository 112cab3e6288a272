#include "intake/hear_answer.h"

#include "proto/street.pb-c.h"

#include <string.h>

static Status hear_answer(Arena *arena, const Heard *heard, HeardAnswer *answer)
{
    answer->heard = heard;
    if (strcmp(heard->type, "allocation.Judged") == 0) {
        answer->allocation = message_unpack(arena, &allocation__judged__descriptor, heard->data);
        answer->fact = answer->allocation ? answer->allocation->fact : NULL;
    } else if (strcmp(heard->type, "billing.Judged") == 0) {
        answer->billing = message_unpack(arena, &billing__judged__descriptor, heard->data);
        answer->fact = answer->billing && answer->billing->heard ? answer->billing->heard->fact : NULL;
    } else {
        return FAULT(STATUS_SET_ASIDE, "nobody answers by %s", heard->type);
    }
    return answer->fact ? STATUS_OK : FAULT(STATUS_SET_ASIDE, "%s does not parse", heard->type);
}

Status intake_hear_answers(Turn *turn, Batch batch, HeardAnswers *answers_out)
{
    HeardAnswer *answers = ARENA_MANY(turn->arena, HeardAnswer, batch.count);
    for (size_t i = 0; i < batch.count; i++)
        TRY(hear_answer(turn->arena, &batch.messages[i], &answers[i]));
    *answers_out = (HeardAnswers){answers, batch.count};
    return STATUS_OK;
}

/* The fact in what a house heard; NULL when it cannot be read. */
static const Intake__Fact *fact_of_heard(Arena *arena, const char *type, Bytes data)
{
    if (strcmp(type, "intake.Fact") == 0)
        return message_unpack(arena, &intake__fact__descriptor, data);
    if (strcmp(type, "allocation.Judged") == 0) {
        const Allocation__Judged *judged = message_unpack(arena, &allocation__judged__descriptor, data);
        return judged ? judged->fact : NULL;
    }
    return NULL;
}

Status intake_hear_aside(Turn *turn, Batch batch, HeardAnswers *answers_out)
{
    HeardAnswer *answers = ARENA_MANY(turn->arena, HeardAnswer, batch.count);
    for (size_t i = 0; i < batch.count; i++) {
        const Heard *heard = &batch.messages[i];
        answers[i].heard = heard;
        if (strcmp(heard->type, "street.SetAside") != 0)
            continue;
        const Street__SetAside *word = message_unpack(turn->arena, &street__set_aside__descriptor, heard->data);
        if (!word)
            return FAULT(STATUS_SET_ASIDE, "%s does not parse", heard->type);
        if (strcmp(word->house, heard->source) != 0)
            continue;
        answers[i].set_aside_by = word->house;
        answers[i].fact = fact_of_heard(turn->arena, word->type, (Bytes){word->heard.data, word->heard.len});
    }
    *answers_out = (HeardAnswers){answers, batch.count};
    return STATUS_OK;
}
