#include "monitoring/core/granted.h"

#include "monitoring/core/list.h"

#include <stdlib.h>

enum { YEARS_AHEAD_MAX = 10, MONTHS = 12 };

/* The rows made so far; those of the municipality at hand stand from `first` on. */
typedef struct Regranting {
    Arena *arena;
    Regranted made;
    size_t first;
    size_t last; /* the row found last */
} Regranting;

/* ---- one version ---- */

/* Worth over its first days, spread evenly over all of its days. */
static bool worth_until(const Running *running, Day last, Money *worth_out)
{
    Period days = {running->period.first, day_earliest(last, running->period.last)};
    *worth_out = (Money){0};
    return running->worth_days < 1 ||
           money_share_half_up(running->worth, period_days(days), running->worth_days, worth_out);
}

static bool is_of(const GrantedRow *row, int32_t year, Day known_month)
{
    return row->year == year && day_compare(row->place.known, known_month) == 0;
}

static GrantedRow *row_of(Regranting *granting, const Place *place, int32_t year, Day known_month)
{
    Regranted *made = &granting->made;
    bool found = granting->last >= granting->first && granting->last < made->granted_count &&
                 is_of(&made->granted[granting->last], year, known_month);
    if (found)
        return &made->granted[granting->last];
    for (granting->last = granting->first; granting->last < made->granted_count; granting->last++)
        if (is_of(&made->granted[granting->last], year, known_month))
            return &made->granted[granting->last];
    LIST_ADD(granting->arena, made->granted, made->granted_count,
             (GrantedRow){.place = {place->partition, place->municipality, "", known_month}, .year = year});
    return &made->granted[granting->last];
}

/* Adds what a version is worth to what became known in the month of a day, or takes it out. Ten years ahead are enough. */
static bool add_worth(Regranting *granting, const RunningRow *version, Day known, bool out)
{
    const Running *running = &version->running;
    DayParts at = day_parts(version->place.known);
    Day last = day_earliest(running->period.last, day_of(at.year + YEARS_AHEAD_MAX, at.month, 1));
    Day known_month = period_month(known).first;
    Money before = {0};
    for (Period month = period_month(running->period.first); day_compare(month.first, last) <= 0;
         month = period_month(day_plus(month.last, 1))) {
        Money until;
        if (!worth_until(running, month.last, &until))
            return false;
        DayParts of = day_parts(month.first);
        Money *sum = &row_of(granting, &version->place, of.year, known_month)->months[of.month - 1];
        Money more = {out ? before.cents - until.cents : until.cents - before.cents};
        if (!money_add(*sum, more, sum))
            return false;
        before = until;
    }
    return true;
}

/* What a version adds as long as it counts, or no longer adds. */
static bool count_version(Regranting *granting, const RunningRow *version, bool out)
{
    Day known = version->place.known;
    bool same_month = version->replaced && period_has(period_month(known), version->replaced_day);
    if (version->running.removed || same_month)
        return true;
    return add_worth(granting, version, known, out) &&
           (!version->replaced || add_worth(granting, version, version->replaced_day, !out));
}

/* ---- the versions of one allocation ---- */

/* What is known from a day on: a version heard, or one kept, or one heard that takes the place of one kept. */
typedef struct Layer {
    RunningRow *heard;
    const RunningRow *kept;
} Layer;

static int order_allocation(const RunningRow *a, const RunningRow *b)
{
    int order = (a->place.partition > b->place.partition) - (a->place.partition < b->place.partition);
    if (order == 0)
        order = strcmp(a->place.municipality, b->place.municipality);
    return order ? order : strcmp(a->running.number, b->running.number);
}

int granted_order(const RunningRow *a, const RunningRow *b)
{
    int order = order_allocation(a, b);
    return order ? order : day_compare(a->place.known, b->place.known);
}

static size_t lay(RunningRow *heard, size_t heard_count, const RunningRow *kept, size_t kept_count, Layer *layers)
{
    size_t count = 0;
    for (size_t h = 0, k = 0; h < heard_count || k < kept_count; count++) {
        int order = h == heard_count  ? 1
                    : k == kept_count ? -1
                                      : day_compare(heard[h].place.known, kept[k].place.known);
        layers[count] = (Layer){order <= 0 ? &heard[h++] : NULL, order >= 0 ? &kept[k++] : NULL};
    }
    return count;
}

static Day known_of(const Layer *layer)
{
    return layer->heard ? layer->heard->place.known : layer->kept->place.known;
}

static bool count_heard(Regranting *granting, const Layer *layer, bool replaced, Day replaced_day)
{
    layer->heard->replaced = replaced;
    layer->heard->replaced_day = replaced_day;
    return (!layer->kept || count_version(granting, layer->kept, true)) && count_version(granting, layer->heard, false);
}

/* Nothing changes of most of them. */
static bool count_kept(Regranting *granting, const RunningRow *kept, bool replaced, Day replaced_day)
{
    if (!replaced || (kept->replaced && day_compare(kept->replaced_day, replaced_day) == 0))
        return true;
    RunningRow anew = *kept;
    anew.replaced = true;
    anew.replaced_day = replaced_day;
    LIST_ADD(granting->arena, granting->made.replaced, granting->made.replaced_count,
             (ReplacedRow){kept->place, kept->running.number, replaced_day});
    return count_version(granting, kept, true) && count_version(granting, &anew, false);
}

static bool count_allocation(Regranting *granting, const Layer *layers, size_t count)
{
    for (const Layer *layer = layers; layer < layers + count; layer++) {
        bool replaced = layer + 1 < layers + count;
        Day replaced_day = replaced ? known_of(layer + 1) : (Day){0};
        if (!(layer->heard ? count_heard(granting, layer, replaced, replaced_day)
                           : count_kept(granting, layer->kept, replaced, replaced_day)))
            return false;
    }
    return true;
}

/* ---- all of them ---- */

static int by_granted(const void *a, const void *b)
{
    const GrantedRow *left = a, *right = b;
    int order = (left->place.partition > right->place.partition) - (left->place.partition < right->place.partition);
    if (order == 0)
        order = strcmp(left->place.municipality, right->place.municipality);
    if (order == 0)
        order = (left->year > right->year) - (left->year < right->year);
    return order ? order : day_compare(left->place.known, right->place.known);
}

static bool is_nothing(const GrantedRow *row)
{
    for (int month = 0; month < MONTHS; month++)
        if (row->months[month].cents != 0)
            return false;
    return true;
}

/* What comes to nothing is no row. */
static void put_in_order(Regranted *made)
{
    size_t count = 0;
    for (size_t i = 0; i < made->granted_count; i++)
        if (!is_nothing(&made->granted[i]))
            made->granted[count++] = made->granted[i];
    made->granted_count = count;
    if (count > 1)
        qsort(made->granted, count, sizeof *made->granted, by_granted);
}

static size_t next_allocation(const RunningRow *list, size_t count, size_t from)
{
    size_t to = from + 1;
    while (to < count && order_allocation(&list[to], &list[from]) == 0)
        to++;
    return to;
}

static bool same_municipality(const Place *a, const Place *b)
{
    return a->partition == b->partition && strcmp(a->municipality, b->municipality) == 0;
}

bool granted_fold(Arena *arena, RunningRow *heard, size_t count, const Versions *kept, Regranted *regranted_out)
{
    Regranting granting = {.arena = arena};
    Layer *layers = ARENA_MANY(arena, Layer, count + kept->count);
    for (size_t first = 0, next, of_kept = 0; first < count; first = next) {
        next = next_allocation(heard, count, first);
        if (first > 0 && !same_municipality(&heard[first - 1].place, &heard[first].place))
            granting.first = granting.made.granted_count;
        bool is_kept = of_kept < kept->count && order_allocation(&kept->list[of_kept], &heard[first]) == 0;
        size_t behind = is_kept ? next_allocation(kept->list, kept->count, of_kept) : of_kept;
        size_t layer_count = lay(heard + first, next - first, kept->list + of_kept, behind - of_kept, layers);
        if (!count_allocation(&granting, layers, layer_count))
            return false;
        of_kept = behind;
    }
    put_in_order(&granting.made);
    *regranted_out = granting.made;
    return true;
}
