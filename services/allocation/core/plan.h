/*
 * Plan: which allocations the care that is asked for becomes.
 *
 * A period that crosses a change of funding becomes several allocations of one trajectory.
 * What the care costs in volume, and how it is funded, follows from what was asked and from
 * the book; where both are silent the plan says what is missing. Nobody guesses.
 */
#pragma once

#include "allocation/core/standing.h"

/* Care to be planned, whoever asks for it and why. */
typedef struct CareAsked {
    Conversation conversation;
    Day known;
    Client client;
    Day in_care_since; /* the first day of this same care; the first day of the period when it is new */
    Cohort cohort;     /* said by this very fact for every day of the period; 0: as the care periods say */
    const char *segment;
    Pic pic;
    Results results;
    Period period;
    AllocatedProducts products;
    Referrer referrer;
} CareAsked;

typedef struct Plan {
    AllocationReason reason;       /* ALLOCATION_FITS, or why there is no plan */
    Funding funding;               /* of the whole, also where there is no plan; 0 when it is not one or not known */
    Content content;               /* PIC when any part of the care is given so */
    const Allocation *allocations; /* without number and trajectory, in the order of their days */
    size_t count;
    Granting granting; /* what the book says of the whole */
    bool above_ceiling;
    bool comes_of_age;
} Plan;

Plan plan_care(Arena *arena, const CareAsked *asked, const Standing *standing);

/* The cohort of the client for care of a day; 0 when the book does not say. */
Cohort plan_cohort(Arena *arena, const CareAsked *asked, const Standing *standing, Day day);

/* What a trajectory paid as PIC is worth over a period; false when the book has no tariff or terms for it. */
[[nodiscard]] bool plan_pic_amount(const Books *books, const char *segment, Pic pic, Conversation conversation,
                                   Period period, Day known, int64_t *cents_out);

static inline bool text_empty(const char *text)
{
    return text[0] == '\0';
}

static inline bool pic_empty(Pic pic)
{
    return text_empty(pic.profile) || text_empty(pic.intensity);
}

static inline bool period_is_open(Period period)
{
    return day_compare(period.last, DAY_LAST) >= 0;
}
