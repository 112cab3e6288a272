/*
 * Hear cases: what allocation's answers tell of allocations and of halves of cases.
 */
#pragma once

#include "intake/core/news.h"
#include "intake/hear_answer.h"

CaseNews intake_hear_news(Arena *arena, const HeardAnswers *answers);
