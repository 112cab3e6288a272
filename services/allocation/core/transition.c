#include "allocation/core/transition.h"

#include "allocation/core/plan.h"

#include <string.h>

Cohort transition_cohort(const Allocation *allocation, Day day, const Standing *standing, Conversation conversation)
{
    const ClientStanding *client = standing_client(standing, conversation, allocation->client);
    return client->moved && day_compare(client->moved_from, day) <= 0 ? COHORT_NEW : allocation->cohort;
}

static Content content_of(const Allocation *allocation, const Standing *standing, Conversation conversation)
{
    const Trajectory *trajectory = standing_trajectory(standing, conversation, allocation->trajectory);
    return trajectory ? trajectory->content : CONTENT_NONE;
}

static bool differs(const FundingRule *rule, const Allocation *allocation, Content content)
{
    return rule && (rule->funding != allocation->funding || rule->content != content);
}

const FundingRule *transition_demanded(const Allocation *allocation, Day day, Day known, const Standing *standing,
                                       Conversation conversation)
{
    const FundingRule *rule =
        books_funding(standing_partition(standing, conversation)->books, allocation->municipality, allocation->segment,
                      transition_cohort(allocation, day, standing, conversation), day, known);
    return differs(rule, allocation, content_of(allocation, standing, conversation)) ? rule : NULL;
}

/* The first run of days, of those to come, on which the book says otherwise. */
static const FundingRule *first_that_differs(Arena *arena, const Allocation *allocation, Day today,
                                             const Standing *standing, Conversation conversation, Day *since_out)
{
    const Books *books = standing_partition(standing, conversation)->books;
    Content content = content_of(allocation, standing, conversation);
    Period whole = allocation->period;
    Cohort cohort = transition_cohort(allocation, day_latest(whole.first, today), standing, conversation);
    Pieces pieces = books_pieces(arena, books, allocation->provider, allocation->municipality, allocation->segment,
                                 cohort, whole, today);
    const FundingRule *rule = NULL;
    for (size_t i = 0; i < pieces.count; i++) {
        const Piece *piece = &pieces.pieces[i];
        if (!differs(piece->funding, allocation, content)) {
            rule = NULL;
            continue;
        }
        if (!rule || rule->funding != piece->funding->funding || rule->content != piece->funding->content)
            *since_out = piece->period.first;
        rule = piece->funding;
        if (day_compare(piece->period.last, today) > 0)
            return rule;
    }
    return NULL;
}

/* The same help is granted already for the day: then nothing is asked when this ends. */
static bool goes_on(const Allocation *allocation, Day day, const Standing *standing, Conversation conversation)
{
    const AllocationStanding *other = standing_client(standing, conversation, allocation->client)->allocations;
    for (; other; other = other->next_of_client)
        if (!other->now->removed && strcmp(other->now->segment, allocation->segment) == 0 &&
            period_has(other->now->period, day))
            return true;
    return false;
}

static Transition as_it_ends(const Allocation *allocation, const FundingRule *rule, Day since, const Standing *standing,
                             Conversation conversation)
{
    Day after = day_plus(allocation->period.last, 1);
    if (period_is_open(allocation->period) || goes_on(allocation, after, standing, conversation))
        return (Transition){.way = TRANSITION_NONE};
    return (Transition){TRANSITION_AS_IT_ENDS, rule, since, after};
}

Transition transition_of(Arena *arena, const Allocation *allocation, Day today, const Standing *standing,
                         Conversation conversation)
{
    if (allocation->removed || day_compare(allocation->period.last, today) < 0)
        return (Transition){.way = TRANSITION_NONE};

    Day since = allocation->period.first;
    const FundingRule *rule = first_that_differs(arena, allocation, today, standing, conversation, &since);
    if (!rule) {
        Day after = day_plus(allocation->period.last, 1);
        rule = period_is_open(allocation->period)
                   ? NULL
                   : transition_demanded(allocation, after, today, standing, conversation);
        return rule ? as_it_ends(allocation, rule, after, standing, conversation)
                    : (Transition){.way = TRANSITION_NONE};
    }
    if (rule->running == RUNNING_KEEP)
        return as_it_ends(allocation, rule, since, standing, conversation);

    Day day = day_latest(since, day_plus(today, 1));
    if (rule->running == RUNNING_CONVERT)
        day = day_latest(day, rule->convert_on);
    if (day_compare(day, allocation->period.last) > 0)
        return as_it_ends(allocation, rule, since, standing, conversation);
    return (Transition){rule->running == RUNNING_CONVERT ? TRANSITION_CONVERTS : TRANSITION_BY_HAND, rule, since, day};
}

const char *transition_way_name(TransitionWay way)
{
    static const char *const NAMES[] = {
        [TRANSITION_NONE] = "",
        [TRANSITION_CONVERTS] = "convert",
        [TRANSITION_BY_HAND] = "by_hand",
        [TRANSITION_AS_IT_ENDS] = "as_it_ends",
    };
    return NAMES[way];
}
