/*
 * Hear answers: what allocation and billing judged.
 */
#pragma once

#include "proto/allocation.pb-c.h"
#include "proto/billing.pb-c.h"
#include "service/turn.h"

/* One of the two judged it, or a house put it aside. */
typedef struct HeardAnswer {
    const Heard *heard;
    const Intake__Fact *fact; /* NULL: nothing that a sender said */
    const Allocation__Judged *allocation;
    const Billing__Judged *billing;
    const char *set_aside_by;
} HeardAnswer;

typedef struct HeardAnswers {
    const HeardAnswer *list;
    size_t count;
} HeardAnswers;

Status intake_hear_answers(Turn *turn, Batch batch, HeardAnswers *answers_out);

/* A word that a house put a message aside counts when it comes from that house itself. */
Status intake_hear_aside(Turn *turn, Batch batch, HeardAnswers *answers_out);
