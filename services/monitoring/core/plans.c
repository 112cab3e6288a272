#include "monitoring/core/plans.h"

#include "monitoring/core/months.h"
#include "monitoring/core/rules.h"
#include "monitoring/core/wide.h"

static const Column COLUMNS[] = {
    {"book", HOLDS_NUMBER, "Boek", "Book"},
    {"slug", HOLDS_TEXT, "Besluit", "Decision"},
    {"known_day", HOLDS_DAY, "Bekend sinds", "Known since"},
    {"municipality", HOLDS_TEXT, "Gemeente", "Municipality"},
    {"segment", HOLDS_TEXT, "Segment", "Segment"},
    {"month", HOLDS_MONTH, "Maand", "Month"},
    {"clients", HOLDS_COUNT, "Cliënten in zorg aan het eind van de maand", "Clients in care at the end of the month"},
    {"planned_share", HOLDS_SHARE, "Betaald per PIC volgens het boek", "Paid by PIC by the book"},
    {"real_share", HOLDS_SHARE, "Werkelijk betaald per PIC", "Really paid by PIC"},
};

enum { BOOK, SLUG, KNOWN_DAY, MUNICIPALITY, SEGMENT, MONTH, CLIENTS, PLANNED_SHARE, REAL_SHARE };

const TableCard plans_card = {
    .name = "plans",
    .dutch = "Welk deel van de cliënten volgens elk boek per PIC betaald zou worden, en welk deel dat werkelijk werd.",
    .english = "What share of clients each book meant to be paid by PIC, and what share was.",
    .wide = true,
    .filters = FILTER_MUNICIPALITY,
    .columns = COLUMNS,
    .column_count = sizeof COLUMNS / sizeof *COLUMNS,
};

/* Two of them: what is planned or real, and the rest of the clients. */
enum { BY_PIC, OTHERWISE, WAYS };

/* Clients at the end of each month, by how their care is paid. */
typedef struct Split {
    Cube by_pic; /* municipalities × segments × months */
    Cube apart;  /* municipalities × (segments × ways) × months: what hides what */
} Split;

/* A client's care in one municipality and segment. */
typedef struct Stay {
    int64_t client;
    uint16_t municipality, segment;
    MonthSet all;
    MonthSet by_pic;
} Stay;

typedef struct Plans {
    Arena *arena;
    const Question *question;
    YearMonths year;
    AllocatedAxes axes;
    AllocatedList allocated;
    Spell *places; /* of each allocation, with the months at whose end it runs */
    Stay *stays;
    Spell *spells;
    Cube clients;
    Split real;
} Plans;

static void find_places(Plans *plans)
{
    plans->places = ARENA_MANY(plans->arena, Spell, plans->allocated.count);
    plans->stays = ARENA_MANY(plans->arena, Stay, plans->allocated.count);
    plans->spells = ARENA_MANY(plans->arena, Spell, plans->allocated.count * WAYS);
    for (size_t i = 0; i < plans->allocated.count; i++) {
        const Allocated *one = &plans->allocated.list[i];
        plans->places[i] = (Spell){
            .client = one->client,
            .municipality = (uint16_t)axis_place(&plans->axes.municipalities, one->municipality),
            .label = (uint16_t)axis_place(&plans->axes.segments, one->segment),
            .months = months_ended_in(&plans->year, one->period),
        };
    }
}

/* ---- one way in which care is or should be paid ---- */

/* The months of an allocation in which it is paid by PIC. */
typedef MonthSet PaidByPic(const Plans *plans, Rules *rules, size_t allocation);

static MonthSet really_by_pic(const Plans *plans, Rules *rules, size_t allocation)
{
    (void)rules;
    return plans->allocated.list[allocation].funding == FUNDING_PIC ? plans->places[allocation].months : 0;
}

static MonthSet meant_by_pic(const Plans *plans, Rules *rules, size_t allocation)
{
    const Spell *place = &plans->places[allocation];
    MonthSet months = 0;
    for (size_t month = 0; month < MONTHS_OF_YEAR; month++)
        if (place->months >> month & 1 && rules_meant(rules, &plans->allocated.list[allocation], place->municipality,
                                                      place->label, month_end(&plans->year, month)) == FUNDING_PIC)
            months |= (MonthSet)(1u << month);
    return months;
}

static size_t find_stays(Plans *plans, PaidByPic *paid, Rules *rules)
{
    size_t count = 0, first = 0; /* of this client */
    for (size_t i = 0; i < plans->allocated.count; i++) {
        const Spell *place = &plans->places[i];
        if (i > 0 && place->client != plans->places[i - 1].client)
            first = count;
        size_t at = first;
        while (at < count &&
               (plans->stays[at].municipality != place->municipality || plans->stays[at].segment != place->label))
            at++;
        if (at == count)
            plans->stays[count++] = (Stay){place->client, place->municipality, place->label, 0, 0};
        plans->stays[at].all |= place->months;
        plans->stays[at].by_pic |= paid(plans, rules, i);
    }
    return count;
}

static Split split_by(Plans *plans, PaidByPic *paid, Rules *rules)
{
    size_t count = find_stays(plans, paid, rules);
    size_t municipalities = plans->axes.municipalities.count, segments = plans->axes.segments.count;
    Split split = {.by_pic = cube_new(plans->arena, municipalities, segments, MONTHS_OF_YEAR)};
    for (size_t i = 0; i < count; i++) {
        const Stay *stay = &plans->stays[i];
        plans->spells[i] = (Spell){stay->client, stay->municipality, stay->segment, stay->by_pic};
    }
    months_count(plans->arena, &split.by_pic, plans->spells, count);
    if (plans->question->exact)
        return split;

    split.apart = cube_new(plans->arena, municipalities, segments * WAYS, MONTHS_OF_YEAR);
    for (size_t i = 0; i < count; i++) {
        const Stay *stay = &plans->stays[i];
        MonthSet otherwise = (MonthSet)(stay->all & ~stay->by_pic);
        plans->spells[2 * i] =
            (Spell){stay->client, stay->municipality, (uint16_t)(stay->segment * WAYS + BY_PIC), stay->by_pic};
        plans->spells[2 * i + 1] =
            (Spell){stay->client, stay->municipality, (uint16_t)(stay->segment * WAYS + OTHERWISE), otherwise};
    }
    months_count(plans->arena, &split.apart, plans->spells, count * WAYS);
    cube_widen(plans->arena, &split.apart);
    return split;
}

static void count_clients(Plans *plans)
{
    plans->clients =
        cube_new(plans->arena, plans->axes.municipalities.count, plans->axes.segments.count, MONTHS_OF_YEAR);
    months_count(plans->arena, &plans->clients, plans->places, plans->allocated.count);
}

/* ---- rows ---- */

/* Whether anything that the clients of a place are split into is hidden. */
static bool is_hidden(const Plans *plans, const Split *split, size_t municipality, size_t segment, size_t month)
{
    if (plans->question->exact)
        return false;
    size_t segments = plans->axes.segments.count;
    bool hidden = false;
    for (size_t s = 0; s < segments; s++)
        for (size_t way = 0; way < WAYS && (segment == segments || segment == s); way++)
            hidden |= cube_at(&split->apart, municipality, s * WAYS + way, month)->hidden;
    return hidden;
}

/* A wide audience sees the share that rounded counts make: an exact one would tell the counts. */
static Value share_in(const Plans *plans, const Split *split, size_t municipality, size_t segment, size_t month)
{
    int64_t part = cube_at(&split->by_pic, municipality, segment, month)->count;
    int64_t whole = cube_at(&plans->clients, municipality, segment, month)->count;
    if (plans->question->exact)
        return share_of(part, whole);
    if (is_hidden(plans, split, municipality, segment, month))
        return VALUE_NOT_FOR_YOU;
    return share_of(wide_count(part, false).number, wide_count(whole, false).number);
}

static void add_row(const Plans *plans, const KnownBook *book, const Split *planned, Table *table,
                    const size_t place[3])
{
    int64_t clients = cube_at(&plans->clients, place[0], place[1], place[2])->count;
    Value *row = table_add(table);
    row[BOOK] = value_number(book_number(book->book));
    row[SLUG] = value_text(book_slug(book->book));
    row[KNOWN_DAY] = value_day(book->known);
    row[MUNICIPALITY] = value_text(axis_code(&plans->axes.municipalities, place[0]));
    row[SEGMENT] = value_text(axis_code(&plans->axes.segments, place[1]));
    row[MONTH] = value_day(day_of(plans->question->year, (int32_t)place[2] + 1, 1));
    row[CLIENTS] = plans->question->exact
                       ? value_number(clients)
                       : wide_count(clients, is_hidden(plans, &plans->real, place[0], place[1], place[2]));
    row[PLANNED_SHARE] = share_in(plans, planned, place[0], place[1], place[2]);
    if (day_compare(month_end(&plans->year, place[2]), plans->question->known_on) <= 0)
        row[REAL_SHARE] = share_in(plans, &plans->real, place[0], place[1], place[2]);
}

/* Whether the books say anything of care at the end of the month, in the place or in one of its total. */
static bool is_planned(const Plans *plans, Rules *rules, const size_t place[3])
{
    size_t municipalities = plans->axes.municipalities.count, segments = plans->axes.segments.count;
    for (size_t m = 0; m < municipalities; m++)
        for (size_t s = 0; s < segments; s++)
            for (Cohort cohort = COHORT_NEW; cohort <= COHORT_EXISTING; cohort++)
                if ((place[0] == municipalities || place[0] == m) && (place[1] == segments || place[1] == s) &&
                    rules_funding(rules, m, s, cohort, month_end(&plans->year, place[2])))
                    return true;
    return false;
}

static void add_rows(const Plans *plans, const KnownBook *book, Rules *rules, const Split *planned, Table *table)
{
    const Axis *municipalities = &plans->axes.municipalities;
    size_t place[3];
    for (place[0] = 0; place[0] <= municipalities->count; place[0]++)
        for (place[1] = 0; place[1] <= plans->axes.segments.count; place[1]++)
            for (place[2] = 0; place[2] < MONTHS_OF_YEAR; place[2]++)
                if (axis_shows(municipalities, place[0], plans->question->municipality) &&
                    day_compare(month_end(&plans->year, place[2]), book->known) >= 0 && is_planned(plans, rules, place))
                    add_row(plans, book, planned, table, place);
}

/* That book and those before it. */
static const Books *books_up_to(Arena *arena, const Books *books, size_t number)
{
    Books *some = ARENA_NEW(arena, Books);
    *some = *books;
    some->count = number + 1;
    return some;
}

void plans_tell(const Question *question, const Books *books, AllocatedList allocated, Table *table)
{
    Arena *arena = table->arena;
    Plans plans = {.arena = arena,
                   .question = question,
                   .year = months_of(question->year),
                   .axes = allocated_axes(arena, question, allocated),
                   .allocated = allocated};
    find_places(&plans);
    count_clients(&plans);
    plans.real = split_by(&plans, really_by_pic, NULL);

    /* A book that says nothing of funding leaves the plan as it was. */
    Rules *before = NULL;
    Split planned = {0};
    for (size_t i = 0; i < books->count && day_compare(books->known[i].known, question->known_on) <= 0; i++) {
        Rules *rules =
            rules_new(arena, &plans.axes, books_up_to(arena, books, i), books->known[i].known, question_year(question));
        if (!before || !rules_agree(before, rules))
            planned = split_by(&plans, meant_by_pic, rules);
        before = rules;
        add_rows(&plans, &books->known[i], rules, &planned, table);
    }
}
