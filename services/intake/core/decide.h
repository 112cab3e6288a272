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
