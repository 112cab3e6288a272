/*
 * Decide two: what one operator proposes and another approves, beside books.
 */
#pragma once

#include "intake/core/intake.h"

/* Whether the fact is a proposal or an approval of a year or a payment. */
bool two_is_fact(FactKind kind);

/* Its particulars, when its sender may speak. */
Refusal two_judge(const Standing *standing, const Submission *said);

/* What is true from now on: something waits for an approval, or was decided. */
void two_admit(Admission *admission);
