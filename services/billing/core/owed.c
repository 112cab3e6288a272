#include "billing/core/owed.h"

#include <string.h>

static const char *const KIND_NAMES[] = {
#define OWED_KIND_NAME(name) #name,
    OWED_KINDS(OWED_KIND_NAME)
#undef OWED_KIND_NAME
};

const char *owed_kind_name(OwedKind kind)
{
    return KIND_NAMES[kind];
}

static bool add(OwedSum *sum, OwedKind kind, Money amount)
{
    return money_add(sum->kinds[kind], amount, &sum->kinds[kind]) && money_add(sum->net, amount, &sum->net);
}

static bool add_sum(OwedSum *sum, const OwedSum *part)
{
    for (OwedKind kind = 0; kind < OWED_KIND_COUNT; kind++)
        if (!money_add(sum->kinds[kind], part->kinds[kind], &sum->kinds[kind]))
            return false;
    return money_add(sum->net, part->net, &sum->net);
}

static bool add_totals(OwedTotals *totals, const OwedTotals *part)
{
    return add_sum(&totals->before, &part->before) && add_sum(&totals->after, &part->after) &&
           money_add(totals->difference, part->difference, &totals->difference);
}

static bool same_provider(const OwedFact *a, const OwedFact *b)
{
    return strcmp(a->provider, b->provider) == 0;
}

static bool same_line(const OwedFact *a, const OwedFact *b)
{
    return same_provider(a, b) && strcmp(a->line, b->line) == 0;
}

/* The facts of the first line. */
static bool take_line(const OwedFact *facts, size_t count, Day from, OwedLine *line_out)
{
    OwedLine line = {.facts = facts};
    while (line.fact_count < count && same_line(&facts[0], &facts[line.fact_count])) {
        const OwedFact *fact = &facts[line.fact_count++];
        OwedTotals *totals = &line.totals;
        bool is_before = day_compare(fact->known, from) <= 0;
        line.news += is_before;
        if (is_before ? !add(&totals->before, fact->kind, fact->amount)
                      : !money_add(totals->difference, fact->amount, &totals->difference))
            return false;
        if (!add(&totals->after, fact->kind, fact->amount))
            return false;
    }
    *line_out = line;
    return true;
}

/* The lines of the first provider, written behind `lines`. */
static bool take_provider(const OwedFact *facts, size_t count, Day from, OwedLine *lines, size_t *taken_out,
                          OwedProvider *provider_out)
{
    OwedProvider provider = {.lines = lines};
    size_t taken = 0;
    while (taken < count && same_provider(&facts[0], &facts[taken])) {
        OwedLine *line = &lines[provider.line_count++];
        if (!take_line(facts + taken, count - taken, from, line) || !add_totals(&provider.totals, &line->totals))
            return false;
        taken += line->fact_count;
    }
    *taken_out = taken;
    *provider_out = provider;
    return true;
}

/* In the order of kind and book. */
static OwedCause *cause_of(OwedCause *causes, size_t *count, const OwedFact *fact)
{
    size_t place = 0;
    while (place < *count &&
           (causes[place].kind < fact->kind || (causes[place].kind == fact->kind && causes[place].book < fact->book)))
        place++;
    bool is_there = place < *count && causes[place].kind == fact->kind && causes[place].book == fact->book;
    if (!is_there) {
        memmove(causes + place + 1, causes + place, (*count - place) * sizeof *causes);
        causes[place] = (OwedCause){.kind = fact->kind, .book = fact->book, .first = fact};
        (*count)++;
    }
    return &causes[place];
}

static size_t count_books(const OwedFact *facts, size_t count)
{
    size_t books = 0;
    for (size_t i = 0; i < count; i++)
        if ((size_t)facts[i].book > books)
            books = (size_t)facts[i].book;
    return books + 1;
}

static bool find_causes(Arena *arena, const OwedFact *facts, size_t count, Day from, Owed *owed)
{
    size_t most = OWED_KIND_COUNT * count_books(facts, count);
    OwedCause *causes = ARENA_MANY(arena, OwedCause, most);
    for (size_t i = 0; i < count; i++) {
        if (day_compare(facts[i].known, from) <= 0)
            continue;
        OwedCause *cause = cause_of(causes, &owed->cause_count, &facts[i]);
        cause->facts++;
        if (!money_add(cause->difference, facts[i].amount, &cause->difference))
            return false;
    }
    owed->causes = causes;
    return true;
}

bool owed_add_up(Arena *arena, const OwedFact *facts, size_t count, Day from, Owed *owed_out)
{
    OwedLine *lines = ARENA_MANY(arena, OwedLine, count);
    OwedProvider *providers = ARENA_MANY(arena, OwedProvider, count);
    Owed owed = {.providers = providers};
    for (size_t at = 0, taken; at < count; at += taken) {
        OwedProvider *provider = &providers[owed.provider_count++];
        if (!take_provider(facts + at, count - at, from, lines + owed.line_count, &taken, provider) ||
            !add_totals(&owed.totals, &provider->totals))
            return false;
        owed.line_count += provider->line_count;
    }
    if (!find_causes(arena, facts, count, from, &owed))
        return false;
    *owed_out = owed;
    return true;
}
