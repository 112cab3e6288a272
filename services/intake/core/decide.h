/*
 * Decide: what comes in.
 */
#pragma once

#include "intake/core/intake.h"

/*
 * Admits or refuses one message, and lets what it points to know. The same message again has
 * the same outcome, with heard_before.
 */
Admission intake_decide(Arena *arena, Standing *standing, const Submission *said);

/* Whether a sender may read the letters of this conversation: no provider and no municipality mean its own mailbox. */
bool intake_may_read(const Standing *standing, const Sender *sender, const char *municipality, const char *provider);
