/*
 * Say answers: what the houses judged, as letters to those whom it concerns.
 */
#pragma once

#include "intake/core/intake.h"
#include "intake/mail.h"
#include "service/turn.h"

typedef struct Answers {
    const Letter *letters;
    size_t count;
    const Allocated *allocated; /* each with the reference of its client as Person */
    size_t allocated_count;
} Answers;

/* What allocation and billing judged. A message that says nothing to a sender is no answer. */
Status intake_say_answers(Turn *turn, Batch batch, Answers *answers_out);

/* A house put a message aside: its sender hears that somebody looks at it. */
Status intake_say_aside(Turn *turn, Batch batch, Answers *answers_out);
