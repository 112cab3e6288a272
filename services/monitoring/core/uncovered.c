#include "monitoring/core/uncovered.h"

#include <stdlib.h>
#include <string.h>

static const Column COLUMNS[] = {
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"provider", HOLDS_TEXT, "Aanbieder", "Provider"},
    {"segment", HOLDS_TEXT, "Segment", "Segment"},
    {"clients", HOLDS_COUNT, "Cliënten zonder contract", "Clients without a contract"},
    {"allocations", HOLDS_COUNT, "Toewijzingen", "Allocations"},
    {"first_day", HOLDS_DAY, "Eerste dag", "First day"},
    {"last_day", HOLDS_DAY, "Laatste dag", "Last day"},
};

enum { MUNICIPALITY, PROVIDER, SEGMENT, CLIENTS, ALLOCATIONS, FIRST_DAY, LAST_DAY };

const TableCard uncovered_card = {
    .name = "uncovered",
    .dutch = "Toegewezen zorg die op een dag tot het einde van het jaar onder geen contract valt.",
    .english = "Care granted that no contract covers on some day until the end of the year.",
    .wide = false,
    .filters = FILTER_MUNICIPALITY | FILTER_PROVIDER,
    .columns = COLUMNS,
    .column_count = sizeof COLUMNS / sizeof *COLUMNS,
};

Period uncovered_days(const Question *question)
{
    Period year = question_year(question);
    bool within = period_has(year, question->known_on);
    return (Period){within ? question->known_on : year.first, year.last};
}

/* The contracts of one provider in a municipality and segment, looked up once. */
typedef struct Agreed {
    bool known;
    Pieces pieces;
} Agreed;

/* What is found in one place; days are empty where nothing is. */
typedef struct Found {
    int64_t clients;
    int64_t allocations;
    int64_t newest; /* the number of the client that was counted last */
    Period days;
} Found;

typedef struct Search {
    Arena *arena;
    const Books *books;
    Day known;
    Period days;
    AllocatedAxes axes;
    Axis providers;
    Agreed *agreed;
    Found *found; /* municipalities × providers × segments, each with its total */
} Search;

static const Pieces *contracts(Search *search, const Allocated *allocated, const size_t place[3])
{
    size_t at = (place[0] * search->providers.count + place[1]) * search->axes.segments.count + place[2];
    Agreed *agreed = &search->agreed[at];
    if (!agreed->known)
        *agreed =
            (Agreed){true, books_pieces(search->arena, search->books, allocated->provider, allocated->municipality,
                                        allocated->segment, COHORT_NEW, search->days, search->known)};
    return &agreed->pieces;
}

static bool covers(const Contract *contract, const Allocated *allocated)
{
    if (!contract)
        return false;
    if (allocated->funding == FUNDING_PIC)
        return contract_covers_pic(contract, allocated->pic);
    return contract->all_products || contract->product_count > 0;
}

/* The first to the last day without a contract. */
static Period bare_days(const Pieces *pieces, const Allocated *allocated)
{
    Period bare = {DAY_LAST, DAY_FIRST};
    for (size_t i = 0; i < pieces->count; i++) {
        Period meeting = period_meet(pieces->pieces[i].period, allocated->period);
        if (period_days(meeting) == 0 || covers(pieces->pieces[i].contract, allocated))
            continue;
        bare = (Period){day_earliest(bare.first, meeting.first), day_latest(bare.last, meeting.last)};
    }
    return bare;
}

static Found *found_at(const Search *search, size_t municipality, size_t provider, size_t segment)
{
    return &search
                ->found[(municipality * (search->providers.count + 1) + provider) * (search->axes.segments.count + 1) +
                        segment];
}

/* In its place and in every total; `client` numbers them from one on. */
static void note(const Search *search, const size_t place[3], int64_t client, Period bare)
{
    const size_t totals[] = {search->axes.municipalities.count, search->providers.count, search->axes.segments.count};
    for (int i = 0; i < 8; i++) {
        Found *found =
            found_at(search, i & 1 ? totals[0] : place[0], i & 2 ? totals[1] : place[1], i & 4 ? totals[2] : place[2]);
        found->days = found->allocations ? (Period){day_earliest(found->days.first, bare.first),
                                                    day_latest(found->days.last, bare.last)}
                                         : bare;
        found->allocations++;
        found->clients += found->newest != client;
        found->newest = client;
    }
}

static void search_all(Search *search, AllocatedList allocated)
{
    int64_t client = 0;
    for (size_t i = 0; i < allocated.count; i++) {
        const Allocated *one = &allocated.list[i];
        client += i == 0 || one->client != allocated.list[i - 1].client;
        const size_t place[] = {axis_place(&search->axes.municipalities, one->municipality),
                                axis_place(&search->providers, one->provider),
                                axis_place(&search->axes.segments, one->segment)};
        Period bare = bare_days(contracts(search, one, place), one);
        if (period_days(bare) > 0)
            note(search, place, client, bare);
    }
}

static void add_row(const Search *search, Table *table, size_t municipality, size_t provider, size_t segment)
{
    const Found *found = found_at(search, municipality, provider, segment);
    Value *row = table_add(table);
    row[MUNICIPALITY] = value_text(axis_code(&search->axes.municipalities, municipality));
    row[PROVIDER] = value_text(axis_code(&search->providers, provider));
    row[SEGMENT] = value_text(axis_code(&search->axes.segments, segment));
    row[CLIENTS] = value_number(found->clients);
    row[ALLOCATIONS] = value_number(found->allocations);
    if (found->allocations) {
        row[FIRST_DAY] = value_day(found->days.first);
        row[LAST_DAY] = value_day(found->days.last);
    }
}

/* All that is asked for together. */
static bool is_whole(const Search *search, const Question *question, size_t municipality, size_t provider,
                     size_t segment)
{
    return (municipality == search->axes.municipalities.count || *question->municipality) &&
           (provider == search->providers.count || *question->provider) && segment == search->axes.segments.count;
}

/* Places where there is nothing have no row; that there is nothing at all is told by the total. */
void uncovered_tell(const Question *question, const Books *books, AllocatedList allocated, Table *table)
{
    Arena *arena = table->arena;
    Search search = {
        .arena = arena,
        .books = books,
        .known = question->known_on,
        .days = uncovered_days(question),
        .axes = allocated_axes(arena, question, allocated),
    };
    axis_add(arena, &search.providers, question->provider);
    for (size_t i = 0; i < allocated.count; i++)
        axis_add(arena, &search.providers, allocated.list[i].provider);
    axis_close(&search.providers);
    size_t municipalities = search.axes.municipalities.count, providers = search.providers.count,
           segments = search.axes.segments.count;
    search.agreed = ARENA_MANY(arena, Agreed, municipalities * providers * segments);
    search.found = ARENA_MANY(arena, Found, (municipalities + 1) * (providers + 1) * (segments + 1));
    search_all(&search, allocated);

    for (size_t municipality = 0; municipality <= municipalities; municipality++)
        for (size_t provider = 0; provider <= providers; provider++)
            for (size_t segment = 0; segment <= segments; segment++) {
                bool asked = axis_shows(&search.axes.municipalities, municipality, question->municipality) &&
                             axis_shows(&search.providers, provider, question->provider);
                if (asked && (is_whole(&search, question, municipality, provider, segment) ||
                              found_at(&search, municipality, provider, segment)->allocations))
                    add_row(&search, table, municipality, provider, segment);
            }
}
