#include "picq/reconcile/reconcile.h"

#include <stdlib.h>
#include <string.h>

typedef struct Comparing {
    Arena *arena;
    int year;
    Difference *list;
    size_t count;
    size_t agreeing;
    Money stated;
    Money ours;
    bool fits;
} Comparing;

static const char *euros(const Comparing *comparing, Money amount)
{
    return money_write_dutch(amount, arena_take(comparing->arena, MONEY_TEXT_SIZE));
}

static void add(Comparing *comparing, Money *sum, Money amount)
{
    comparing->fits = money_add(*sum, amount, sum) && comparing->fits;
}

static Money comes_to(const OurLine *line)
{
    return (Money){line->amount.cents + line->corrected.cents};
}

static void differ(Comparing *comparing, DifferenceKind kind, const char *reference, Money stated, Money ours,
                   const char *sentence)
{
    comparing->list[comparing->count++] = (Difference){kind, reference, stated, ours, sentence};
}

/* What we have and its provider does not state, and what of it belongs to the year. */
static void unstated(Comparing *comparing, const OurLine *ours)
{
    if (ours->booked_year != comparing->year || comes_to(ours).cents == 0)
        return;
    const char *words = ours->year == comparing->year ? "" : " (zorg van een eerder jaar, na de afsluiting geboekt)";
    differ(comparing, DIFFERENCE_UNSTATED, ours->reference, (Money){0}, comes_to(ours),
           arena_format(comparing->arena,
                        "De gemeente boekte deze prestatie op %s voor %s%s, maar zij staat niet in uw opgave.",
                        ours->known_day, euros(comparing, comes_to(ours)), words));
}

/* Stated under a reference that we have. */
static void compare(Comparing *comparing, const StatedLine *stated, const OurLine *ours)
{
    Arena *arena = comparing->arena;
    Money net = comes_to(ours);
    if (*ours->reason) {
        if (stated->amount.cents == 0) {
            comparing->agreeing++;
            return;
        }
        differ(comparing, DIFFERENCE_REJECTED, ours->reference, stated->amount, net,
               arena_format(arena, "Deze prestatie is op %s afgekeurd (%s%s%s) en telt niet mee.", ours->known_day,
                            *ours->return_code ? "retourcode " : "", ours->return_code,
                            *ours->return_code ? "" : ours->reason));
    } else if (ours->booked_year != comparing->year) {
        differ(comparing, DIFFERENCE_LATE, ours->reference, stated->amount, (Money){0},
               arena_format(arena, "Deze prestatie kwam op %s, na de afsluiting van %d, en is voor %s geboekt in %d.",
                            ours->known_day, comparing->year, euros(comparing, net), ours->booked_year));
    } else if (stated->amount.cents == net.cents) {
        comparing->agreeing++;
    } else if (ours->corrected.cents != 0 && stated->amount.cents == ours->amount.cents) {
        differ(comparing, DIFFERENCE_CORRECTED, ours->reference, stated->amount, net,
               arena_format(arena,
                            "U noemt het bedrag waarvoor deze prestatie eerst is toegekend; door een later vastgesteld "
                            "tarief kwam er %s bij.",
                            euros(comparing, ours->corrected)));
    } else {
        const char *credited =
            *ours->credited_by ? arena_format(arena, " Zij is gecrediteerd met %s.", ours->credited_by) : "";
        differ(comparing, DIFFERENCE_AMOUNT, ours->reference, stated->amount, net,
               arena_format(arena, "U noemt %s; toegekend is %s.%s", euros(comparing, stated->amount),
                            euros(comparing, net), credited));
    }
}

static int by_reference(const void *a, const void *b)
{
    const StatedLine *left = a;
    const StatedLine *right = b;
    int order = strcmp(left->reference, right->reference);
    return order ? order : (left->number > right->number) - (left->number < right->number);
}

static int ours_by_reference(const void *a, const void *b)
{
    return strcmp(((const OurLine *)a)->reference, ((const OurLine *)b)->reference);
}

static void walk(Comparing *comparing, const StatedLine *stated, size_t stated_count, const OurLine *ours, size_t count)
{
    size_t next = 0;
    for (size_t i = 0; i < stated_count; i++) {
        if (i > 0 && strcmp(stated[i].reference, stated[i - 1].reference) == 0) {
            differ(comparing, DIFFERENCE_TWICE, stated[i].reference, stated[i].amount, (Money){0},
                   arena_format(comparing->arena, "Deze referentie staat in uw opgave meer dan één keer (regel %d).",
                                stated[i].number));
            continue;
        }
        while (next < count && strcmp(ours[next].reference, stated[i].reference) < 0)
            unstated(comparing, &ours[next++]);
        if (next < count && strcmp(ours[next].reference, stated[i].reference) == 0)
            compare(comparing, &stated[i], &ours[next++]);
        else
            differ(comparing, DIFFERENCE_UNKNOWN, stated[i].reference, stated[i].amount, (Money){0},
                   arena_format(comparing->arena,
                                "Van dit jaar is bij de gemeente geen prestatie met deze referentie bekend (regel %d).",
                                stated[i].number));
    }
    while (next < count)
        unstated(comparing, &ours[next++]);
}

bool reconcile(Arena *arena, Stated stated, const OurLine *ours, size_t count, int year,
               Reconciliation *reconciliation_out)
{
    StatedLine *sorted = ARENA_MANY(arena, StatedLine, stated.count);
    OurLine *ours_sorted = ARENA_MANY(arena, OurLine, count);
    if (stated.count) {
        memcpy(sorted, stated.list, stated.count * sizeof *sorted);
        qsort(sorted, stated.count, sizeof *sorted, by_reference);
    }
    if (count) {
        memcpy(ours_sorted, ours, count * sizeof *ours_sorted);
        qsort(ours_sorted, count, sizeof *ours_sorted, ours_by_reference);
    }

    Comparing comparing = {
        .arena = arena, .year = year, .list = ARENA_MANY(arena, Difference, stated.count + count), .fits = true};
    for (size_t i = 0; i < stated.count; i++)
        add(&comparing, &comparing.stated, stated.list[i].amount);
    for (size_t i = 0; i < count; i++)
        if (ours[i].booked_year == year)
            add(&comparing, &comparing.ours, comes_to(&ours[i]));
    if (!comparing.fits)
        return false;
    walk(&comparing, sorted, stated.count, ours_sorted, count);
    *reconciliation_out = (Reconciliation){
        .list = comparing.list,
        .count = comparing.count,
        .agreeing = comparing.agreeing,
        .stated = comparing.stated,
        .ours = comparing.ours,
    };
    return true;
}
