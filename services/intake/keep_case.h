/*
 * Keep cases: how allocations were answered, cases, and who is whom.
 */
#pragma once

#include "intake/core/docket.h"
#include "intake/house.h"
#include "intake/core/news.h"
#include "service/turn.h"

/* What one admission at the door opens, closes or corrects. */
Status intake_keep_case(Turn *turn, const Admission *admission);

/* Allocations as they were answered, under the references that their clients have now. */
Status intake_keep_answered(Turn *turn, const CaseNews *news);

/* Cases as they have become. */
Status intake_keep_changed(Turn *turn, const LinkedCase *const *cases, size_t count, Day today);
