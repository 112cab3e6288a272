/*
 * Decide cases: what operators say that concerns more than one conversation.
 */
#pragma once

#include "intake/core/intake.h"

/* Whether the fact is one of these. */
bool case_is_fact(FactKind kind);

/* Whether such a fact must be alone in its transaction, since it changes who is whom. */
bool case_is_alone(FactKind kind);

/* For whom an operator's key may speak. */
bool case_may_speak(const Sender *sender, const char *municipality);

/* Its particulars, when its sender may speak where it was said and its client is known. */
Refusal case_judge(Arena *arena, const Standing *standing, const Submission *said);

/* What is true from now on: the cases that it opens, and who is whom. Its client was stamped before. */
void case_admit(Arena *arena, const Standing *standing, Admission *admission);
