#include "allocation/core/transition.h"

#include "allocation/core/change.h"

#include <string.h>

/*
 * Under the rule of its grant the cohort is that of its grant. Under another rule it is what that
 * rule makes of this very care: who is in care by it on the reference day is an existing client.
 */
static Cohort cohort_on(const Allocation *allocation, Day day, Day known, const Standing *standing,
                        Conversation conversation, Day *rule_last_out)
{
    const Books *books = standing_partition(standing, conversation)->books;
    const ClientStanding *client = standing_client(standing, conversation, allocation->client);
    Period care = {change_in_care_since(allocation, standing, conversation), day_plus(day, -1)};
    const CohortRule *granted = NULL, *now = NULL;
    books_cohort(books, NULL, 0, allocation->period.first, known, &granted);
    Cohort cohort = books_cohort(books, &care, period_days(care) > 0, day, known, &now);
    *rule_last_out = now ? now->entry.holds.last : DAY_LAST;
    if (client->moved && day_compare(client->moved_from, day) <= 0)
        return COHORT_NEW;
    return now == granted ? allocation->cohort : cohort;
}

Cohort transition_cohort(const Allocation *allocation, Day day, Day known, const Standing *standing,
                         Conversation conversation)
{
    Day rule_last;
    return cohort_on(allocation, day, known, standing, conversation, &rule_last);
}

static Content content_of(const Allocation *allocation, const Standing *standing, Conversation conversation)
{
    const Trajectory *trajectory = standing_trajectory(standing, conversation, allocation->trajectory);
    return trajectory ? trajectory->content : CONTENT_NONE;
}

/* Who has a PIC where the book asks none has it all the same; who has none where it asks one does not. */
static bool differs(const FundingRule *rule, const Allocation *allocation, Content content)
{
    return rule && (rule->funding != allocation->funding || (rule->content == CONTENT_PIC && content != CONTENT_PIC));
}

const FundingRule *transition_demanded(const Allocation *allocation, Day day, Day known, const Standing *standing,
                                       Conversation conversation)
{
    const FundingRule *rule =
        books_funding(standing_partition(standing, conversation)->books, allocation->municipality, allocation->segment,
                      transition_cohort(allocation, day, known, standing, conversation), day, known);
    return differs(rule, allocation, content_of(allocation, standing, conversation)) ? rule : NULL;
}

/* What is found so far of the first run of days, of those to come, on which the book says otherwise. */
typedef struct Run {
    const FundingRule *rule;
    Day since;
} Run;

/* Whether the run reaches a day that is to come. */
static bool take_piece(Run *run, const Piece *piece, const Allocation *allocation, Content content, Day today)
{
    const FundingRule *rule = piece->funding;
    if (!differs(rule, allocation, content)) {
        run->rule = NULL;
        return false;
    }
    if (!run->rule || run->rule->funding != rule->funding || run->rule->content != rule->content)
        run->since = piece->period.first;
    run->rule = rule;
    return day_compare(piece->period.last, today) > 0;
}

static Run first_that_differs(Arena *arena, const Allocation *allocation, Day today, const Standing *standing,
                              Conversation conversation)
{
    const Books *books = standing_partition(standing, conversation)->books;
    Content content = content_of(allocation, standing, conversation);
    Run run = {0};
    Day from = allocation->period.first;
    while (day_compare(from, allocation->period.last) <= 0) {
        Day rule_last;
        Cohort cohort = cohort_on(allocation, from, today, standing, conversation, &rule_last);
        Period until = {from, day_earliest(allocation->period.last, day_latest(rule_last, from))};
        Pieces pieces = books_pieces(arena, books, allocation->provider, allocation->municipality, allocation->segment,
                                     cohort, until, today);
        for (size_t i = 0; i < pieces.count; i++)
            if (take_piece(&run, &pieces.pieces[i], allocation, content, today))
                return run;
        from = day_plus(until.last, 1);
    }
    return (Run){0};
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

    Run run = first_that_differs(arena, allocation, today, standing, conversation);
    const FundingRule *rule = run.rule;
    if (!rule) {
        Day after = day_plus(allocation->period.last, 1);
        rule = period_is_open(allocation->period)
                   ? NULL
                   : transition_demanded(allocation, after, today, standing, conversation);
        return rule ? as_it_ends(allocation, rule, after, standing, conversation)
                    : (Transition){.way = TRANSITION_NONE};
    }
    if (rule->running == RUNNING_KEEP)
        return as_it_ends(allocation, rule, run.since, standing, conversation);

    Day day = day_latest(run.since, day_plus(today, 1));
    if (rule->running == RUNNING_CONVERT)
        day = day_latest(day, rule->convert_on);
    if (day_compare(day, allocation->period.last) > 0)
        return as_it_ends(allocation, rule, run.since, standing, conversation);
    return (Transition){rule->running == RUNNING_CONVERT ? TRANSITION_CONVERTS : TRANSITION_BY_HAND, rule, run.since,
                        day};
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
