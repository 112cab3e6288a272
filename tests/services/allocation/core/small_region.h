/*
 * A small region to judge in: two municipalities, three providers, four books.
 *
 * What is heard is judged and taken in at once, as a turn does, and every reason that comes up
 * is remembered, so that a test can count those that never did.
 */
#pragma once

#include "allocation/core/decide.h"
#include "base/partition.h"
#include "support/unit.h"

#include <stdlib.h>

#define DELFT "0503"
#define THE_HAGUE "0518"
#define PROVIDER "90000001"
#define SMALL_PROVIDER "90000002"

typedef struct SmallRegion {
    Arena *arena;
    Book *book_list[4];
    Books books;
    Standing *standing;
} SmallRegion;

static bool reasons_seen[ALLOCATION_REASON_COUNT];

static inline Day day(const char *text)
{
    Day read = {0};
    assert_true(day_read(text, &read));
    return read;
}

static inline Period days(const char *first, const char *last)
{
    return (Period){day(first), day(last)};
}

static inline Bytes small_region_file(Arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    uint8_t *text = arena_take(arena, 1 << 16);
    size_t size = fread(text, 1, 1 << 16, file);
    fclose(file);
    return (Bytes){text, size};
}

/* Only the first `book_count` books are heard. */
static inline SmallRegion small_region_open(size_t book_count)
{
    static const char *const KNOWN[] = {"2018-07-03", "2019-04-01", "2020-06-30", "2020-10-01"};
    SmallRegion region = {.arena = arena_new()};
    for (size_t i = 0; i < book_count; i++) {
        const char *path = arena_format(region.arena, "tests/services/allocation/core/books/%03zu.yaml", i + 1);
        BookFile file = {"book.yaml", small_region_file(region.arena, path)};
        BookFaults faults = book_faults(region.arena);
        if (!book_read(&file, 1, &region.book_list[i], &faults))
            fail_msg("%s:%d: %s", path, faults.faults[0].line, faults.faults[0].what);
        assert_true(books_add(&region.books, region.book_list[i], day(KNOWN[i])));
    }
    return region;
}

/* Nobody is in care and nothing was asked; called once `region` stands where it stays. */
static inline void small_region_empty(SmallRegion *region)
{
    region->standing = standing_new(region->arena);
    for (size_t i = 0; i < PARTITIONS; i++)
        region->standing->partitions[i].books = &region->books;
}

static inline void small_region_close(SmallRegion *region)
{
    for (size_t i = 0; i < COUNT(region->book_list); i++)
        book_free(region->book_list[i]);
    arena_free(region->arena);
}

static inline Conversation between(const char *municipality, const char *provider)
{
    return (Conversation){partition_of(municipality, provider), municipality, provider};
}

static inline AllocationDecision hear(SmallRegion *region, CareFact fact)
{
    CareFact *kept = arena_copy(region->arena, &fact, sizeof fact);
    AllocationDecision decision = allocation_decide(region->arena, kept, region->standing);
    standing_take(region->standing, kept->conversation, &decision);
    reasons_seen[decision.reason] = true;
    for (size_t i = 0; i < decision.line_count; i++)
        reasons_seen[decision.lines[i].reason] = true;
    return decision;
}

/* what is asked */

static const Period ON_REFERENCE_DAY[] = {{{18080}, {18300}}}; /* 2019-07-03 to 2020-02-08 */
static const char *const ONE_RESULT[] = {"R1"};

static inline Client new_client(const char *reference)
{
    return (Client){.reference = reference, .age_first = 11, .age_last = 12};
}

static inline Client existing_client(const char *reference)
{
    Client client = new_client(reference);
    client.care_periods = ON_REFERENCE_DAY;
    client.care_period_count = COUNT(ON_REFERENCE_DAY);
    return client;
}

static const AllocatedProduct HOURS[] = {{"45", "45A48", 3, UNIT_HOUR, FREQUENCY_PER_WEEK}};
static const AllocatedProduct HIGH_HOURS[] = {{"54", "54001", 3, UNIT_HOUR, FREQUENCY_PER_WEEK}};

/* A request that nothing is wrong with: a GP refers, a PIC and a product are named. */
static inline CareFact asks(const char *reference, Client client, const char *municipality, Period period,
                            const char *known)
{
    return (CareFact){
        .kind = FACT_CARE_REQUEST,
        .conversation = between(municipality, PROVIDER),
        .known = day(known),
        .care_request =
            {
                .reference = reference,
                .client = client,
                .referrer = REFERRER_GP,
                .decision = "",
                .segment = "SPECIALIST",
                .pic = {"P1", "INTENSIEF"},
                .results = {ONE_RESULT, 1},
                .period = period,
                .products = {HOURS, 1},
                .granted_by = "",
            },
    };
}

/* Care of the old administration: three hours a week in Delft. */
static inline CareFact takes_over(const char *number, Client client, Period period)
{
    return (CareFact){
        .kind = FACT_TAKE_OVER,
        .conversation = between(DELFT, PROVIDER),
        .known = day("2019-06-03"),
        .take_over =
            {
                .client = client,
                .allocation = number,
                .segment = "SPECIALIST",
                .pic = {"", ""},
                .period = period,
                .product = HOURS[0],
                .referrer = REFERRER_GP,
            },
    };
}

/* in words */

static inline const char *told(Arena *arena, const Allocation *allocation)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE];
    return arena_format(arena, "%s..%s %s %s %lld %s%s", day_write(allocation->period.first, first),
                        day_write(allocation->period.last, last), funding_name(allocation->funding),
                        allocation->product.code, (long long)allocation->product.volume,
                        unit_name(allocation->product.unit), allocation->removed ? " removed" : "");
}

/* "2020-03-01..2020-08-31 PIC P1INT 450000 EURO"; several are joined by "; ". */
static inline const char *told_all(Arena *arena, Allocations allocations)
{
    const char *words = "";
    for (size_t i = 0; i < allocations.count; i++)
        words = arena_format(arena, "%s%s%s", words, i ? "; " : "", told(arena, &allocations.list[i]));
    return words;
}

#define assert_reason(decision, expected)                                                                        \
    do {                                                                                                         \
        if ((decision).reason != (expected))                                                                     \
            fail_msg("%s, not %s", allocation_reason_name((decision).reason), allocation_reason_name(expected)); \
    } while (0)
