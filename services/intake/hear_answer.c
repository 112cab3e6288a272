#include "intake/hear_answer.h"

#include "intake/hear_skim.h"
#include "proto/street.pb-c.h"

#include <string.h>

enum {
    FACT_IN_ALLOCATION = 1, /* fields of allocation.Judged, billing.Judged and so on, as proto/ numbers them */
    ALLOCATION_IN_BILLING = 1,
    FACT_SENDER = 2,
    FACT_SENT_ID = 3,
    FACT_MUNICIPALITY = 4,
    FACT_PROVIDER = 5,
    ANSWERED_LINES = 6,
    LINE_APPROVED = 2,
};

static bool is_by_operator(const Intake__Fact *fact)
{
    static const Intake__Fact__FactCase OF_OPERATORS[] = {
        INTAKE__FACT__FACT_CARE_TAKEN_OVER, INTAKE__FACT__FACT_REQUEST_GRANTED, INTAKE__FACT__FACT_REQUEST_REFUSED,
        INTAKE__FACT__FACT_CONVERSION,      INTAKE__FACT__FACT_PAYMENT_MADE,    INTAKE__FACT__FACT_ALLOCATION_ENDED,
        INTAKE__FACT__FACT_CLIENT_DIED,     INTAKE__FACT__FACT_CLIENT_JOINED,
    };
    for (size_t i = 0; i < sizeof OF_OPERATORS / sizeof OF_OPERATORS[0]; i++)
        if (fact->fact_case == OF_OPERATORS[i])
            return true;
    return fact->fact_case == INTAKE__FACT__FACT_ALLOCATION_REQUEST && *fact->allocation_request->granted_by;
}

/* A declaration is billing's to answer. */
static Status hear_allocation(Arena *arena, Bytes data, HeardAnswer *answer)
{
    if (skim_payload(data, ALLOCATION__JUDGED__JUDGEMENT_MATCHED).size > 0)
        return STATUS_OK;
    answer->allocation = message_unpack(arena, &allocation__judged__descriptor, data);
    if (!answer->allocation || !answer->allocation->fact)
        return FAULT(STATUS_SET_ASIDE, "allocation.Judged does not parse");
    answer->fact = answer->allocation->fact;
    answer->is_by_operator = is_by_operator(answer->fact);
    return STATUS_OK;
}

static const Intake__Fact *first_fields_of_fact(Arena *arena, Bytes fact)
{
    Intake__Fact *first = ARENA_NEW(arena, Intake__Fact);
    intake__fact__init(first);
    first->sender = skim_text(arena, fact, FACT_SENDER);
    first->sent_id = skim_text(arena, fact, FACT_SENT_ID);
    first->municipality = skim_text(arena, fact, FACT_MUNICIPALITY);
    first->provider = skim_text(arena, fact, FACT_PROVIDER);
    return first;
}

static bool is_approved(Bytes line)
{
    return skim_number(line, LINE_APPROVED) != 0;
}

static Status hear_billing(Arena *arena, Bytes data, HeardAnswer *answer)
{
    Bytes declaration = skim_payload(data, BILLING__JUDGED__JUDGEMENT_DECLARATION_ANSWERED);
    Bytes payment = skim_payload(data, BILLING__JUDGED__JUDGEMENT_PAYMENT_BOOKED);
    Bytes corrected = skim_payload(data, BILLING__JUDGED__JUDGEMENT_CORRECTED);
    Bytes fact = skim_payload(skim_payload(data, ALLOCATION_IN_BILLING), FACT_IN_ALLOCATION);
    if (declaration.data)
        answer->declaration = message_unpack(arena, &billing__declaration_answered__descriptor,
                                             skim_without(arena, declaration, ANSWERED_LINES, is_approved));
    else if (payment.data)
        answer->payment = message_unpack(arena, &billing__payment_booked__descriptor, payment);
    else if (corrected.data)
        answer->corrected = message_unpack(arena, &billing__corrected__descriptor, corrected);
    else
        return STATUS_OK;

    answer->fact = first_fields_of_fact(arena, fact);
    answer->is_by_operator = answer->payment != NULL;
    if (!answer->declaration && !answer->payment && !answer->corrected)
        return FAULT(STATUS_SET_ASIDE, "billing.Judged does not parse");
    return STATUS_OK;
}

static Status hear_answer(Arena *arena, const Heard *heard, HeardAnswer *answer)
{
    answer->heard = heard;
    if (strcmp(heard->type, "allocation.Judged") == 0)
        return hear_allocation(arena, heard->data, answer);
    if (strcmp(heard->type, "billing.Judged") == 0)
        return hear_billing(arena, heard->data, answer);
    return FAULT(STATUS_SET_ASIDE, "nobody answers by %s", heard->type);
}

Status intake_hear_answers(Turn *turn, Batch batch, HeardAnswers *answers_out)
{
    HeardAnswer *answers = ARENA_MANY(turn->arena, HeardAnswer, batch.count);
    for (size_t i = 0; i < batch.count; i++)
        TRY(hear_answer(turn->arena, &batch.messages[i], &answers[i]));
    *answers_out = (HeardAnswers){answers, batch.count};
    return STATUS_OK;
}

const char *answer_conversation(Arena *arena, const HeardAnswer *answer)
{
    const Intake__Fact *fact = answer->fact;
    if (*answer->heard->subject || !*fact->municipality || !*fact->provider)
        return answer->heard->subject;
    return arena_format(arena, "%s/%s", fact->municipality, fact->provider);
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
        answers[i].is_by_operator = answers[i].fact && is_by_operator(answers[i].fact);
    }
    *answers_out = (HeardAnswers){answers, batch.count};
    return STATUS_OK;
}
