/*
 * Hear answers: what allocation and billing judged.
 */
#pragma once

#include "proto/allocation.pb-c.h"
#include "proto/billing.pb-c.h"
#include "service/turn.h"

/* What concerns its sender; one of the four before the last, or none of them. */
typedef struct HeardAnswer {
    const Heard *heard;
    const Intake__Fact *fact; /* who said what is answered: its first fields */
    bool is_by_operator;
    const Allocation__Judged *allocation;
    const Billing__DeclarationAnswered *declaration; /* with the rejected lines only */
    const Billing__PaymentBooked *payment;
    const Billing__Corrected *corrected; /* by a book, so nobody said it */
    const char *set_aside_by;
} HeardAnswer;

typedef struct HeardAnswers {
    const HeardAnswer *list;
    size_t count;
} HeardAnswers;

Status intake_hear_answers(Turn *turn, Batch batch, HeardAnswers *answers_out);

/*
 * Whom it concerns. What a book made of a conversation is said of everyone's book: there the fact
 * names the conversation. "" when it concerns nobody alone.
 */
const char *answer_conversation(Arena *arena, const HeardAnswer *answer);

/* A word that a house put a message aside counts when it comes from that house itself. */
Status intake_hear_aside(Turn *turn, Batch batch, HeardAnswers *answers_out);
