#include "billing/core/ledger.h"

#include <string.h>

/* Sums by year of service, in order of year. There are few years in one declaration. */
typedef struct Sums {
    Arena *arena;
    Payable *years;
    size_t count;
    size_t room;
} Sums;

static size_t place_of(const Sums *sums, int32_t year)
{
    size_t first = 0;
    size_t end = sums->count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (sums->years[middle].service_year < year)
            first = middle + 1;
        else
            end = middle;
    }
    return first;
}

static Payable *sum_of(Sums *sums, int32_t year)
{
    size_t place = place_of(sums, year);
    if (place < sums->count && sums->years[place].service_year == year)
        return &sums->years[place];

    if (sums->count == sums->room) {
        enum { ROOM_FIRST = 8 };
        sums->room = sums->room ? sums->room * 2 : ROOM_FIRST;
        Payable *years = ARENA_MANY(sums->arena, Payable, sums->room);
        if (sums->count)
            memcpy(years, sums->years, sums->count * sizeof *years);
        sums->years = years;
    }
    memmove(sums->years + place + 1, sums->years + place, (sums->count - place) * sizeof *sums->years);
    sums->count++;
    sums->years[place] = (Payable){.service_year = year};
    return &sums->years[place];
}

/* No sum overflows: the amounts of one declaration fit in one even when none is taken off. */
static void add_to(Sums *sums, int32_t year, Money amount)
{
    sum_of(sums, year)->amount.cents += amount.cents;
}

/* From one account to another: two postings for each year in which something moves. */
static Postings moved(const Sums *sums, Account debet, Account credit, Day known)
{
    Postings postings = {.postings = ARENA_MANY(sums->arena, Posting, sums->count * 2)};
    int32_t booked_year = day_parts(known).year;
    for (size_t i = 0; i < sums->count; i++) {
        Money amount = sums->years[i].amount;
        int32_t year = sums->years[i].service_year;
        if (amount.cents == 0)
            continue;
        postings.postings[postings.count++] = (Posting){debet, year, booked_year, amount, NULL};
        postings.postings[postings.count++] = (Posting){credit, year, booked_year, money_negated(amount), NULL};
    }
    return postings;
}

static bool is_closed(ClosedYears closed, int32_t year)
{
    for (size_t i = 0; i < closed.count; i++)
        if (closed.years[i] == year)
            return true;
    return false;
}

int32_t ledger_year(ClosedYears closed, int32_t service_year, Day known)
{
    int32_t year = day_parts(known).year;
    return service_year < year && !is_closed(closed, service_year) ? service_year : year;
}

void ledger_book(Postings *postings, ClosedYears closed, Day known)
{
    for (size_t i = 0; i < postings->count; i++)
        postings->postings[i].booked_year = ledger_year(closed, postings->postings[i].service_year, known);
}

/* Lines of one declaration are mostly of one year: it is worked out anew only when the day leaves it. */
typedef struct Year {
    Period days;
    int32_t number;
} Year;

static int32_t year_of(Year *newest, Day day)
{
    if (!period_has(newest->days, day))
        *newest = (Year){period_year(day), day_parts(day).year};
    return newest->number;
}

Postings ledger_post_lines(Arena *arena, const JudgedLine *lines, size_t count, Day known)
{
    Sums sums = {.arena = arena};
    Year newest = {.days = {DAY_LAST, DAY_FIRST}};
    for (size_t i = 0; i < count; i++) {
        const JudgedLine *judged = &lines[i];
        if (judged->reason != BILLING_APPROVED)
            continue;
        int32_t year = year_of(&newest, judged->line->period.first);
        add_to(&sums, year, judged->debet ? money_negated(judged->amount) : judged->amount);
    }
    return moved(&sums, ACCOUNT_COST, ACCOUNT_PAYABLE, known);
}

void ledger_add_cost(Postings *postings, const char *document, Account against, int32_t service_year, Money amount,
                     Day known)
{
    if (amount.cents == 0)
        return;
    int32_t booked_year = day_parts(known).year;
    postings->postings[postings->count++] = (Posting){ACCOUNT_COST, service_year, booked_year, amount, document};
    postings->postings[postings->count++] =
        (Posting){against, service_year, booked_year, money_negated(amount), document};
}

/* What one declaration takes back under one document, in one year. */
typedef struct TakenBack {
    const char *document;
    Account against;
    int32_t year;
    Money amount;
} TakenBack;

/* Few documents stand behind the lines that one declaration credits. */
static void take_back(TakenBack *list, size_t *count, const Adjusted *adjusted, int32_t year)
{
    Account against = adjusted->way == CORRECTIONS_DECLARED ? ACCOUNT_EXPECTED_CORRECTION : ACCOUNT_PAYABLE;
    size_t place = 0;
    while (place < *count && !(list[place].year == year && strcmp(list[place].document, adjusted->document) == 0))
        place++;
    if (place == *count)
        list[(*count)++] = (TakenBack){.document = adjusted->document, .against = against, .year = year};
    list[place].amount.cents -= adjusted->amount.cents;
}

static size_t count_adjusted(const JudgedLine *lines, size_t count)
{
    size_t adjusted = 0;
    for (size_t i = 0; i < count; i++)
        if (lines[i].reason == BILLING_APPROVED && lines[i].debet)
            adjusted += lines[i].debet->adjusted_count;
    return adjusted;
}

Postings ledger_post_taken_back(Arena *arena, const JudgedLine *lines, size_t count, Day known)
{
    size_t adjusted = count_adjusted(lines, count);
    if (adjusted == 0)
        return (Postings){0};

    TakenBack *list = ARENA_MANY(arena, TakenBack, adjusted);
    size_t documents = 0;
    for (size_t i = 0; i < count; i++) {
        const JudgedLine *debet = lines[i].reason == BILLING_APPROVED ? lines[i].debet : NULL;
        for (size_t j = 0; debet && j < debet->adjusted_count; j++)
            take_back(list, &documents, &debet->adjusted[j], day_parts(debet->line->period.first).year);
    }
    Postings postings = {.postings = ARENA_MANY(arena, Posting, documents * 2)};
    for (size_t i = 0; i < documents; i++)
        ledger_add_cost(&postings, list[i].document, list[i].against, list[i].year, list[i].amount, known);
    return postings;
}

Postings ledger_join(Arena *arena, Postings first, Postings second)
{
    if (second.count == 0)
        return first;
    Postings both = {.postings = ARENA_MANY(arena, Posting, first.count + second.count)};
    for (size_t i = 0; i < first.count; i++)
        both.postings[both.count++] = first.postings[i];
    for (size_t i = 0; i < second.count; i++)
        both.postings[both.count++] = second.postings[i];
    return both;
}

static bool same_way(Money a, Money b)
{
    return (a.cents > 0) == (b.cents > 0);
}

/* The one nearer to zero of two that go the same way. */
static Money smaller(Money a, Money b)
{
    return (a.cents > 0) == (a.cents < b.cents) ? a : b;
}

static Money payable_in_all(const DeclarationNumber *number)
{
    Money sum = {0};
    for (size_t i = 0; i < number->payable_count; i++)
        sum.cents += number->payables[i].amount.cents;
    return sum;
}

BillingReason ledger_post_payment(Arena *arena, const DeclarationNumber *number, Money amount, Day known,
                                  Postings *postings_out)
{
    if (!number->used)
        return BILLING_DECLARATION_UNKNOWN;

    Money payable = payable_in_all(number);
    if (amount.cents == 0 || payable.cents == 0 || !same_way(amount, payable) ||
        smaller(amount, payable).cents != amount.cents)
        return BILLING_NOTHING_PAYABLE;

    Sums settled = {.arena = arena};
    Money left = amount;
    for (int against = 1; against >= 0; against--) {
        for (size_t i = 0; i < number->payable_count; i++) {
            const Payable *year = &number->payables[i];
            if (year->amount.cents == 0 || same_way(year->amount, payable) == against)
                continue;
            Money part = against ? year->amount : smaller(year->amount, left);
            add_to(&settled, year->service_year, part);
            left.cents -= part.cents;
        }
    }
    *postings_out = moved(&settled, ACCOUNT_PAYABLE, ACCOUNT_PAID, known);
    return BILLING_PAYMENT_BOOKED;
}

void ledger_note_payable(Arena *arena, DeclarationNumber *number, const Postings *postings)
{
    Sums sums = {
        .arena = arena, .years = number->payables, .count = number->payable_count, .room = number->payable_count};
    for (size_t i = 0; i < postings->count; i++) {
        const Posting *posting = &postings->postings[i];
        if (posting->account == ACCOUNT_PAYABLE && !posting->document)
            sum_of(&sums, posting->service_year)->amount.cents -= posting->amount.cents;
    }
    number->payables = sums.years;
    number->payable_count = sums.count;
}

static bool same_document(const Posting *a, const Posting *b)
{
    return strcmp(a->document ? a->document : "", b->document ? b->document : "") == 0;
}

bool ledger_balances(const Postings *postings)
{
    for (size_t i = 0; i < postings->count; i++) {
        __int128 sum = 0;
        for (size_t j = 0; j < postings->count; j++)
            if (postings->postings[j].service_year == postings->postings[i].service_year &&
                same_document(&postings->postings[j], &postings->postings[i]))
                sum += postings->postings[j].amount.cents;
        if (sum != 0)
            return false;
    }
    return true;
}
