/*
 * Say cases: the facts by which care goes from one conversation to another, and what was found out of
 * a client.
 */
#pragma once

#include "intake/core/intake.h"
#include "intake/core/news.h"
#include "service/outbox.h"

/* What an admission says of the cases that it opens: as many as it has. */
void intake_say_cases(Arena *arena, const Admission *admission, int64_t now_us, Said *said);

/* What follows from an answer. */
Said intake_say_saying(Arena *arena, const CaseSaying *saying, Day known, int64_t now_us);
