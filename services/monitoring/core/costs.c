#include "monitoring/core/costs.h"

#include "monitoring/core/survival.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS_TO_DECLARE = 3 };

static const double DAYS_IN_YEAR = 365.25;
static const double SEEN_LEAST = 0.9; /* of all care, before its mean is told */
static const double SHARE_UNIT = 10000;
static const double HAIR = 1e-9;

/* clang-format off */
static const Column PIC_COSTS_COLUMNS[] = {
    {"segment",              HOLDS_TEXT,   "Segment",                  "Segment"},
    {"profile",              HOLDS_TEXT,   "Profiel",                  "Profile"},
    {"intensity",            HOLDS_TEXT,   "Intensiteit",              "Intensity"},
    {"municipality",         HOLDS_TEXT,   "Gemeente",                 "Municipality"},
    {"provider",             HOLDS_TEXT,   "Aanbieder",                "Provider"},
    {"basis",                HOLDS_TEXT,   "Per",                      "Per"},
    {"trajectories",         HOLDS_COUNT,  "Trajecten",                "Trajectories"},
    {"ended",                HOLDS_COUNT,  "Beëindigd",                "Ended"},
    {"open",                 HOLDS_COUNT,  "Nog niet afgelopen",       "Not ended yet"},
    {"seen",                 HOLDS_SHARE,  "Deel dat in beeld is",     "Part that is in sight"},
    {"first_quartile_cents", HOLDS_CENTS,  "Eerste kwartiel",          "First quartile"},
    {"median_cents",         HOLDS_CENTS,  "Mediaan",                  "Median"},
    {"third_quartile_cents", HOLDS_CENTS,  "Derde kwartiel",           "Third quartile"},
    {"spread_cents",         HOLDS_CENTS,  "Spreiding",                "Spread"},
    {"mean_cents",           HOLDS_CENTS,  "Gemiddelde kosten",        "Mean cost"},
    {"tariff_cents",         HOLDS_CENTS,  "Tarief",                   "Tariff"},
    {"needed",               HOLDS_SHARE,  "Kosten gedeeld door tarief", "Cost divided by tariff"},
};

static const Column BREAK_EVEN_COLUMNS[] = {
    {"provider",     HOLDS_TEXT,  "Aanbieder",                "Provider"},
    {"trajectories", HOLDS_COUNT, "Trajecten",                "Trajectories"},
    {"ended",        HOLDS_COUNT, "Beëindigd",                "Ended"},
    {"seen",         HOLDS_SHARE, "Deel dat in beeld is",     "Part that is in sight"},
    {"cost_cents",   HOLDS_CENTS, "Kosten",                   "Cost"},
    {"tariff_cents", HOLDS_CENTS, "Wat de tarieven betalen",  "What the tariffs pay"},
    {"needed",       HOLDS_SHARE, "Kosten gedeeld door tarief", "Cost divided by tariff"},
};
/* clang-format on */

const TableCard pic_costs_card = {
    .name = "pic-costs",
    .dutch = "Wat zorg met een PIC werkelijk kost zolang zij per product wordt betaald, naast het tarief van die PIC.",
    .english = "What care under a PIC really costs while it is paid by product, beside the tariff of that PIC.",
    .filters = FILTER_MUNICIPALITY | FILTER_PROVIDER | FILTER_PIC,
    .columns = PIC_COSTS_COLUMNS,
    .column_count = sizeof PIC_COSTS_COLUMNS / sizeof *PIC_COSTS_COLUMNS,
};

const TableCard break_even_card = {
    .name = "break-even",
    .dutch = "Met welk veelvoud van de tarieven aanbieders quitte spelen: samen, en elk van de twaalf grootste.",
    .english = "By what the tariffs must be multiplied for providers to break even: together, and each of the largest.",
    .filters = FILTER_MUNICIPALITY | FILTER_PROVIDER | FILTER_PIC,
    .columns = BREAK_EVEN_COLUMNS,
    .column_count = sizeof BREAK_EVEN_COLUMNS / sizeof *BREAK_EVEN_COLUMNS,
};

Day costs_horizon(Day known_on)
{
    Day day = period_month(day_plus(known_on, 1)).first; /* of the first month that is not whole */
    for (int month = 0; month < MONTHS_TO_DECLARE; month++)
        day = period_month(day_plus(day, -1)).first;
    return day_plus(day, -1);
}

/* ---- whose costs count ---- */

/* The days of care whose costs count, and whether they are all of them. */
typedef struct Counted {
    Period care;
    bool ended;
} Counted;

static Counted counted(const Trajectory *trajectory, Day horizon)
{
    Day last = day_earliest(trajectory->last, day_earliest(horizon, day_plus(trajectory->paid_as_pic, -1)));
    return (Counted){{trajectory->began, last}, trajectory->ended && day_compare(last, trajectory->last) == 0};
}

static bool counts(const Trajectory *trajectory, const Question *question, Day horizon)
{
    Counted days = counted(trajectory, horizon);
    return *trajectory->pic.profile && trajectory_given(trajectory) && period_days(days.care) > 0 &&
           day_compare(trajectory->began, day_of(question->year, 12, 31)) <= 0 &&
           trajectory_asked(trajectory, question);
}

static const Trajectory **all_that_count(Arena *arena, const Question *question, Trajectories trajectories,
                                         size_t *count_out)
{
    Day horizon = costs_horizon(question->known_on);
    const Trajectory **list = ARENA_MANY(arena, const Trajectory *, trajectories.count);
    size_t count = 0;
    for (size_t i = 0; i < trajectories.count; i++)
        if (counts(&trajectories.list[i], question, horizon))
            list[count++] = &trajectories.list[i];
    *count_out = count;
    return list;
}

/* ---- tariffs ---- */

/* What all that is told leans on. */
typedef struct Costing {
    Arena *arena;
    const Books *books;
    const Question *question;
    Day horizon;
    Day day; /* of the tariffs */
    Table *table;
} Costing;

static Costing costing_of(const Books *books, const Question *question, Table *table)
{
    return (Costing){
        .arena = table->arena,
        .books = books,
        .question = question,
        .horizon = costs_horizon(question->known_on),
        .day = day_earliest(day_of(question->year, 12, 31), question->known_on),
        .table = table,
    };
}

static bool is_by_year(const Costing *costing, const char *segment, Pic pic)
{
    const PaymentTerms *terms =
        books_payment_terms(costing->books, segment, pic, NULL, costing->day, costing->question->known_on);
    return terms && terms->shape == PAYMENT_MONTHLY;
}

/* 0 where no book has one. */
static int64_t tariff_cents(const Costing *costing, const char *segment, Pic pic, const char *municipality,
                            const char *provider)
{
    const PicTariff *tariff = books_pic_tariff(costing->books, segment, pic, municipality, provider, costing->day,
                                               costing->question->known_on);
    return tariff ? tariff->price.cents : 0;
}

/* ---- one cell ---- */

/* What one trajectory came to and for how much it counts. */
typedef struct Weighed {
    double cents;
    double weight;
} Weighed;

typedef struct Sample {
    Weighed *list;
    size_t count;
    size_t ended;
    double all; /* what all weights would be if all had been seen */
} Sample;

static Sample whole_trajectories(const Costing *costing, const Trajectory *const *list, size_t count)
{
    Watched *watched = ARENA_MANY(costing->arena, Watched, count);
    Sample sample = {.list = ARENA_MANY(costing->arena, Weighed, count), .count = count, .all = (double)count};
    for (size_t i = 0; i < count; i++) {
        Counted days = counted(list[i], costing->horizon);
        watched[i] = (Watched){.exit = period_days(days.care), .ended = days.ended};
        sample.ended += days.ended;
    }
    const double *weights = survival_weights(costing->arena, watched, count);
    for (size_t i = 0; i < count; i++)
        sample.list[i] = (Weighed){(double)list[i]->cents, weights[i]};
    return sample;
}

/* Cents a year, each for its days; what is paid as a PIC later is left out, since its cents are of both. */
static Sample years_of_care(const Costing *costing, const Trajectory *const *list, size_t count)
{
    Sample sample = {.list = ARENA_MANY(costing->arena, Weighed, count)};
    for (size_t i = 0; i < count; i++) {
        Counted days = counted(list[i], costing->horizon);
        double length = period_days(days.care);
        if (day_compare(list[i]->paid_as_pic, costing->horizon) <= 0)
            continue;
        sample.list[sample.count++] = (Weighed){(double)list[i]->cents / length * DAYS_IN_YEAR, length};
        sample.all += length;
        sample.ended += days.ended;
    }
    return sample;
}

static int by_cents(const void *a, const void *b)
{
    const Weighed *left = a, *right = b;
    return (left->cents > right->cents) - (left->cents < right->cents);
}

static double weight_of(const Sample *sample)
{
    double weight = 0;
    for (size_t i = 0; i < sample->count; i++)
        weight += sample->list[i].weight;
    return weight;
}

static double mean_of(const Sample *sample)
{
    double sum = 0;
    for (size_t i = 0; i < sample->count; i++)
        sum += sample->list[i].weight * sample->list[i].cents;
    return sum / weight_of(sample);
}

/* The least amount that so great a part of all does not exceed; missing where that part is not in sight. */
static Value quantile(const Sample *in_order, double share)
{
    double weight = 0;
    for (size_t i = 0; i < in_order->count; i++) {
        weight += in_order->list[i].weight;
        if (weight >= share * in_order->all * (1 - HAIR))
            return value_number(survival_whole(in_order->list[i].cents));
    }
    return VALUE_NOBODY_KNOWS;
}

static Value spread_of(Value first, Value third)
{
    if (first.state != VALUE_TOLD || third.state != VALUE_TOLD)
        return VALUE_NOBODY_KNOWS;
    return value_number(third.number - first.number);
}

static Value share_of(double part, double whole)
{
    return whole > 0 ? value_number(survival_whole(part / whole * SHARE_UNIT)) : VALUE_NOBODY_KNOWS;
}

static void tell_cost(const TrajectoryCell *cell, void *context)
{
    const Costing *costing = context;
    bool by_year = is_by_year(costing, cell->segment, cell->pic);
    Sample sample = by_year ? years_of_care(costing, cell->list, cell->count)
                            : whole_trajectories(costing, cell->list, cell->count);
    if (sample.count == 0)
        return;
    qsort(sample.list, sample.count, sizeof *sample.list, by_cents);
    double seen = weight_of(&sample);
    bool enough = by_year ? sample.count >= ENDED_LEAST : sample.ended >= ENDED_LEAST;
    int64_t tariff = tariff_cents(costing, cell->segment, cell->pic, cell->municipality, cell->provider);

    Value *row = table_add(costing->table), *at = row;
    *at++ = value_text(cell->segment);
    *at++ = value_text(cell->pic.profile);
    *at++ = value_text(cell->pic.intensity);
    *at++ = value_text(cell->municipality);
    *at++ = value_text(cell->provider);
    *at++ = value_text(by_year ? "YEAR" : "TRAJECTORY");
    *at++ = value_number((int64_t)sample.count);
    *at++ = value_number((int64_t)sample.ended);
    *at++ = value_number((int64_t)(sample.count - sample.ended));
    *at++ = share_of(seen, sample.all);
    Value first = enough ? quantile(&sample, 0.25) : VALUE_NOBODY_KNOWS;
    Value third = enough ? quantile(&sample, 0.75) : VALUE_NOBODY_KNOWS;
    *at++ = first;
    *at++ = enough ? quantile(&sample, 0.5) : VALUE_NOBODY_KNOWS;
    *at++ = third;
    *at++ = spread_of(first, third);
    bool told = enough && seen >= SEEN_LEAST * sample.all * (1 - HAIR);
    double mean = told ? mean_of(&sample) : 0;
    *at++ = told ? value_number(survival_whole(mean)) : VALUE_NOBODY_KNOWS;
    *at++ = tariff ? value_number(tariff) : VALUE_NOBODY_KNOWS;
    *at = told ? share_of(mean, (double)tariff) : VALUE_NOBODY_KNOWS;
}

void costs_tell(const Books *books, const Question *question, Trajectories trajectories, Table *table)
{
    Costing costing = costing_of(books, question, table);
    size_t count;
    const Trajectory **list = all_that_count(table->arena, question, trajectories, &count);
    trajectories_cells(table->arena, list, count, question, CELLS_BY_PROVIDER, tell_cost, &costing);
}

/* ---- break-even ---- */

/* A trajectory with what the tariff pays for it: for all of it, or for a year. */
typedef struct Priced {
    const Trajectory *trajectory;
    double tariff;
    bool by_year;
} Priced;

/* Of one provider or of all: what the care cost, and what the tariffs would pay for the same care. */
typedef struct Balance {
    size_t trajectories, ended;
    double seen, all; /* of what is paid for as a whole */
    double cost, tariff;
} Balance;

/* What was looked up before: a region has some thousands of these, and tens of thousands of trajectories. */
typedef struct LookedUp {
    const char *segment, *municipality, *provider; /* the same texts, not just alike: another is looked up anew */
    Pic pic;
    double tariff;
    bool by_year;
} LookedUp;

enum { LOOKED_UP_PLACES = 8192 };

static size_t place_of(const Trajectory *one)
{
    const char *const texts[] = {one->segment, one->municipality, one->provider, one->pic.profile, one->pic.intensity};
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        hash = (hash ^ (uintptr_t)texts[i]) * 0x9e3779b97f4a7c15u;
    return (size_t)(hash >> 32) % LOOKED_UP_PLACES;
}

static const LookedUp *look_up(const Costing *costing, LookedUp *before, const Trajectory *one)
{
    LookedUp *found = &before[place_of(one)];
    if (found->segment == one->segment && found->municipality == one->municipality &&
        found->provider == one->provider && found->pic.profile == one->pic.profile &&
        found->pic.intensity == one->pic.intensity)
        return found;
    *found = (LookedUp){
        .segment = one->segment,
        .municipality = one->municipality,
        .provider = one->provider,
        .pic = one->pic,
        .tariff = (double)tariff_cents(costing, one->segment, one->pic, one->municipality, one->provider),
        .by_year = is_by_year(costing, one->segment, one->pic),
    };
    return found;
}

/* Those that have a tariff; by the year only where the cents are of nothing else. */
static Priced *priced(const Costing *costing, const Trajectory *const *list, size_t count, size_t *count_out)
{
    Priced *all = ARENA_MANY(costing->arena, Priced, count);
    LookedUp *before = ARENA_MANY(costing->arena, LookedUp, LOOKED_UP_PLACES);
    *count_out = 0;
    for (size_t i = 0; i < count; i++) {
        const Trajectory *one = list[i];
        const LookedUp *found = look_up(costing, before, one);
        if (found->tariff > 0 && (!found->by_year || day_compare(one->paid_as_pic, costing->horizon) > 0))
            all[(*count_out)++] = (Priced){one, found->tariff, found->by_year};
    }
    return all;
}

static void add_year(const Costing *costing, const Priced *one, Balance *balance)
{
    Counted days = counted(one->trajectory, costing->horizon);
    balance->cost += (double)one->trajectory->cents;
    balance->tariff += one->tariff * period_days(days.care) / DAYS_IN_YEAR;
    balance->trajectories++;
    balance->ended += days.ended;
}

static void add_whole(const Costing *costing, const Trajectory *const *list, const double *tariffs, size_t count,
                      Balance *balance)
{
    Sample sample = whole_trajectories(costing, list, count);
    for (size_t i = 0; i < count; i++) {
        balance->cost += sample.list[i].weight * sample.list[i].cents;
        balance->tariff += sample.list[i].weight * tariffs[i];
    }
    balance->trajectories += count;
    balance->ended += sample.ended;
    balance->seen = weight_of(&sample);
    balance->all = sample.all;
}

static void tell_balance(const Costing *costing, const Priced *all, size_t count, const char *provider)
{
    Balance balance = {0};
    const Trajectory **whole = ARENA_MANY(costing->arena, const Trajectory *, count);
    double *tariffs = ARENA_MANY(costing->arena, double, count);
    size_t whole_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (provider && strcmp(provider, all[i].trajectory->provider) != 0)
            continue;
        if (all[i].by_year) {
            add_year(costing, &all[i], &balance);
        } else {
            tariffs[whole_count] = all[i].tariff;
            whole[whole_count++] = all[i].trajectory;
        }
    }
    add_whole(costing, whole, tariffs, whole_count, &balance);

    bool told = balance.trajectories >= ENDED_LEAST && balance.seen >= SEEN_LEAST * balance.all * (1 - HAIR);
    Value *at = table_add(costing->table);
    *at++ = value_text(provider);
    *at++ = value_number((int64_t)balance.trajectories);
    *at++ = value_number((int64_t)balance.ended);
    *at++ = share_of(balance.seen, balance.all);
    *at++ = told ? value_number(survival_whole(balance.cost)) : VALUE_NOBODY_KNOWS;
    *at++ = told ? value_number(survival_whole(balance.tariff)) : VALUE_NOBODY_KNOWS;
    *at = told ? share_of(balance.cost, balance.tariff) : VALUE_NOBODY_KNOWS;
}

void costs_break_even(const Books *books, const Question *question, Trajectories trajectories,
                      const char *const *largest, size_t largest_count, Table *table)
{
    Costing costing = costing_of(books, question, table);
    size_t count, priced_count;
    const Trajectory **list = all_that_count(table->arena, question, trajectories, &count);
    const Priced *all = priced(&costing, list, count, &priced_count);
    tell_balance(&costing, all, priced_count, NULL);
    for (size_t i = 0; i < largest_count; i++)
        tell_balance(&costing, all, priced_count, largest[i]);
}
