#include "monitoring/core/survival.h"

#include <stdlib.h>

static const double HAIR = 1e-9; /* what a sum of shares may be off */

static int by_exit(const void *a, const void *b)
{
    const Watched *left = *(const Watched *const *)a, *right = *(const Watched *const *)b;
    return (left->exit > right->exit) - (left->exit < right->exit);
}

static int by_entry(const void *a, const void *b)
{
    const Watched *left = *(const Watched *const *)a, *right = *(const Watched *const *)b;
    return (left->entry > right->entry) - (left->entry < right->entry);
}

static const Watched **in_order(Arena *arena, const Watched *watched, size_t count,
                                int (*order)(const void *, const void *))
{
    const Watched **list = ARENA_MANY(arena, const Watched *, count);
    for (size_t i = 0; i < count; i++)
        list[i] = &watched[i];
    if (count > 1)
        qsort(list, count, sizeof *list, order);
    return list;
}

/* Those with the same exit, from `first` up to the place that is given back; how many of them ended. */
static size_t step_of(const Watched *const *list, size_t count, size_t first, size_t *ended_out)
{
    size_t next = first;
    for (*ended_out = 0; next < count && list[next]->exit == list[first]->exit; next++)
        *ended_out += list[next]->ended;
    return next;
}

bool survival_median(Arena *arena, const Watched *watched, size_t count, int32_t *median_out)
{
    const Watched **leaving = in_order(arena, watched, count, by_exit);
    const Watched **coming = in_order(arena, watched, count, by_entry);
    size_t all_ended = 0;
    for (size_t i = 0; i < count; i++)
        all_ended += watched[i].ended;
    if (all_ended < ENDED_LEAST)
        return false;

    double left = 1;
    for (size_t first = 0, next, ended, come = 0; first < count; first = next) {
        int32_t days = leaving[first]->exit;
        next = step_of(leaving, count, first, &ended);
        while (come < count && coming[come]->entry < days)
            come++;
        size_t at_risk = come - first;
        if (ended == 0)
            continue;
        if (at_risk < AT_RISK_LEAST)
            return false;
        left *= 1 - (double)ended / (double)at_risk;
        if (left <= 0.5 + HAIR) {
            *median_out = days;
            return true;
        }
    }
    return false;
}

double *survival_weights(Arena *arena, const Watched *watched, size_t count)
{
    double *weights = ARENA_MANY(arena, double, count);
    const Watched **list = in_order(arena, watched, count, by_exit);
    double seen = 1; /* the probability of being watched up to and including the day */
    for (size_t first = 0, next, ended; first < count; first = next) {
        next = step_of(list, count, first, &ended);
        for (size_t i = first; i < next; i++)
            if (list[i]->ended)
                weights[list[i] - watched] = 1 / seen;
        /* Who ended on the day cannot be cut off on it any more. */
        size_t might_be_cut_off = count - first - ended, cut_off = next - first - ended;
        if (cut_off > 0)
            seen *= 1 - (double)cut_off / (double)might_be_cut_off;
    }
    return weights;
}

int64_t survival_whole(double value)
{
    return value < 0 ? -(int64_t)(0.5 - value) : (int64_t)(value + 0.5);
}
