#include "monitoring/core/rules.h"

#include <string.h>

enum { COHORTS = 3, DAYS_BEFORE = 10 * 366 };

/* What was looked up once. */
typedef struct RunsFound {
    bool known;
    Pieces runs;
} RunsFound;

typedef struct CohortFound {
    bool known;
    const CohortRule *rule;
} CohortFound;

struct Rules {
    Arena *arena;
    const AllocatedAxes *axes;
    const Books *books;
    Day known;
    Period period;
    RunsFound *runs;      /* municipality × segment × cohort */
    CohortFound *cohorts; /* for each day of the period and of ten years before it */
    size_t cohort_count;
};

Rules *rules_new(Arena *arena, const AllocatedAxes *axes, const Books *books, Day known, Period period)
{
    Rules *rules = ARENA_NEW(arena, Rules);
    *rules = (Rules){.arena = arena, .axes = axes, .books = books, .known = known, .period = period};
    rules->runs = ARENA_MANY(arena, RunsFound, axes->municipalities.count * axes->segments.count * COHORTS);
    rules->cohort_count = (size_t)(period_days(period) + DAYS_BEFORE);
    rules->cohorts = ARENA_MANY(arena, CohortFound, rules->cohort_count);
    return rules;
}

Pieces rules_runs(Rules *rules, size_t municipality, size_t segment, Cohort cohort)
{
    RunsFound *found = &rules->runs[(municipality * rules->axes->segments.count + segment) * COHORTS + cohort];
    if (!found->known)
        *found = (RunsFound){
            true, books_pieces(rules->arena, rules->books, "", axis_code(&rules->axes->municipalities, municipality),
                               axis_code(&rules->axes->segments, segment), cohort, rules->period, rules->known)};
    return found->runs;
}

const FundingRule *rules_funding(Rules *rules, size_t municipality, size_t segment, Cohort cohort, Day day)
{
    Pieces runs = rules_runs(rules, municipality, segment, cohort);
    for (size_t i = 0; i < runs.count; i++)
        if (period_has(runs.pieces[i].period, day))
            return runs.pieces[i].funding;
    return NULL;
}

static const CohortRule *cohort_rule(Rules *rules, Day day)
{
    int64_t place = (int64_t)day.number - rules->period.first.number + DAYS_BEFORE;
    CohortFound outside = {0};
    bool inside = place >= 0 && (size_t)place < rules->cohort_count;
    CohortFound *found = inside ? &rules->cohorts[place] : &outside;
    if (!found->known) {
        found->known = true;
        books_cohort(rules->books, NULL, 0, day, rules->known, &found->rule);
    }
    return found->rule;
}

Cohort rules_cohort(Rules *rules, const Allocated *allocated, Day day)
{
    const CohortRule *now = cohort_rule(rules, day);
    if (!now || now == cohort_rule(rules, allocated->period.first))
        return now ? allocated->cohort : (Cohort)0;
    Period care = {allocated->period.first, day_plus(day, -1)};
    return cohort_by_rule(now, &care, period_days(care) > 0);
}

Funding rules_meant(Rules *rules, const Allocated *allocated, size_t municipality, size_t segment, Day day)
{
    Cohort cohort = rules_cohort(rules, allocated, day);
    const FundingRule *rule = cohort ? rules_funding(rules, municipality, segment, cohort, day) : NULL;
    if (!rule)
        return (Funding)0;
    bool ran_before = day_compare(allocated->period.first, rule->entry.holds.first) < 0;
    bool is_due = rule->running == RUNNING_CONVERT && day_compare(rule->convert_on, day) <= 0;
    return ran_before && !is_due ? allocated->funding : rule->funding;
}

static bool same_runs(Pieces a, Pieces b)
{
    bool same = a.count == b.count;
    for (size_t i = 0; i < a.count && same; i++)
        same = a.pieces[i].funding == b.pieces[i].funding &&
               day_compare(a.pieces[i].period.last, b.pieces[i].period.last) == 0;
    return same;
}

bool rules_agree(Rules *rules, Rules *others)
{
    for (size_t municipality = 0; municipality < rules->axes->municipalities.count; municipality++)
        for (size_t segment = 0; segment < rules->axes->segments.count; segment++)
            for (Cohort cohort = COHORT_NEW; cohort <= COHORT_EXISTING; cohort++)
                if (!same_runs(rules_runs(rules, municipality, segment, cohort),
                               rules_runs(others, municipality, segment, cohort)))
                    return false;
    for (size_t i = 0; i < rules->cohort_count; i++) {
        Day day = day_plus(rules->period.first, (int32_t)i - DAYS_BEFORE);
        if (cohort_rule(rules, day) != cohort_rule(others, day))
            return false;
    }
    return true;
}
