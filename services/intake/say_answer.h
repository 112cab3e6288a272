/*
 * Say answers: what the houses judged, as letters to those whom it concerns.
 */
#pragma once

#include "intake/core/intake.h"
#include "intake/hear_answer.h"
#include "intake/mail.h"

typedef struct Answers {
    const Letter *letters;
    size_t count;
} Answers;

/* What says nothing to a sender is no letter. */
Answers intake_say_answers(Arena *arena, const HeardAnswers *heard);
